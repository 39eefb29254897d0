package org.gapexplorer.pipeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gapexplorer.method.ConceptScores;
import org.gapexplorer.method.Coverage;
import org.gapexplorer.method.Interval;
import org.gapexplorer.method.Overlap;
import org.gapexplorer.method.Performance;
import org.gapexplorer.method.Permutation;
import org.gapexplorer.method.Saliency;
import org.gapexplorer.method.SupportFilter;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Benchmark;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.SubjectModel;

/** Carries a run's saliency and scores through the method and writes what comes out: coverage, overlap, performance. */
final class Analysis {
    /** Random draws behind each rarefied overlap; the standard error of a Jaccard index is then below 0.01. */
    private static final int RAREFACTION_ROUNDS = 50;

    private final Study study;
    private final RunFolder run;
    private final List<SubjectModel> models;
    private final RunData data;
    private final BitSet live;
    private final BitSet dictionary;

    /**
     * @param models those scored
     * @param labelled the concepts that carry a label
     * @param concepts size of the dictionary
     */
    Analysis(Study study, RunFolder run, List<SubjectModel> models, RunData data, BitSet labelled, int concepts) {
        this.study = study;
        this.run = run;
        this.models = models;
        this.data = data;
        live = Coverage.live(List.copyOf(data.saliency().values()));
        dictionary = switch (study.dictionary()) {
            case ALL -> Coverage.all(concepts);
            case LABELLED -> labelled;
            case LIVE -> live;
        };
    }

    /** The concepts that fire somewhere in the study. */
    BitSet live() {
        return live;
    }

    void write(Progress progress) {
        long steps = 2L + models.size();
        progress.step("method", 0, steps, "steps");
        writeCoverage();
        progress.step("method", 1, steps, "steps");
        writeOverlap();
        progress.step("method", 2, steps, "steps");
        var facts = new ArrayList<RunFolder.ModelFacts>();
        var performance = new ArrayList<RunFolder.Performance>();
        for (int m = 0; m < models.size(); m++) {
            SubjectModel model = models.get(m);
            var scores = data.scores().get(model.id());
            if (scores != null) {
                addModel(model, scores, facts, performance);
            }
            progress.step("method", 3L + m, steps, "steps");
        }
        RunFolder.MODELS.write(run.models(), facts);
        RunFolder.PERFORMANCE.write(run.performance(), performance);
    }

    private void writeCoverage() {
        var thresholds = new Coverage.Thresholds(
                study.thresholds().under(), study.thresholds().over());
        var facts = new ArrayList<RunFolder.BenchmarkFacts>();
        var rows = new ArrayList<RunFolder.Coverage>();
        var suite = new ArrayList<Coverage>();
        int rarefiedTo = rarefiedTo();
        for (Benchmark b : study.benchmarks()) {
            Coverage coverage = Coverage.of(data.saliency().get(b.id()), dictionary, thresholds);
            facts.add(facts(b, coverage, rarefiedTo));
            addRows(rows, b.id(), coverage);
            if (b.kind() == Benchmark.Kind.SUITE) {
                suite.add(coverage);
            }
        }
        if (!suite.isEmpty()) {
            addRows(rows, RunFolder.ALL, Coverage.suite(suite, dictionary, thresholds));
        }
        RunFolder.BENCHMARKS.write(run.benchmarks(), facts);
        RunFolder.COVERAGE.write(run.coverage(), rows);
    }

    /** Benchmarks are compared at the size of the suite's smallest; a handful of a team's prompts is no measure for them. */
    private int rarefiedTo() {
        return study.benchmarks().stream()
                .filter(b -> b.kind() == Benchmark.Kind.SUITE)
                .mapToInt(b -> data.saliency().get(b.id()).items())
                .min()
                .orElseGet(() -> data.saliency().values().stream()
                        .mapToInt(Saliency::items)
                        .min()
                        .orElse(0));
    }

    private RunFolder.BenchmarkFacts facts(Benchmark b, Coverage coverage, int rarefiedTo) {
        return new RunFolder.BenchmarkFacts(
                b.id(),
                b.title(),
                b.scope(),
                b.licence(),
                b.citation(),
                b.kind().name().toLowerCase(Locale.ROOT),
                b.visibility() == Benchmark.Visibility.PUBLIC ? "public" : "ids-only",
                b.chance() == null ? Double.NaN : b.chance(),
                coverage.items(),
                coverage.missingShare(),
                coverage.missingShareOfAll(),
                Overlap.rarefiedMissingShare(coverage, dictionary, rarefiedTo),
                rarefiedTo,
                b.canary());
    }

