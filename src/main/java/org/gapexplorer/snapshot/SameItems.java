package org.gapexplorer.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** The items that two snapshots share: same benchmark, same id, same text (or, where it may not be shown, same length). */
final class SameItems {
    /** Items by which two lenses are told apart. */
    private static final int SAMPLE = 50;
    /** Share of an item's strongest concepts that both snapshots name; rounding changes a few. */
    private static final double ALIKE = 0.9;

    private static final int STRONGEST = 20;

    private SameItems() {}

    /** By datapoint of the later snapshot: its number in the earlier one, -1 for none. */
    static int[] find(SnapshotIndex before, SnapshotIndex after) {
        int[] earlier = new int[after.datapoints.size()];
        Arrays.setAll(earlier, d -> {
            DatapointDetails now = after.datapoints.details(d);
            int found = before.datapoints.document(now.benchmark(), now.item());
            return found >= 0 && same(before.datapoints.details(found), now) ? found : -1;
        });
        return earlier;
    }

    private static boolean same(DatapointDetails then, DatapointDetails now) {
        return then.tokens() == now.tokens()
                && Objects.equals(then.prompt(), now.prompt())
                && Objects.equals(then.choices(), now.choices());
    }

    /** Whether the same concepts fire strongest on the shared items; true where there are none. */
    static boolean readAlike(SnapshotIndex before, SnapshotIndex after, int[] earlier) {
        int[] shared =
                IntStream.range(0, earlier.length).filter(d -> earlier[d] >= 0).toArray();
        int step = Math.max(1, shared.length / SAMPLE);
        return IntStream.iterate(0, i -> i < shared.length, i -> i + step)
                        .mapToDouble(i -> alike(strongest(after, shared[i]), strongest(before, earlier[shared[i]])))
                        .average()
                        .orElse(1)
                >= ALIKE;
    }

    private static double alike(int[] concepts, int[] others) {
        return concepts.length == 0
                ? 1
                : (double) Arrays.stream(concepts)
                                .filter(c -> Arrays.stream(others).anyMatch(o -> o == c))
                                .count()
                        / concepts.length;
    }

    private static int[] strongest(SnapshotIndex index, int datapoint) {
        try {
            int[] concepts = index.datapoints.profile(datapoint).concepts();
            return Arrays.copyOf(concepts, Math.min(STRONGEST, concepts.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
