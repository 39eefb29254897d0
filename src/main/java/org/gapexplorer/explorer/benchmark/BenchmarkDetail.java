package org.gapexplorer.explorer.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.datapoint.ItemList;
import org.gapexplorer.explorer.share.ChartFile;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Charts;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.HistogramChart;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Property;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Estimate;
import org.gapexplorer.snapshot.Histogram;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Overlap;
import org.gapexplorer.snapshot.Snapshot;

/**
 * A benchmark's page.
 *
 * @param support on how many items each concept fires
 * @param kinds what it holds and misses, by kind of label
 * @param suite where a suite begins with it; empty where it is no part of any
 * @param shown switch for whose scores are drawn; empty where there is no choice
 * @param performance how the scores of one model are spread; null where none was scored
 */
public record BenchmarkDetail(
        String id,
        String title,
        String scope,
        List<Property> facts,
        List<Figure> figures,
        HistogramChart coverage,
        HistogramChart support,
        Table kinds,
        Table most,
        Table least,
        String missingHref,
        Table models,
        List<Choice> shown,
        HistogramChart performance,
        Table closest,
        String suite,
        String report,
        boolean textShown,
        ItemList items)
        implements Shareable {
    private static final int ROWS = 8;

    public static BenchmarkDetail of(
            Snapshot snapshot, Names names, BenchmarkView b, Params params, Url here, Links links) {
        ConceptTable table = new ConceptTable(links, null, b.id(), null);
        ModelView model = shownModel(snapshot, names, b, params);
        return new BenchmarkDetail(
                b.id(),
                Text.bounded(b.title().isBlank() ? b.id() : b.title(), 160),
                Text.bounded(b.scope(), 1_000),
                facts(b),
                figures(b, links),
                Charts.coverage(b.chi(), snapshot.study()),
                Charts.support(trimmed(snapshot.support(b.id()))),
                kinds(snapshot, b, links),
                table.mostCovered(snapshot, ROWS),
                table.leastCovered(snapshot, ROWS),
                links.to("/concepts")
                        .with("benchmark", b.id())
                        .with("status", "missing")
                        .with("kind", "meaning")
                        .with("sort", "density")
                        .toString(),
                models(snapshot, names, b, links),
                shown(snapshot, names, b, model, here),
                model == null ? null : performance(snapshot, b, model),
                closest(snapshot.overlap(), b.id(), names, links),
                b.inSuite() ? links.to("/suite").with("benchmarks", b.id()).toString() : "",
                links.to("/report").with("benchmark", b.id()).toString(),
                b.textShown(),
                ItemList.of(
                        snapshot,
                        names,
                        ItemList.query(params, names, null, b.id(), ItemList.PAGE),
                        false,
                        here,
                        links));
    }

    private static List<Property> facts(BenchmarkView b) {
        List<Property> facts = new ArrayList<>();
        facts.add(new Property("Kind", Text.bounded(b.kind(), 40)));
        if (!b.licence().isBlank()) facts.add(new Property("Licence", Text.bounded(b.licence(), 120)));
        if (!b.citation().isBlank()) facts.add(new Property("Citation", Text.bounded(b.citation(), 400)));
        facts.add(new Property("Chance", Numbers.score(b.chance()), "chance"));
        return facts;
    }

    private static List<Figure> figures(BenchmarkView b, Links links) {
        return List.of(
                new Figure("Items", Numbers.count(b.items()), "", "items"),
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

    /** The model asked for, or the first that was scored on the benchmark; null where none was. */
    private static ModelView shownModel(Snapshot snapshot, Names names, BenchmarkView b, Params params) {
        String wanted = params.one("model", names.modelIds(), m -> m);
        return snapshot.models().stream()
                .filter(m -> m.score(b.id()).isPresent())
                .filter(m -> wanted == null || m.id().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    private static List<Choice> shown(Snapshot snapshot, Names names, BenchmarkView b, ModelView shown, Url here) {
        List<Choice> choices = snapshot.models().stream()
                .filter(m -> m.score(b.id()).isPresent())
                .map(m -> new Choice(names.model(m.id()), here.with("model", m.id()) + "#models", m.equals(shown)))
                .toList();
        return choices.size() < 2 ? List.of() : choices;
    }

    private static HistogramChart performance(Snapshot snapshot, BenchmarkView b, ModelView model) {
        return Charts.score(snapshot.scores(model.id(), b.id()), ConceptTable.reference(model, b.id()), b.chance());
    }

    /** Without the empty bins at its end. */
    private static Histogram trimmed(Histogram h) {
        int n = h.counts().size();
        while (n > 3 && h.counts().get(n - 1) == 0) n--;
        return new Histogram(h.edges().subList(0, n + 1), h.counts().subList(0, n), h.absent());
    }

    private static Table kinds(Snapshot snapshot, BenchmarkView b, Links links) {
        List<Table.Row> rows = snapshot.kinds(b.id()).stream()
                .map(k -> {
                    String missing = links.to("/concepts")
                            .with("benchmark", b.id())
                            .with("status", "missing")
                            .with("kind", k.kind().word())
                            .with("sort", "density")
                            .toString();
                    return new Table.Row(
                            Label.of(Label.kindWords(k.kind()), ""),
                            List.of(
                                    Cell.count(k.live()),
                                    Cell.count(k.present()),
                                    Cell.count(k.missing()).linked(k.missing() == 0 ? "" : missing),
                                    Cell.number(Numbers.percent((double) k.missing() / k.live()))));
                })
                .toList();
        return new Table(
                "What it holds and what it misses, by kind of label",
                List.of(
                        Column.text("Label"),
                        Column.number("Live", "missing"),
                        Column.number("Present", "present"),
                        Column.number("Missing", "missing"),
                        Column.number("Share", "missing")),
                rows);
    }

    public static List<Column> headlineColumns(String first) {
        return List.of(
                Column.text(first),
                Column.picture(""),
                Column.number("Mean score", "headline"),
                Column.number("Chance", "chance"),
                Column.number("Scored items", "support"));
    }

    public static List<Cell> headline(ModelView.Headline s) {
        Estimate e = s.mean();
        Mark mark = Mark.score(
                e.value(), OptionalDouble.of(e.low()), OptionalDouble.of(e.high()), OptionalDouble.empty(), s.chance());
        return List.of(
                Cell.picture(mark), Cell.score(e), Cell.number(Numbers.score(s.chance())), Cell.count(s.scored()));
    }

    private record Near(String id, double jaccard, OptionalDouble rarefied) {
        /** Overlap with the effect of size taken out, where the run has that. */
        double fair() {
            return rarefied.orElse(jaccard);
        }
    }

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
        near.sort(Comparator.comparingDouble(Near::fair).reversed());
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
                "Benchmarks that share most of its concepts, nearest first (rarefied, where the study has that)",
                List.of(
                        Column.text("Compare with"),
                        Column.number("Overlap", "overlap"),
                        Column.number("Rarefied", "rarefied")),
                rows);
    }

    @Override
    public Preview preview() {
        return new Preview(figures, most);
    }

    @Override
    public List<ChartFile> charts() {
        return ChartFile.list(
                ChartFile.of("coverage", "Coverage of each live concept, " + title, coverage),
                ChartFile.of("support", "Items that each concept fires on, " + title, support),
                performance == null
                        ? null
                        : ChartFile.of("scores", "Score where each concept fires, " + title, performance));
    }
}
