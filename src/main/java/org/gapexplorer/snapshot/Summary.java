package org.gapexplorer.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.Fields.CoverageColumn;
import org.gapexplorer.snapshot.Fields.PerformanceColumn;

/** Makes {@link StudyTables} of a run. */
final class Summary {
    /** chi_bench from a thousandth to a thousand times the average, four bins to a factor of ten. */
    private static final List<Double> COVERAGE_EDGES =
            IntStream.rangeClosed(-12, 12).mapToObj(i -> Math.pow(10, i / 4.0)).toList();

    /** chi_model from 0 to 1 in twentieths. */
    static final List<Double> PERFORMANCE_EDGES =
            IntStream.rangeClosed(0, 20).mapToObj(i -> i / 20.0).toList();

    private final RunTables tables;
    private final ConceptColumns columns;

    Summary(RunTables tables, ConceptColumns columns) {
        this.tables = tables;
        this.columns = columns;
    }

    StudyTables tables(String version, Instant built, long firings, long scores) {
        List<BenchmarkView> benchmarks = IntStream.range(0, tables.benchmarks.size())
                .mapToObj(this::benchmark)
                .toList();
        List<ModelView> models =
                IntStream.range(0, tables.models.size()).mapToObj(this::model).toList();
        List<Distribution> distributions = new ArrayList<>();
        distributions.add(new Distribution(Distribution.Kind.COVERAGE, Snapshot.OVERALL, coverage(Fields.OVERALL)));
        benchmarks.forEach(b -> distributions.add(new Distribution(Distribution.Kind.COVERAGE, b.id(), b.chi())));
        models.forEach(m -> distributions.add(new Distribution(Distribution.Kind.PERFORMANCE, m.id(), m.chi())));
        return new StudyTables(study(version, built, firings, scores), benchmarks, models, overlap(), distributions);
    }

    private StudyFacts study(String version, Instant built, long firings, long scores) {
        Provenance run = tables.provenance;
        int live =
                (int) tables.concepts.stream().filter(RunFolder.Concept::live).count();
        return new StudyFacts(
                version,
                orElse(run.title(), run.study()),
                orElse(run.description(), ""),
                instant(run.ran(), built),
                built,
                lens(run.lens(), live),
                run.under(),
                run.over(),
                run.minBenchmarks(),
                run.minSupport(),
                facts(run.settings()),
                facts(run.versions()),
                facts(run.speed()),
                new StudyFacts.Counts(
                        tables.concepts.size(),
                        live,
                        tables.benchmarks.size(),
                        tables.models.size(),
                        tables.items.size(),
                        firings,
                        scores));
    }

    private LensFacts lens(Provenance.LensUsed lens, int live) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("id", lens.id()));
        facts.add(new Fact("licence", orElse(lens.licence(), "")));
        facts.addAll(facts(lens.facts() == null ? Map.of() : lens.facts()));
        return new LensFacts(
                orElse(lens.title(), lens.id()), lens.model(), lens.layer(), tables.concepts.size(), live, facts);
    }

    private BenchmarkView benchmark(int number) {
        RunFolder.BenchmarkFacts facts = tables.benchmarks.get(number);
        return new BenchmarkView(
                facts.benchmark(),
                orElse(facts.title(), facts.benchmark()),
                orElse(facts.scope(), ""),
                orElse(facts.licence(), ""),
                orElse(facts.citation(), ""),
                orElse(facts.kind(), ""),
                RunTables.textShown(facts),
                Columns.optional(facts.chance()),
                facts.n(),
                concepts(number) - with(number, Status.MISSING),
                with(number, Status.UNDER),
                with(number, Status.OVER),
                facts.missingLive(),
                facts.missingAll(),
                facts.missingRarefied(),
                facts.rarefiedTo(),
                coverage(number),
                Optional.ofNullable(facts.canary()).filter(c -> !c.isBlank()));
    }

    /** Concepts that have a coverage row for the benchmark. */
    private int concepts(int benchmark) {
        return Arrays.stream(Status.values())
                .mapToInt(status -> with(benchmark, status))
                .sum();
    }

    private int with(int benchmark, Status status) {
        return (int) IntStream.range(0, tables.concepts.size())
                .filter(c -> columns.coverage(benchmark, CoverageColumn.STATUS, c) == status.ordinal())
                .count();
    }

    private ModelView model(int number) {
        String id = tables.models.get(number);
        List<RunFolder.ModelFacts> rows =
                tables.headlines.stream().filter(h -> h.model().equals(id)).toList();
        List<ModelView.Headline> scores = new ArrayList<>();
        for (RunFolder.BenchmarkFacts benchmark : tables.benchmarks) {
            rows.stream()
                    .filter(row -> row.benchmark().equals(benchmark.benchmark()) && !Double.isNaN(row.mean()))
                    .forEach(row -> scores.add(new ModelView.Headline(
                            row.benchmark(),
                            row.scored(),
                            new Estimate(row.mean(), row.low(), row.high()),
                            Columns.optional(benchmark.chance()))));
        }
        Histogram chi = histogram(
                PERFORMANCE_EDGES, c -> columns.performance(number, Fields.OVERALL, PerformanceColumn.CHI, c));
        return new ModelView(
                id,
                orElse(rows.getFirst().title(), id),
                orElse(rows.getFirst().licence(), ""),
                scores,
                chi,
                chi.counts().stream().mapToInt(Integer::intValue).sum());
    }

    private Histogram coverage(int benchmark) {
        return histogram(
                COVERAGE_EDGES,
                c -> columns.coverage(benchmark, CoverageColumn.SUPPORT, c) > 0
                        ? columns.coverage(benchmark, CoverageColumn.CHI, c)
                        : Double.NaN);
    }

    /** Over the live concepts, and any other with a value. */
    private Histogram histogram(List<Double> edges, IntToDoubleFunction value) {
        return Histogram.of(
                edges,
                IntStream.range(0, tables.concepts.size())
                        .filter(c -> tables.concepts.get(c).live() || !Double.isNaN(value.applyAsDouble(c)))
                        .mapToDouble(value));
    }

    private Overlap overlap() {
        int n = tables.benchmarks.size();
        double[][] jaccard = new double[n][n];
        double[][] rarefied = new double[n][n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(jaccard[i], Double.NaN);
            Arrays.fill(rarefied[i], Double.NaN);
            jaccard[i][i] = 1;
        }
        RunFolder.OVERLAP.forEach(tables.run.overlap(), row -> {
            int left = tables.benchmark(row.left(), "overlap.parquet");
            int right = tables.benchmark(row.right(), "overlap.parquet");
            jaccard[left][right] = jaccard[right][left] = row.jaccard();
            rarefied[left][right] = rarefied[right][left] = row.jaccardRarefied();
        });
        return new Overlap(
                tables.benchmarks.stream()
                        .map(RunFolder.BenchmarkFacts::benchmark)
                        .toList(),
                Arrays.stream(jaccard)
                        .map(row -> DoubleStream.of(row).boxed().toList())
                        .toList(),
                Arrays.stream(rarefied)
                        .map(row ->
                                DoubleStream.of(row).mapToObj(Columns::optional).toList())
                        .toList());
    }

    private static List<Fact> facts(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> new Fact(e.getKey(), e.getValue()))
                .toList();
    }

    private static Instant instant(String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static String orElse(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }
}
