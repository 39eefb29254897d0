package org.gapexplorer.snapshot;

import java.util.Arrays;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleDocValuesField;
import org.apache.lucene.document.NumericDocValuesField;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.Fields.CoverageColumn;
import org.gapexplorer.snapshot.Fields.PerformanceColumn;
import org.gapexplorer.study.Problem;

/** Coverage and performance of a run, one array per column and one value per concept; NaN is "no row" or "no value". */
final class ConceptColumns {
    private static final int COVERAGE = CoverageColumn.values().length;
    private static final int PERFORMANCE = PerformanceColumn.values().length;

    private final int benchmarks;
    private final int models;
    private final int concepts;
    private final boolean[] inSuite;
    /** By benchmark + 1 (0 is the suite) and column. */
    private final double[][] coverage;
    /** By model, benchmark + 2 (0 is pooled, 1 overall) and column. */
    private final double[][] performance;

    ConceptColumns(RunTables tables) {
        benchmarks = tables.benchmarks.size();
        models = tables.models.size();
        concepts = tables.concepts.size();
        inSuite = new boolean[benchmarks];
        for (int b = 0; b < benchmarks; b++)
            inSuite[b] = BenchmarkView.inSuite(tables.benchmarks.get(b).kind());
        coverage = new double[(benchmarks + 1) * COVERAGE][];
        performance = new double[models * (benchmarks + 2) * PERFORMANCE][];
        RunFolder.COVERAGE.forEach(tables.run.coverage(), row -> add(tables, row));
        RunFolder.PERFORMANCE.forEach(tables.run.performance(), row -> add(tables, row));
    }

    double coverage(int benchmark, CoverageColumn column, int concept) {
        double[] values = coverage[(benchmark + 1) * COVERAGE + column.ordinal()];
        return values == null ? Double.NaN : values[concept];
    }

    double performance(int model, int benchmark, PerformanceColumn column, int concept) {
        double[] values = performance[at(model, benchmark) + column.ordinal()];
        return values == null ? Double.NaN : values[concept];
    }

    /** Adds one concept's values to its document. */
    void addTo(Document document, int concept) {
        for (int b = Fields.OVERALL; b < benchmarks; b++) {
            for (CoverageColumn column : CoverageColumn.values()) {
                boolean whole = column == CoverageColumn.SUPPORT || column == CoverageColumn.STATUS;
                add(document, column.of(b), coverage(b, column, concept), whole);
            }
        }
        int present = 0;
        for (int b = 0; b < benchmarks; b++) {
            present += inSuite[b] && coverage(b, CoverageColumn.SUPPORT, concept) > 0 ? 1 : 0;
        }
        document.add(new NumericDocValuesField(Fields.BENCHMARKS, present));
        for (int m = 0; m < models; m++) {
            addPerformance(document, m, concept);
        }
    }

    private void addPerformance(Document document, int model, int concept) {
        int defined = 0;
        for (int b = Fields.POOLED; b < benchmarks; b++) {
            for (PerformanceColumn column : PerformanceColumn.values()) {
                double value = performance(model, b, column, concept);
                add(document, column.of(model, b), value, column == PerformanceColumn.SUPPORT);
            }
            defined += b >= 0 && !Double.isNaN(performance(model, b, PerformanceColumn.CHI, concept)) ? 1 : 0;
        }
        document.add(new NumericDocValuesField(Fields.benchmarksOf(model), defined));
    }

    private static void add(Document document, String field, double value, boolean whole) {
        if (Double.isNaN(value)) {
            return;
        }
        document.add(whole ? new NumericDocValuesField(field, (long) value) : new DoubleDocValuesField(field, value));
    }

    private void add(RunTables tables, RunFolder.Coverage row) {
        int at = (tables.benchmark(row.benchmark(), "coverage.parquet") + 1) * COVERAGE;
        int concept = tables.concept(row.concept(), "coverage.parquet");
        set(coverage, at + CoverageColumn.MASS.ordinal(), concept, row.mass());
        set(coverage, at + CoverageColumn.CHI.ordinal(), concept, row.chi());
        set(coverage, at + CoverageColumn.SUPPORT.ordinal(), concept, row.support());
        set(
                coverage,
                at + CoverageColumn.STATUS.ordinal(),
                concept,
                status(tables, row).ordinal());
    }

    private void add(RunTables tables, RunFolder.Performance row) {
        String file = "performance.parquet";
        int at = at(tables.model(row.model(), file), tables.benchmark(row.benchmark(), file));
        int concept = tables.concept(row.concept(), file);
        set(performance, at + PerformanceColumn.CHI.ordinal(), concept, row.chi());
        set(performance, at + PerformanceColumn.LOW.ordinal(), concept, row.low());
        set(performance, at + PerformanceColumn.HIGH.ordinal(), concept, row.high());
        set(performance, at + PerformanceColumn.SHRUNK.ordinal(), concept, row.shrunk());
        set(performance, at + PerformanceColumn.GAP.ordinal(), concept, row.gap());
        set(performance, at + PerformanceColumn.Q.ordinal(), concept, row.q());
        set(performance, at + PerformanceColumn.SUPPORT.ordinal(), concept, row.support());
        set(performance, at + PerformanceColumn.EFFECTIVE_SUPPORT.ordinal(), concept, row.effectiveSupport());
    }

    private int at(int model, int benchmark) {
        return (model * (benchmarks + 2) + benchmark + 2) * PERFORMANCE;
    }

    private void set(double[][] columns, int column, int concept, double value) {
        if (columns[column] == null) {
            columns[column] = new double[concepts];
            Arrays.fill(columns[column], Double.NaN);
        }
        columns[column][concept] = value;
    }

    private static Status status(RunTables tables, RunFolder.Coverage row) {
        try {
            return Status.valueOf(row.status().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new Problem(
                    tables.run.coverage() + ", status",
                    "\"" + row.status() + "\" is none of missing, under, present, over",
                    "run the study again into a fresh folder");
        }
    }
}
