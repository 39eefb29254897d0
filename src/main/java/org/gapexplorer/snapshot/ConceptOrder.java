package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.gapexplorer.snapshot.Fields.CoverageColumn;
import org.gapexplorer.snapshot.Fields.PerformanceColumn;

/** Turns a {@link SortKey} into a Lucene sort: rows without a value last, ties by id (of q by gap). */
final class ConceptOrder {
    private ConceptOrder() {}

    /**
     * @param compared the fields whose values are compared, for the columns DIFFERENCE and SPREAD
     * @return null: sort by relevance
     */
    static Sort of(SortKey key, boolean descending, ConceptTable table, List<String> compared) {
        int benchmark = table.benchmark(key.benchmark());
        int model = key.column().ofModel() ? table.model(key.model()) : -1;
        if (benchmark == Integer.MIN_VALUE || (key.column().ofModel() && model < 0)) {
            return null;
        }
        SortField by = switch (key.column()) {
            case RELEVANCE -> null;
            case ID -> new SortField(null, SortField.Type.DOC, descending);
            case LABEL -> new SortField(Fields.LABEL_ORDER, SortField.Type.STRING, descending, SortField.STRING_LAST);
            case QUALITY -> real(Fields.QUALITY, descending);
            case DENSITY -> real(Fields.DENSITY, descending);
            case FAMILY -> number(Fields.FAMILY, descending);
            case BENCHMARKS -> number(Fields.BENCHMARKS, descending);
            case COVERAGE -> real(CoverageColumn.CHI.of(benchmark), descending);
            case COVERAGE_SUPPORT -> number(CoverageColumn.SUPPORT.of(benchmark), descending);
            case DIFFERENCE, SPREAD ->
                compared.size() < 2
                        ? null
                        : new Difference(compared, key.column() == SortKey.Column.SPREAD).getSortField(descending);
            case SCORE -> real(PerformanceColumn.CHI.of(model, benchmark), descending);
            case SHRUNK -> real(PerformanceColumn.SHRUNK.of(model, benchmark), descending);
            case LOW -> real(PerformanceColumn.LOW.of(model, benchmark), descending);
            case HIGH -> real(PerformanceColumn.HIGH.of(model, benchmark), descending);
            case GAP -> real(PerformanceColumn.GAP.of(model, benchmark), descending);
            case Q -> real(PerformanceColumn.Q.of(model, benchmark), descending);
            case SUPPORT -> number(PerformanceColumn.SUPPORT.of(model, benchmark), descending);
            case EFFECTIVE_SUPPORT -> real(PerformanceColumn.EFFECTIVE_SUPPORT.of(model, benchmark), descending);
        };
        if (by == null) return null;
        // many concepts share a q: the widest shortfall first among them
        return key.column() == SortKey.Column.Q
                ? new Sort(by, real(PerformanceColumn.GAP.of(model, benchmark), false), SortField.FIELD_DOC)
                : new Sort(by, SortField.FIELD_DOC);
    }

    private static SortField real(String field, boolean descending) {
        double last = descending ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        return new SortField(field, SortField.Type.DOUBLE, descending, last);
    }

    private static SortField number(String field, boolean descending) {
        long last = descending ? Long.MIN_VALUE : Long.MAX_VALUE;
        return new SortField(field, SortField.Type.LONG, descending, last);
    }

    /** First minus second of two values, largest minus smallest of more. */
    static double difference(double[] chi) {
        if (chi.length == 2) {
            return chi[0] - chi[1];
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : chi) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return high - low;
    }

    /** {@link #difference} over columns of doubles, or its size; a concept without a value counts as 0. */
    private static final class Difference extends DoubleValuesSource {
        private final List<String> fields;
        private final List<DoubleValuesSource> columns;
        private final boolean size;

        Difference(List<String> fields, boolean size) {
            this.size = size;
            this.fields = List.copyOf(fields);
            columns = fields.stream().map(DoubleValuesSource::fromDoubleField).toList();
        }

        @Override
        public DoubleValues getValues(LeafReaderContext context, DoubleValues scores) throws IOException {
            DoubleValues[] values = new DoubleValues[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = DoubleValues.withDefault(columns.get(i).getValues(context, scores), 0);
            }
            double[] chi = new double[values.length];
            return new DoubleValues() {
                @Override
                public double doubleValue() throws IOException {
                    for (int i = 0; i < chi.length; i++) {
                        chi[i] = values[i].doubleValue();
                    }
                    return size ? Math.abs(difference(chi)) : difference(chi);
                }

                @Override
                public boolean advanceExact(int document) throws IOException {
                    for (DoubleValues column : values) {
                        column.advanceExact(document);
                    }
                    return true;
                }
            };
        }

        @Override
        public boolean needsScores() {
            return false;
        }

        @Override
        public DoubleValuesSource rewrite(IndexSearcher searcher) {
            return this;
        }

        @Override
        public boolean isCacheable(LeafReaderContext context) {
            return true;
        }

        @Override
        public int hashCode() {
            return Objects.hash(fields, size);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Difference d && d.fields.equals(fields) && d.size == size;
        }

        @Override
        public String toString() {
            return "difference" + fields;
        }
    }
}
