package org.gapexplorer.snapshot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Datapoints compared by their concepts: the cosine of their profiles, where a concept's entry is its saliency times the
 * logarithm of (datapoints / datapoints it fires on). Concepts that fire everywhere so count for nothing.
 */
final class Profiles {
    /** Concepts of a text by which datapoints are sought: those with the largest entries. */
    private static final int SOUGHT = 96;

    private Profiles() {}

    /** ln(N / n): 0 for a concept that fires on every datapoint. */
    static double rarity(int datapoints, int firing) {
        return firing == 0 ? 0 : Math.log((double) datapoints / firing);
    }

    /** Euclidean length of a profile. */
    static double length(double[] entries) {
        return Math.sqrt(Arrays.stream(entries).map(v -> v * v).sum());
    }

    /** Datapoints with their cosines, the highest first. */
    record Nearest(int[] datapoints, double[] cosines) {}

    /**
     * The datapoints nearest to a text.
     *
     * @param saliency of the text's concepts
     * @param firings of the text's i-th concept over the datapoints
     * @param lengths of the datapoints' profiles
     */
    static Nearest nearest(float[] saliency, IntFunction<Firings.OfConcept> firings, double[] lengths, int limit) {
        int n = saliency.length;
        Firings.OfConcept[] lists = new Firings.OfConcept[n];
        double[] rarity = new double[n];
        double[] entries = new double[n];
        for (int i = 0; i < n; i++) {
            lists[i] = firings.apply(i);
            rarity[i] = rarity(lengths.length, lists[i].size());
            entries[i] = saliency[i] * rarity[i];
        }
        int[] sought = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -entries[i]))
                .limit(SOUGHT)
                .mapToInt(i -> i)
                .toArray();
        double[] products = new double[lengths.length];
        for (int i : sought) {
            for (int k = 0; k < lists[i].size(); k++) {
                products[lists[i].datapoints()[k]] += entries[i] * rarity[i] * lists[i].saliency()[k];
            }
        }
        double length = length(entries);
        int[] best = IntStream.range(0, products.length)
                .filter(d -> products[d] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer d) -> -products[d] / lengths[d])
                        .thenComparing(d -> d))
                .limit(limit)
                .mapToInt(d -> d)
                .toArray();
        return new Nearest(
                best,
                Arrays.stream(best)
                        .mapToDouble(d -> Math.min(1, products[d] / lengths[d] / length))
                        .toArray());
    }
}
