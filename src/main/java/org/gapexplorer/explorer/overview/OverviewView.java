package org.gapexplorer.explorer.overview;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.gapexplorer.explorer.benchmark.BenchmarksView;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.concept.Gaps;
import org.gapexplorer.explorer.share.ChartFile;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Charts;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.HistogramChart;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.Fact;
import org.gapexplorer.snapshot.Histogram;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Status;
import org.gapexplorer.snapshot.StudyFacts;

/**
 * The front page.
 *
 * @param map of the families; null where the snapshot has none
 * @param performance the chosen model's distribution; null without a model
 * @param gaps the chosen model's weakest and strongest concepts; null without a model
 * @param thin concepts with a meaning that the suite holds least of
 * @param missingHref the concepts with a meaning that no benchmark has; empty where there is none
 */
public record OverviewView(
        String title,
        String description,
        List<Figure> figures,
        List<Fact> facts,
        List<Fact> settings,
        MapView map,
        HistogramChart coverage,
        HistogramChart performance,
        String performanceOf,
        Gaps gaps,
        Table missing,
        Table thick,
        Table thin,
        String missingHref,
        List<BenchmarkCard> benchmarks,
        List<ModelCard> models)
        implements Shareable {
    private static final int ROWS = 8;

    public record BenchmarkCard(String title, String href, String scope, String figures) {}

    public record ModelCard(String title, String href, String licence, String figures) {}

    static OverviewView of(Snapshot snapshot, Names names, Links links, Params params, Url here) {
        StudyFacts study = snapshot.study();
        String wanted = params.one("model", names.modelIds(), m -> m);
        ModelView model = wanted != null
                ? snapshot.model(wanted).orElse(null)
                : snapshot.models().stream().findFirst().orElse(null);
        Histogram suite = suite(snapshot);
        ConceptTable table = new ConceptTable(links, null, null, null);
        return new OverviewView(
                Text.bounded(study.title(), 120),
                Text.bounded(study.description(), 1_000),
                figures(snapshot, suite, links),
                facts(study),
                study.settings(),
                MapView.of(snapshot, names, params, here, links),
                Charts.coverage(suite, study),
                model == null
                        ? null
                        : Charts.score(
                                model.chi(), ConceptTable.reference(model, null), java.util.OptionalDouble.empty()),
                model == null ? "" : names.model(model.id()),
                model == null ? null : Gaps.of(snapshot, names, links, params, here, model, true, ROWS),
                missing(snapshot, names, links),
                table.mostCovered(snapshot, ROWS),
                table.leastCovered(snapshot, ROWS),
                missingHref(snapshot, links),
                benchmarkCards(snapshot, links),
                modelCards(snapshot, links));
    }

    private static Histogram suite(Snapshot snapshot) {
        return snapshot.distributions(org.gapexplorer.snapshot.Distribution.Kind.COVERAGE).stream()
                .filter(d -> d.of().equals(Snapshot.OVERALL))
                .map(org.gapexplorer.snapshot.Distribution::histogram)
                .findFirst()
                .orElse(new Histogram(List.of(0.0, 1.0), List.of(0), 0));
    }

    private static List<Figure> figures(Snapshot snapshot, Histogram suite, Links links) {
        StudyFacts.Counts n = snapshot.study().counts();
        String outside = outside(snapshot);
        return List.of(
                new Figure(
                        "Benchmarks",
                        Numbers.count(snapshot.suiteIds().size()),
                        Numbers.count(n.datapoints(), "item", "items") + (outside.isEmpty() ? "" : ", with " + outside),
                        links.to("/benchmarks").toString(),
                        "items"),
                new Figure(
                        "Models",
                        Numbers.count(n.models()),
                        Numbers.count(n.scores(), "score", "scores"),
                        links.to("/models").toString(),
                        "items"),
                new Figure(
                        "Live concepts",
                        Numbers.count(n.liveConcepts()),
                        "of " + Numbers.count(n.concepts()) + " in the dictionary",
                        links.to("/concepts").toString(),
                        "missing"),
                suite.absent() > 0 ? missing(n, suite, links) : silent(n));
    }

    /** How many own prompts and references there are, which are no benchmarks of the suite; empty where there are none. */
    static String outside(Snapshot snapshot) {
        int sets = snapshot.benchmarks().size() - snapshot.suiteIds().size();
        return sets == 0 ? "" : Numbers.count(sets, "set", "sets") + " outside the suite";
    }

    private static Figure missing(StudyFacts.Counts n, Histogram suite, Links links) {
        return new Figure(
                "Missing from the suite",
                Numbers.count(suite.absent()),
                Numbers.percent((double) suite.absent() / n.liveConcepts()) + " of the live concepts",
                links.to("/concepts").with("status", "missing").toString(),
                "missing");
    }

    /** Nothing live is missing where the suite is all that was read; what fires on none of it still says something. */
    private static Figure silent(StudyFacts.Counts n) {
        int silent = n.concepts() - n.liveConcepts();
        String share = n.concepts() == 0 ? Numbers.NONE : Numbers.percent((double) silent / n.concepts());
        return new Figure(
                "Never fire in the study",
                Numbers.count(silent),
                share + " of the dictionary, which no benchmark touches",
                "missing");
    }

    /** Empty where the list would be. */
    private static String missingHref(Snapshot snapshot, Links links) {
        ConceptQuery missing = ConceptQuery.all()
                .statuses(Set.of(Status.MISSING))
                .kinds(Set.of(LabelKind.MEANING))
                .limit(1)
                .build();
        if (snapshot.concepts(missing).rows().isEmpty()) return "";
        return links.to("/concepts")
                .with("status", "missing")
                .with("kind", "meaning")
                .with("sort", "density")
                .toString();
    }

    /** Worst first. */
    private static Table missing(Snapshot snapshot, Names names, Links links) {
        List<BenchmarkView> benchmarks = snapshot.benchmarks().stream()
                .sorted(Comparator.comparingDouble(BenchmarkView::missingLive).reversed())
                .toList();
        double most = benchmarks.stream()
                .mapToDouble(BenchmarkView::missingLive)
                .max()
                .orElse(0);
        List<Table.Row> rows = benchmarks.stream()
                .map(b -> new Table.Row(
                        Label.of(names.benchmark(b.id()), links.benchmark(b.id())),
                        List.of(
                                Cell.picture(Mark.share(b.missingLive(), most)),
                                Cell.number(Numbers.percent(b.missingLive()))
                                        .linked(BenchmarksView.concepts(b, "missing", links)),
                                Cell.number(Numbers.percent(b.missingRarefied()))
                                        .optional())))
                .toList();
        return new Table(
                "Share of the live concepts that each benchmark misses",
                List.of(
                        Column.text("Benchmark"),
                        Column.picture(""),
                        Column.number("Missing", "missing"),
                        Column.number("Rarefied", "rarefied").optional()),
                rows);
    }

    private static List<Fact> facts(StudyFacts study) {
        return List.of(
                new Fact(
                        "Lens",
                        Text.bounded(
                                study.lens().name() + ", on " + study.lens().model() + ", "
                                        + study.lens().layer(),
                                200)),
                new Fact("Run", Numbers.day(study.ran())),
                new Fact("Snapshot", study.version() + ", built " + Numbers.day(study.built())),
                new Fact(
                        "Thresholds",
                        "under-represented below " + Numbers.coverage(study.under()) + ", over-represented above "
                                + Numbers.coverage(study.over())));
    }

    private static List<BenchmarkCard> benchmarkCards(Snapshot snapshot, Links links) {
        return snapshot.benchmarks().stream()
                .map(b -> new BenchmarkCard(
                        Text.bounded(b.title().isBlank() ? b.id() : b.title(), 80),
                        links.benchmark(b.id()),
                        Text.bounded(b.scope(), 180),
                        Numbers.count(b.items(), "item", "items") + " · " + Numbers.percent(b.missingLive())
                                + " of concepts missing"))
                .toList();
    }

    private static List<ModelCard> modelCards(Snapshot snapshot, Links links) {
        return snapshot.models().stream()
                .map(m -> new ModelCard(
                        Text.bounded(m.title().isBlank() ? m.id() : m.title(), 80),
                        links.model(m.id()),
                        Text.bounded(m.licence(), 60),
                        "mean score " + Numbers.score(ConceptTable.reference(m, null)) + " over "
                                + Numbers.count(m.scores().size(), "benchmark", "benchmarks")))
                .toList();
    }

    @Override
    public Preview preview() {
        return new Preview(figures, missing);
    }

    @Override
    public List<ChartFile> charts() {
        return ChartFile.list(
                map == null ? null : ChartFile.of("map", map.shown(), map.chart(), map.colourTitle()),
                ChartFile.of("coverage", "Coverage of each live concept, mean over benchmarks", coverage),
                performance == null
                        ? null
                        : ChartFile.of("scores", "Scores of " + performanceOf + ", mean over benchmarks", performance));
    }
}