    private static void addRows(List<RunFolder.Coverage> rows, String benchmark, Coverage coverage) {
        for (int c = 0; c < coverage.mass().length; c++) {
            if (coverage.status()[c] != null) {
                rows.add(new RunFolder.Coverage(
                        benchmark,
                        c,
                        coverage.mass()[c],
                        coverage.chi()[c],
                        coverage.support()[c],
                        coverage.status()[c].name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private void writeOverlap() {
        List<String> ids = List.copyOf(data.saliency().keySet());
        List<Saliency> benchmarks = List.copyOf(data.saliency().values());
        double[][] jaccard = Overlap.jaccard(benchmarks, dictionary);
        double[][] rarefied =
                Overlap.rarefiedJaccard(benchmarks, dictionary, rarefiedTo(), RAREFACTION_ROUNDS, study.seed());
        var rows = new ArrayList<RunFolder.Overlap>();
        for (int i = 0; i < ids.size(); i++) {
            for (int j = 0; j < ids.size(); j++) {
                rows.add(new RunFolder.Overlap(ids.get(i), ids.get(j), jaccard[i][j], rarefied[i][j]));
            }
        }
        RunFolder.OVERLAP.write(run.overlap(), rows);
    }

    private void addModel(
            SubjectModel model,
            Map<String, double[]> scores,
            List<RunFolder.ModelFacts> facts,
            List<RunFolder.Performance> performance) {
        List<String> benchmarks = List.copyOf(scores.keySet());
        List<double[]> y = List.copyOf(scores.values());
        List<Saliency> saliency = benchmarks.stream().map(data.saliency()::get).toList();
        var each = new ArrayList<ConceptScores>();
        for (int b = 0; b < benchmarks.size(); b++) {
            Interval.Mean mean = Interval.ofMean(y.get(b));
            facts.add(new RunFolder.ModelFacts(
                    model.id(),
                    model.title(),
                    model.licence(),
                    benchmarks.get(b),
                    mean.scored(),
                    mean.mean(),
                    mean.low(),
                    mean.high()));
            each.add(Performance.of(saliency.get(b), y.get(b)));
        }
        ConceptScores overall = Performance.overall(each);
        ConceptScores pooled = Performance.pooled(saliency, y, each);
        var q = Permutation.test(
                saliency,
                y,
                listed(each, overall, pooled),
                new Permutation.Settings(
                        Permutation.Settings.DEFAULT.first(),
                        Permutation.Settings.DEFAULT.most(),
                        Permutation.Settings.DEFAULT.enough(),
                        study.seed()));
        for (int b = 0; b < benchmarks.size(); b++) {
            addRows(
                    performance,
                    model.id(),
                    benchmarks.get(b),
                    each.get(b),
                    q.benchmarks().get(b));
        }
        addRows(performance, model.id(), RunFolder.ALL, overall, q.overall());
        addRows(performance, model.id(), RunFolder.POOLED, pooled, q.pooled());
    }

    private Permutation.Listed listed(List<ConceptScores> each, ConceptScores overall, ConceptScores pooled) {
        var one = new SupportFilter(1, study.lists().minSupportInBenchmark());
        var all = new SupportFilter(
                Math.min(study.lists().minBenchmarks(), each.size()),
                study.lists().minSupport());
        return new Permutation.Listed(
                each.stream().map(one::passing).toList(), all.passing(overall), all.passing(pooled));
    }

    private void addRows(
            List<RunFolder.Performance> rows,
            String model,
            String benchmark,
            ConceptScores scores,
            Permutation.Significance significance) {
        for (int c = dictionary.nextSetBit(0); c >= 0; c = dictionary.nextSetBit(c + 1)) {
            if (scores.defined(c)) {
                rows.add(new RunFolder.Performance(
                        model,
                        benchmark,
                        c,
                        scores.chi()[c],
                        scores.low()[c],
                        scores.high()[c],
                        scores.shrunk()[c],
                        scores.gap()[c],
                        significance.q()[c],
                        scores.support()[c],
                        scores.effectiveSupport()[c]));
            }
        }
    }
}
