package org.gapexplorer.explorer.correlation;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.gapexplorer.explorer.concept.Gaps;
import org.gapexplorer.explorer.share.ChartFile;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.HeatMap;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Scale;
import org.gapexplorer.explorer.view.ScatterChart;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.method.Correlation;
import org.gapexplorer.snapshot.Axis;
import org.gapexplorer.snapshot.Relation;
import org.gapexplorer.snapshot.Snapshot;

/**
 * Two numbers held against each other over the concepts, and the matrix of all benchmarks, or all models.
 *
 * @param drawn how many points there are, in a sentence
 * @param beyond points that the table has not got; empty for none
 * @param listed the list of concepts that holds them
 * @param chart null where no concept has both numbers
 */
public record CorrelationView(
        String heading,
        List<Axes.Group> xs,
        List<Axes.Group> ys,
        List<Option> kinds,
        int minSupport,
        List<Kept> kept,
        List<Figure> figures,
        String drawn,
        ScatterChart chart,
        Table points,
        String beyond,
        Listed listed,
        List<Choice> matrices,
        HeatMap matrix)
        implements Shareable {
    /** As many as stay apart, and within 60 KB with their labels. */
    private static final int DRAWN = 500;

    private static final int ROWS = 50;
    private static final int LABEL = 60;

    /**
     * @param support what its concepts have at least
     * @param wider whether it holds concepts that are no points
     */
    public record Listed(String href, String support, boolean wider) {}

    static CorrelationView of(Snapshot snapshot, Names names, CorrelationFilter asked, Url here, Links links) {
        Relation relation = asked.relation(snapshot, DRAWN);
        Axes.Choice x = asked.x();
        Axes.Choice y = asked.y();
        List<Relation.Point> points = relation.points();
        int all = relation.spearman().n();
        return new CorrelationView(
                x.title() + " against " + Character.toLowerCase(y.title().charAt(0))
                        + y.title().substring(1),
                asked.axes().groups(x),
                asked.axes().groups(y),
                Gaps.kindOptions(asked.kind()),
                asked.filter().minSupport(),
                here.keptBut(List.of("x", "y", "kind", "minSupport")),
                List.of(
                        figure("Spearman", relation.spearman()),
                        figure("Pearson", relation.pearson()),
                        new Figure(
                                "Concepts", Numbers.count(all), "with both numbers and that much support", "support")),
                points.size() < all
                        ? "The " + Numbers.count(points.size()) + " best supported of " + Numbers.count(all)
                                + " concepts are drawn; the figures above are of all."
                        : "Every one of the " + Numbers.count(all) + " concepts is drawn.",
                points.isEmpty() ? null : chart(relation, x, y, links),
                table(points, x, y, links),
                points.size() > ROWS ? Numbers.count(points.size() - ROWS) : "",
                listed(asked, names, links),
                matrices(names, here, asked),
                matrix(snapshot, names, asked, here, links));
    }

    /** A list asks for one support: that of a model's axis, since what fires on so many scored items fires in the suite. */
    private static Listed listed(CorrelationFilter asked, Names names, Links links) {
        Axis x = asked.x().axis();
        Axis y = asked.y().axis();
        Axis of = y.model() != null ? y : x;
        int least = asked.filter().minSupport();
        String items = of.model() == null
                ? Numbers.count(least, "item", "items") + " of the suite"
                : Numbers.count(least, "scored item", "scored items") + " of " + names.model(of.model())
                        + (of.benchmark() == null ? "" : " on " + names.benchmark(of.benchmark()));
        String href = links.to("/concepts")
                .with("face", of.model() == null ? "benchmark" : "model")
                .with("model", of.model())
                .with("benchmark", of.model() == null ? null : of.benchmark())
                .with("minSupport", String.valueOf(least))
                .with("kind", asked.kind().equals(CorrelationFilter.ALL) ? "" : asked.kind())
                .toString();
        return new Listed(href, items, x.model() != null && y.model() != null && !sameItems(x, y));
    }

    private static boolean sameItems(Axis x, Axis y) {
        return x.model().equals(y.model()) && Objects.equals(x.benchmark(), y.benchmark());
    }

    private static Figure figure(String name, Correlation c) {
        String interval = Double.isNaN(c.low())
                ? "too few concepts for an interval"
                : "95% " + Numbers.signed(c.low()) + " to " + Numbers.signed(c.high());
        return new Figure(name, Numbers.signed(c.value()), interval, "correlation");
    }

    private static ScatterChart chart(Relation relation, Axes.Choice x, Axes.Choice y, Links links) {
        List<ScatterChart.Point> points = relation.points().stream()
                .map(p -> new ScatterChart.Point(
                        p.x(),
                        p.y(),
                        links.concept(p.concept()),
                        Text.plain(Label.name(p.concept(), p.label()), LABEL) + "\n"
                                + number(x.axis()).apply(p.x()) + ", "
                                + number(y.axis()).apply(p.y())))
                .toList();
        return ScatterChart.of(
                points,
                scaleKind(x.axis()),
                scaleKind(y.axis()),
                x.title(),
                y.title(),
                "correlation " + Numbers.signed(relation.spearman().value()) + " (Spearman)");
    }

    private static Scale.Kind scaleKind(Axis axis) {
        return switch (axis.kind()) {
            case COVERAGE -> Scale.Kind.LOGARITHMIC;
            case SCORE -> Scale.Kind.SCORE;
            case GAP -> Scale.Kind.SIGNED;
        };
    }

    private static DoubleFunction<String> number(Axis axis) {
        return switch (axis.kind()) {
            case COVERAGE -> v -> v == 0 ? "missing" : Numbers.coverage(v);
            case SCORE -> Numbers::score;
            case GAP -> Numbers::signed;
        };
    }

    private static Table table(List<Relation.Point> points, Axes.Choice x, Axes.Choice y, Links links) {
        List<Table.Row> rows = points.stream()
                .limit(ROWS)
                .map(p -> new Table.Row(
                        Label.of(Label.name(p.concept(), p.label()), links.concept(p.concept())),
                        List.of(
                                Cell.number(number(x.axis()).apply(p.x())),
                                Cell.number(number(y.axis()).apply(p.y())),
                                Cell.count(p.support()))))
                .toList();
        return new Table(
                "The best supported concepts, at most " + ROWS,
                List.of(
                        Column.text("Concept"),
                        Column.number(x.title(), anchor(x.axis())),
                        Column.number(y.title(), anchor(y.axis())),
                        Column.number("Support", "support")),
                rows);
    }

    private static String anchor(Axis axis) {
        return Params.word(axis.kind());
    }

    private static List<Choice> matrices(Names names, Url here, CorrelationFilter asked) {
        if (names.modelIds().size() < 2) return List.of();
        return List.of(
                new Choice("Benchmarks by coverage", here.without("matrix") + "#matrix", !asked.ofModels()),
                new Choice(
                        "Models by score",
                        here.with("matrix", CorrelationFilter.MODELS) + "#matrix",
                        asked.ofModels()));
    }

    /** A square opens the scatter of its two, under the same filter. */
    private static HeatMap matrix(Snapshot snapshot, Names names, CorrelationFilter asked, Url here, Links links) {
        Relation.Matrix matrix = asked.matrix(snapshot, names);
        List<String> words = matrix.axes().stream().map(asked.axes()::word).toList();
        boolean models = asked.ofModels();
        return HeatMap.of(
                "Correlation of " + (models ? "models" : "benchmarks"),
                models
                        ? "Spearman correlation of two models’ scores, mean over benchmarks"
                        : "Spearman correlation of two benchmarks’ coverage",
                "correlation",
                matrix.axes().stream()
                        .map(a -> models
                                ? new HeatMap.Head(names.model(a.model()), links.model(a.model()))
                                : new HeatMap.Head(names.benchmark(a.benchmark()), links.benchmark(a.benchmark())))
                        .toList(),
                (i, j) -> matrix.spearman().get(i).get(j).value(),
                (i, j) -> here.with("x", words.get(i)).with("y", words.get(j)).toString());
    }

    @Override
    public Preview preview() {
        return Preview.of(figures);
    }

    @Override
    public List<ChartFile> charts() {
        return ChartFile.list(
                chart == null ? null : ChartFile.of("scatter", heading, chart), ChartFile.of("matrix", matrix));
    }
}
