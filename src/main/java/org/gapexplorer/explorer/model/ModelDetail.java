package org.gapexplorer.explorer.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gapexplorer.explorer.benchmark.BenchmarkDetail;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.concept.Gaps;
import org.gapexplorer.explorer.share.ChartFile;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Charts;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.HistogramChart;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;

/**
 * A model's page.
 *
 * @param scope "overall" or a benchmark's title: what the concept lists speak of
 * @param against links to the comparison with each other model
 */
public record ModelDetail(
        String id,
        String title,
        String licence,
        List<Figure> figures,
        Table scores,
        HistogramChart performance,
        String scope,
        Gaps gaps,
        String report,
        List<Choice> against)
        implements Shareable {
    /** Concepts of each list on the page. */
    static final int ROWS = 20;

    /** @param listed concepts of each list */
    public static ModelDetail of(
            Snapshot snapshot, Names names, ModelView m, Params params, Url here, Links links, int listed) {
        String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
        List<Table.Row> rows = m.scores().stream()
                .map(s -> new Table.Row(
                        Label.of(names.benchmark(s.benchmark()), links.benchmark(s.benchmark())),
                        BenchmarkDetail.headline(s)))
                .toList();
        int scored = m.scores().stream().mapToInt(ModelView.Headline::scored).sum();
        OptionalDouble mean = ConceptTable.reference(m, null);
        return new ModelDetail(
                m.id(),
                Text.bounded(m.title().isBlank() ? m.id() : m.title(), 160),
                Text.bounded(m.licence(), 120),
                List.of(
                        new Figure(
                                "Mean score",
                                Numbers.score(mean),
                                "plain mean over " + Numbers.count(m.scores().size(), "benchmark", "benchmarks"),
                                "headline"),
                        new Figure(
                                "Best benchmark",
                                best(m, true)
                                        .map(s -> Numbers.score(s.mean().value()))
                                        .orElse(Numbers.NONE),
                                best(m, true)
                                        .map(s -> names.benchmark(s.benchmark()))
                                        .orElse(""),
                                "headline"),
                        new Figure(
                                "Worst benchmark",
                                best(m, false)
                                        .map(s -> Numbers.score(s.mean().value()))
                                        .orElse(Numbers.NONE),
                                best(m, false)
                                        .map(s -> names.benchmark(s.benchmark()))
                                        .orElse(""),
                                "headline"),
                        new Figure(
                                "Scored items",
                                Numbers.count(scored),
                                Numbers.count(m.concepts()) + " concepts with a score",
                                "support")),
                new Table("Mean score on each benchmark", BenchmarkDetail.headlineColumns("Benchmark"), rows),
                Charts.score(m.chi(), mean, OptionalDouble.empty()),
                benchmark == null ? "overall" : "on " + names.benchmark(benchmark),
                Gaps.of(snapshot, names, links, params, here, m, false, listed),
                links.to("/report").with("model", m.id()).toString(),
                against(names, m.id(), links));
    }

    private static Optional<ModelView.Headline> best(ModelView m, boolean highest) {
        return m.scores().stream().reduce((a, b) -> a.mean().value() >= b.mean().value() == highest ? a : b);
    }

    private static List<Choice> against(Names names, String id, Links links) {
        Url compare = links.to("/models/compare");
        return names.modelIds().stream()
                .filter(other -> !other.equals(id))
                .map(other -> new Choice(
                        names.model(other),
                        compare.with("models", id + "," + other).toString(),
                        false))
                .toList();
    }

    @Override
    public Preview preview() {
        return new Preview(figures, scores);
    }

    @Override
    public List<ChartFile> charts() {
        return ChartFile.list(
                ChartFile.of("scores", "Score where each concept fires, mean over benchmarks, " + title, performance));
    }
}
