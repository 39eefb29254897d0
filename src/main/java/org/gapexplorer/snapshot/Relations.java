package org.gapexplorer.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReader;
import org.gapexplorer.method.Correlation;
import org.gapexplorer.snapshot.Fields.CoverageColumn;
import org.gapexplorer.snapshot.Fields.PerformanceColumn;

/**
 * Correlations over the concepts. They read whole columns, so the last few answers are kept, and the columns too: a matrix
 * under another filter reads the same ten.
 */
final class Relations {
    private static final int KEPT = 64;
    /** Of columns, for each of the two types: 64 of the paper's size. */
    private static final long COLUMN_BYTES = 32L << 20;

    private static final LabelKind[] KINDS = LabelKind.values();

    private final LeafReader reader;
    private final ConceptTable table;
    private final Cache<Asked, Relation> relations =
            Caffeine.newBuilder().maximumSize(KEPT).build();
    private final Cache<AskedMatrix, Relation.Matrix> matrices =
            Caffeine.newBuilder().maximumSize(KEPT).build();
    private final Cache<String, double[]> doubles = Caffeine.newBuilder()
            .maximumWeight(COLUMN_BYTES)
            .weigher((String field, double[] column) -> Double.BYTES * column.length)
            .build();
    private final Cache<String, int[]> ints = Caffeine.newBuilder()
            .maximumWeight(COLUMN_BYTES)
            .weigher((String field, int[] column) -> Integer.BYTES * column.length)
            .build();

    Relations(LeafReader reader, ConceptTable table) {
        this.reader = reader;
        this.table = table;
    }

    private record Asked(Axis x, Axis y, Relation.Filter filter, int most) {}

    private record AskedMatrix(List<Axis> axes, Relation.Filter filter) {}

    /** One value and one support per document; NaN where it does not count. */
    private record Side(double[] values, int[] support) {}

    Relation relation(Axis x, Axis y, Relation.Filter filter, int most) {
        return relations.get(new Asked(x, y, filter, most), asked -> relate(x, y, filter, most));
    }

    Relation.Matrix matrix(List<Axis> axes, Relation.Filter filter) {
        return matrices.get(new AskedMatrix(List.copyOf(axes), filter), asked -> {
            BitSet counting = counting(filter);
            double[][] columns = axes.stream()
                    .map(axis -> side(axis, filter, counting).values())
                    .toArray(double[][]::new);
            return new Relation.Matrix(
                    axes, Stream.of(Correlation.spearman(columns)).map(List::of).toList());
        });
    }

    private Relation relate(Axis x, Axis y, Relation.Filter filter, int most) {
        BitSet counting = counting(filter);
        Side left = side(x, filter, counting);
        Side right = side(y, filter, counting);
        List<Relation.Point> points = IntStream.range(0, left.values.length)
                .filter(d -> !Double.isNaN(left.values[d]) && !Double.isNaN(right.values[d]))
                .boxed()
                .sorted(Comparator.comparingInt(d -> -Math.min(left.support[d], right.support[d])))
                .limit(most)
                .map(d -> new Relation.Point(
                        table.id(d),
                        label(d),
                        kind(d),
                        left.values[d],
                        right.values[d],
                        Math.min(left.support[d], right.support[d])))
                .toList();
        return new Relation(
                x,
                y,
                Correlation.pearson(left.values, right.values),
                Correlation.spearman(left.values, right.values),
                points);
    }

    /** Documents of live concepts with a label of the kinds asked for. */
    private BitSet counting(Relation.Filter filter) {
        int[] live = ints(Fields.LIVE);
        int[] kinds = ints(Fields.KIND);
        BitSet counting = new BitSet();
        for (int d = 0; d < live.length; d++) {
            counting.set(
                    d,
                    live[d] == 1 && (filter.kinds().isEmpty() || filter.kinds().contains(KINDS[kinds[d]])));
        }
        return counting;
    }

    private Side side(Axis axis, Relation.Filter filter, BitSet counting) {
        int benchmark = table.benchmark(axis.benchmark());
        boolean coverage = axis.kind() == Axis.Kind.COVERAGE;
        int model = coverage ? -1 : table.model(axis.model());
        double[] column = doubles(
                switch (axis.kind()) {
                    case COVERAGE -> CoverageColumn.CHI.of(benchmark);
                    case SCORE -> PerformanceColumn.CHI.of(model, benchmark);
                    case GAP -> PerformanceColumn.GAP.of(model, benchmark);
                });
        int[] support = ints(
                coverage ? CoverageColumn.SUPPORT.of(Fields.OVERALL) : PerformanceColumn.SUPPORT.of(model, benchmark));
        double[] values = column.clone();
        for (int d = 0; d < values.length; d++) {
            if (!counting.get(d) || support[d] < filter.minSupport()) {
                values[d] = Double.NaN;
            } else if (coverage && Double.isNaN(values[d])) {
                values[d] = 0;
            }
        }
        return new Side(values, support);
    }

    /** One value per document, NaN where there is none; shared, so not to be written to. */
    private double[] doubles(String field) {
        return doubles.get(field, f -> {
            try {
                return Columns.ofAll(reader).doubles(f);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** One value per document, 0 where there is none; shared, so not to be written to. */
    private int[] ints(String field) {
        return ints.get(field, f -> {
            try {
                return Columns.ofAll(reader).ints(f, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String label(int document) {
        try {
            return table.label(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LabelKind kind(int document) {
        try {
            return table.kind(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
