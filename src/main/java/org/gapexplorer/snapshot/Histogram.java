package org.gapexplorer.snapshot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Counts in bins; bin i holds values in [edges[i], edges[i+1]), the last bin both its edges.
 *
 * @param edges rising, one more than the bins
 * @param counts one per bin; values beyond the ends are counted in the first and last bin
 * @param absent values that are in no bin: missing concepts (coverage) or N/A (performance)
 */
public record Histogram(List<Double> edges, List<Integer> counts, int absent) {
    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
    }

    /** Counts the values; NaN is in no bin, and counted as absent. */
    static Histogram of(List<Double> edges, DoubleStream values) {
        Integer[] counts = new Integer[edges.size() - 1];
        Arrays.fill(counts, 0);
        int absent = 0;
        double[] bounds = edges.stream().mapToDouble(edge -> edge).toArray();
        for (double value : values.toArray()) {
            if (Double.isNaN(value)) {
                absent++;
                continue;
            }
            int found = Arrays.binarySearch(bounds, value);
            counts[Math.clamp(found >= 0 ? found : -found - 2, 0, counts.length - 1)]++;
        }
        return new Histogram(edges, List.of(counts), absent);
    }
}
