package org.gapexplorer.explorer.concept;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
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
import org.gapexplorer.snapshot.ConceptView;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Snapshot;

/**
 * A concept's page.
 *
 * @param warning why the label should not be trusted too far; empty where it can
 * @param models switch for the per-benchmark table's scores
 * @param overall every model's score, mean over benchmarks
 * @param family its family's number, with the list of it in {@code familyHref}; empty for none
 * @param byBenchmark coverage, and the chosen model's score, benchmark by benchmark
 */
public record ConceptDetail(
        int id,
        String label,
        String warning,
        List<Property> facts,
        String family,
        String familyHref,
        List<Figure> figures,
        HistogramChart activations,
        List<Choice> models,
        String model,
        Table overall,
        Table byBenchmark,
        Table similar,
        Table together,
        ItemList items)
        implements Shareable {

    static ConceptDetail of(Snapshot snapshot, Names names, ConceptView c, Params params, Url here, Links links) {
        String wanted = params.one("model", names.modelIds(), m -> m);
        ModelView model =
                (wanted == null ? snapshot.models().stream().findFirst() : snapshot.model(wanted)).orElse(null);
        ItemList items = ItemList.of(
                snapshot, names, ItemList.query(params, names, c.concept(), null, ItemList.PAGE), true, here, links);
        return new ConceptDetail(
                c.concept(),
                Text.bounded(Label.name(c.concept(), c.label(), c.kind()), 400),
                warning(c),
                facts(c),
                c.family() < 0 ? "" : String.valueOf(c.family()),
                links.to("/concepts").with("family", String.valueOf(c.family())).toString(),
                figures(c, snapshot),
                c.activations().counts().isEmpty() ? null : Charts.activations(c.activations()),
                choices(names, model, here),
                model == null ? "" : names.model(model.id()),
                overall(snapshot, names, c, links),
                byBenchmark(snapshot, names, c, model, links),
                similar(c, links),
                together(c, links),
                items);
    }

    private static String warning(ConceptView c) {
        return switch (c.kind()) {
            case DEAD ->
                "This concept fired on none of the texts that labels were made from, so nothing but its items tells what"
                        + " it is about.";
            case UNCLEAR -> "The evidence for this label did not hold up: read the items below before you trust it.";
            case SYNTAX -> "This concept follows the form of the text rather than its meaning.";
            case PIECE -> "This concept follows a piece of a word rather than a meaning.";
            case MEANING ->
                c.quality().isPresent() && c.quality().getAsDouble() < 0.65
                        ? "The label tells little about what fires this concept: read the items below before you trust it."
                        : "";
        };
    }

    private static List<Property> facts(ConceptView c) {
        return List.of(
                new Property("Label from", source(c.labelSource())),
                new Property("Kind", Label.kindWords(c.kind()), "label"));
    }

    private static String source(String source) {
        if (source.isBlank()) return "unknown";
        return source.equals("evidence")
                ? "evidence: the words and kinds of text that fire it in a corpus"
                : Text.bounded(source, 200);
    }

    private static List<Figure> figures(ConceptView c, Snapshot snapshot) {
        List<String> suite = snapshot.suiteIds();
        long in = suite.stream().filter(b -> c.coverage().get(b).support() > 0).count();
        return List.of(
                new Figure(
                        "Coverage in the suite",
                        Numbers.coverage(c.suite().chi()),
                        ConceptsView.statusWords(c.suite().status()) + "; 1 is average",
                        "coverage"),
                new Figure(
                        "Supporting items",
                        Numbers.count(c.suite().support()),
                        "in " + in + " of " + Numbers.count(suite.size(), "benchmark", "benchmarks"),
                        "support"),
                new Figure("Firing rate", Numbers.percent(c.density()), "of corpus tokens", "density"),
                new Figure(
                        "Label quality",
                        c.quality().isPresent() ? Numbers.score(c.quality()) : Numbers.NONE,
                        quality(c.quality(), c.kind()),
                        "label"));
    }

    private static String quality(OptionalDouble auc, LabelKind kind) {
        if (auc.isEmpty()) return "not measured";
        double a = auc.getAsDouble();
        return "AUC; "
                + (a >= 0.8
                        ? "tells its contexts well"
                        : a >= 0.65 ? "tells its contexts fairly" : "hardly better than chance (0.5)");
    }

    private static List<Choice> choices(Names names, ModelView model, Url here) {
        if (names.modelIds().size() < 2) return List.of();
        return names.modelIds().stream()
                .map(id -> new Choice(
                        names.model(id),
                        here.with("model", id).without("page").toString(),
                        model != null && id.equals(model.id())))
                .toList();
    }

    private static Table overall(Snapshot snapshot, Names names, ConceptView c, Links links) {
        List<Table.Row> rows = new ArrayList<>();
        for (ModelView m : snapshot.models()) {
            Performance p = c.performance(m.id(), Snapshot.OVERALL).orElse(null);
            Performance pooled = c.performance(m.id(), Snapshot.POOLED).orElse(null);
            List<Cell> cells = new ArrayList<>(scores(p, ConceptTable.reference(m, null), OptionalDouble.empty()));
            cells.add(
                    3,
                    Cell.number(pooled == null ? Numbers.NONE : Numbers.score(pooled.chi()))
                            .optional());
            rows.add(new Table.Row(Label.of(names.model(m.id()), links.model(m.id())), cells));
        }
        List<Column> columns = new ArrayList<>(List.of(Column.text("Model")));
        columns.addAll(scoreColumns());
        columns.add(4, Column.number("Pooled", "pooled").optional());
        return new Table("Every model, mean over the benchmarks where the concept is present", columns, rows);
    }

    private static Table byBenchmark(Snapshot snapshot, Names names, ConceptView c, ModelView model, Links links) {
        List<Table.Row> rows = new ArrayList<>();
        for (BenchmarkView b : snapshot.benchmarks()) {
            Coverage coverage = c.coverage().get(b.id());
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.picture(coverage == null ? null : Mark.coverage(coverage.chi())));
            cells.add(Cell.coverage(coverage));
            cells.add(items(coverage, b.items()));
            if (model != null) {
                cells.addAll(scores(
                        c.performance(model.id(), b.id()).orElse(null),
                        ConceptTable.reference(model, b.id()),
                        ConceptTable.chance(model, b.id())));
            }
            rows.add(new Table.Row(Label.of(names.benchmark(b.id()), links.benchmark(b.id())), cells));
        }
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("Benchmark"),
                Column.picture(""),
                Column.number("Coverage", "coverage"),
                Column.number("Items", "support").least()));
        if (model != null) columns.addAll(scoreColumns());
        return new Table("Benchmark by benchmark", columns, rows);
    }

    private static Cell items(Coverage coverage, int all) {
        if (coverage == null || all == 0) return Cell.number(Numbers.NONE).least();
        return new Cell(
                        Numbers.count(coverage.support()),
                        Numbers.percent((double) coverage.support() / all),
                        "num",
                        "",
                        "",
                        "",
                        null)
                .least();
    }

    private static List<Column> scoreColumns() {
        return List.of(
                Column.picture(""),
                Column.number("Score", "score"),
                Column.number("Shrunk", "shrunk").optional(),
                Column.number("Gap", "gap"),
                Column.number("q", "q").optional(),
                Column.number("Support", "support"));
    }

    private static List<Cell> scores(Performance p, OptionalDouble reference, OptionalDouble chance) {
        return List.of(
                Cell.picture(p == null ? null : Mark.score(p, reference, chance)),
                Cell.score(p),
                Cell.number(p == null ? Numbers.NONE : Numbers.score(p.shrunk()))
                        .optional(),
                Cell.gap(p == null ? OptionalDouble.empty() : p.gap()),
                Cell.rate(p == null ? OptionalDouble.empty() : p.q()).optional(),
                Cell.support(p));
    }

    private static Table similar(ConceptView c, Links links) {
        List<Table.Row> rows = c.similar().stream()
                .limit(10)
                .map(s -> new Table.Row(
                        neighbour(s.concept(), s.label(), s.kind(), links),
                        List.of(Cell.number(Numbers.score(s.cosine())))))
                .toList();
        return new Table(
                "Nearest by decoder direction",
                List.of(Column.text("Concept"), Column.number("Cosine", "similar")),
                rows);
    }

    private static Table together(ConceptView c, Links links) {
        List<Table.Row> rows = c.together().stream()
                .map(t -> new Table.Row(
                        neighbour(t.concept(), t.label(), t.kind(), links),
                        List.of(
                                Cell.number(Numbers.score(t.phi())),
                                Cell.count(t.items()),
                                Cell.number(Numbers.amount(t.expected())).optional())))
                .toList();
        return new Table(
                "More often than by chance, within benchmarks",
                List.of(
                        Column.text("Concept"),
                        Column.number("Tie", "together"),
                        Column.number("Items", "together"),
                        Column.number("By chance", "together").optional()),
                rows);
    }

    private static Label neighbour(int concept, String label, LabelKind kind, Links links) {
        return Label.concept(concept, label, List.of(), kind, OptionalDouble.empty(), links.concept(concept));
    }

    @Override
    public Preview preview() {
        return new Preview(figures, byBenchmark);
    }

    @Override
    public List<ChartFile> charts() {
        return ChartFile.list(
                activations == null ? null : ChartFile.of("activations", "Activations of: " + label, activations));
    }
}
