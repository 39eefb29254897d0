package org.gapexplorer.explorer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.gapexplorer.explorer.OverviewView.Figure;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.HistogramChart;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Estimate;
import org.gapexplorer.snapshot.Fact;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Overlap;
import org.gapexplorer.snapshot.Snapshot;

/** A benchmark's page. */
public record BenchmarkDetail(
        String id,
        String title,
        String scope,
        List<Fact> facts,
        List<Figure> figures,
        HistogramChart coverage,
        Table most,
        Table least,
        String missingHref,
        Table models,
        Table closest,
        boolean textShown,
        ItemList items) {
    private static final int ROWS = 8;

    static BenchmarkDetail of(Snapshot snapshot, Names names, BenchmarkView b, Params params, Url here, Links links) {
        ConceptTable table = new ConceptTable(links, null, b.id(), null);
        return new BenchmarkDetail(
                b.id(),
                Text.bounded(b.title().isBlank() ? b.id() : b.title(), 160),
                Text.bounded(b.scope(), 1_000),
                facts(b),
                figures(b, links),
                Charts.coverage(b.chi(), snapshot.study()),
                table.mostCovered(snapshot, ROWS),
                table.leastCovered(snapshot, ROWS),
                links.to("/concepts")
                        .with("benchmark", b.id())
                        .with("status", "missing")
                        .with("kind", "meaning")
                        .with("sort", "density")
                        .toString(),
                models(snapshot, names, b, links),
                closest(snapshot.overlap(), b.id(), names, links),
                b.textShown(),
                ItemList.of(
                        snapshot,
                        names,
                        ItemList.query(params, names, null, b.id(), ItemList.PAGE),
                        false,
                        here,
                        links));
    }

    private static List<Fact> facts(BenchmarkView b) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Kind", Text.bounded(b.kind(), 40)));
        if (!b.licence().isBlank()) facts.add(new Fact("Licence", Text.bounded(b.licence(), 120)));
        if (!b.citation().isBlank()) facts.add(new Fact("Citation", Text.bounded(b.citation(), 400)));
        facts.add(new Fact("Chance", Numbers.score(b.chance())));
        return facts;
    }

    private static List<Figure> figures(BenchmarkView b, Links links) {
        return List.of(
                new Figure("Items", Numbers.count(b.items()), "", ""),
                new Figure(
                        "Concepts present",
                        Numbers.count(b.present()),
                        Numbers.count(b.under()) + " under-, " + Numbers.count(b.over()) + " over-represented",
                        "present"),
                new Figure(
                        "Missing",
                        Numbers.percent(b.missingLive()),
                        "of the live concepts; " + Numbers.percent(b.missingAll()) + " of the dictionary",
                        "missing"),
                new Figure(
                        "Missing, rarefied",
                        Numbers.percent(b.missingRarefied()),
                        b.rarefiedTo() > 0 ? "expected for " + Numbers.count(b.rarefiedTo(), "item", "items") : "",
                        "rarefied"));
    }

    private static Table models(Snapshot snapshot, Names names, BenchmarkView b, Links links) {
        List<Table.Row> rows = new ArrayList<>();
        for (ModelView m : snapshot.models()) {
            ModelView.Headline s = m.score(b.id()).orElse(null);
            if (s == null) continue;
            String href = links.to("/models/" + Url.segment(m.id()))
                    .with("benchmark", b.id())
                    .toString();
            rows.add(new Table.Row(Label.of(names.model(m.id()), href), headline(s)));
        }
        return new Table("Mean score of each model", headlineColumns("Model"), rows);
    }

    static List<Column> headlineColumns(String first) {
        return List.of(
                Column.text(first),
                Column.picture(""),
                Column.number("Mean score", "headline"),
                Column.number("Chance", "chance"),
                Column.number("Scored items", "support"));
    }

    static List<Cell> headline(ModelView.Headline s) {
        Estimate e = s.mean();
        Mark mark = Mark.score(
                e.value(), OptionalDouble.of(e.low()), OptionalDouble.of(e.high()), OptionalDouble.empty(), s.chance());
        return List.of(
                Cell.picture(mark), Cell.score(e), Cell.number(Numbers.score(s.chance())), Cell.count(s.scored()));
    }

    private record Near(String id, double jaccard, OptionalDouble rarefied) {}

    private static Table closest(Overlap overlap, String id, Names names, Links links) {
        int at = overlap.benchmarks().indexOf(id);
        List<Near> near = new ArrayList<>();
        for (int i = 0; at >= 0 && i < overlap.benchmarks().size(); i++) {
            if (i == at) continue;
            OptionalDouble rarefied = overlap.rarefied().isEmpty()
                    ? OptionalDouble.empty()
                    : overlap.rarefied().get(at).get(i);
            near.add(new Near(
                    overlap.benchmarks().get(i), overlap.jaccard().get(at).get(i), rarefied));
        }
        near.sort(Comparator.comparingDouble(Near::jaccard).reversed());
        List<Table.Row> rows = near.stream()
                .limit(5)
                .map(n -> new Table.Row(
                        Label.of(
                                names.benchmark(n.id()),
                                links.to("/compare")
                                        .with("benchmarks", id + "," + n.id())
                                        .toString()),
                        List.of(Cell.number(Numbers.score(n.jaccard())), Cell.number(Numbers.score(n.rarefied())))))
                .toList();
        return new Table(
                "Benchmarks that share most of its concepts",
                List.of(
                        Column.text("Compare with"),
                        Column.number("Overlap", "overlap"),
                        Column.number("Rarefied", "rarefied")),
                rows);
    }
}
