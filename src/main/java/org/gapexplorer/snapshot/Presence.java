package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.FixedBitSet;
import org.gapexplorer.snapshot.Fields.CoverageColumn;

/** Which live concepts each benchmark holds, and on how many items, in memory: 4 bytes a concept and benchmark, and bits. */
final class Presence {
    private final FixedBitSet live;
    /** By kind, whether live or not. */
    private final List<FixedBitSet> ofKind = new ArrayList<>();
    /** By benchmark, then by document. */
    private final List<int[]> support = new ArrayList<>();

    private final List<FixedBitSet> present = new ArrayList<>();

    Presence(LeafReader reader, int benchmarks) throws IOException {
        Columns all = Columns.ofAll(reader);
        live = positive(all.ints(Fields.LIVE, 0));
        int[] kinds = all.ints(Fields.KIND, 0);
        for (LabelKind kind : LabelKind.values()) {
            FixedBitSet of = new FixedBitSet(live.length());
            for (int c = 0; c < kinds.length; c++) {
                if (kinds[c] == kind.ordinal()) {
                    of.set(c);
                }
            }
            ofKind.add(of);
        }
        for (int b = 0; b < benchmarks; b++) {
            support.add(all.ints(CoverageColumn.SUPPORT.of(b), 0));
            FixedBitSet fires = positive(support.getLast());
            fires.and(live);
            present.add(fires);
        }
    }

    /**
     * The live concepts whose label is of one of the kinds, for the caller to change.
     *
     * @param kinds empty for all
     */
    FixedBitSet live(Set<LabelKind> kinds) {
        FixedBitSet of = live.clone();
        keep(of, kinds);
        return of;
    }

    /**
     * Leaves only concepts whose label is of one of the kinds.
     *
     * @param kinds empty for all
     */
    void keep(FixedBitSet concepts, Set<LabelKind> kinds) {
        if (kinds.isEmpty()) {
            return;
        }
        FixedBitSet of = new FixedBitSet(concepts.length());
        kinds.forEach(kind -> of.or(ofKind.get(kind.ordinal())));
        concepts.and(of);
    }

    /** The live concepts that fire on at least one of the benchmark's items; not to be changed. */
    FixedBitSet present(int benchmark) {
        return present.get(benchmark);
    }

    /** Items of the benchmark on which each concept fires, by document; not to be changed. */
    int[] support(int benchmark) {
        return support.get(benchmark);
    }

    private static FixedBitSet positive(int[] values) {
        FixedBitSet bits = new FixedBitSet(Math.max(1, values.length));
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                bits.set(i);
            }
        }
        return bits;
    }
}
