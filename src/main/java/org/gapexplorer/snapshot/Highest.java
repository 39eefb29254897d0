package org.gapexplorer.snapshot;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The highest of many values, found in one pass. */
final class Highest {
    private Highest() {}

    /**
     * The places of the highest values, highest first, ties by place; NaN is in none.
     *
     * @param wanted which places count
     */
    static IntStream of(double[] values, IntPredicate wanted, int most) {
        Comparator<Integer> order =
                Comparator.<Integer>comparingDouble(i -> values[i]).reversed().thenComparingInt(i -> i);
        // the last of the best stands at the head, to be pushed out
        PriorityQueue<Integer> best = new PriorityQueue<>(order.reversed());
        double least = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length && most > 0; i++) {
            boolean full = best.size() == most;
            // a later place loses against an equal value
            if (Double.isNaN(values[i]) || full && values[i] <= least || !wanted.test(i)) {
                continue;
            }
            if (full) {
                best.poll();
            }
            best.add(i);
            least = values[best.peek()];
        }
        return best.stream().sorted(order).mapToInt(Integer::intValue);
    }
}
