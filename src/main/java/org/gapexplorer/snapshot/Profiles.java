package org.gapexplorer.snapshot;

import java.util.Arrays;
import java.util.function.IntFunction;

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
        int[] sought = Highest.of(entries, i -> true, SOUGHT).toArray();
        double[] products = new double[lengths.length];
        for (int i : sought) {
            for (int k = 0; k < lists[i].size(); k++) {
                products[lists[i].datapoints()[k]] += entries[i] * rarity[i] * lists[i].saliency()[k];
            }
        }
        double length = length(entries);
        double[] cosines = new double[products.length];
        Arrays.setAll(cosines, d -> Math.min(1, products[d] / lengths[d] / length));
        int[] best = Highest.of(cosines, d -> products[d] > 0, limit).toArray();
        return new Nearest(
                best, Arrays.stream(best).mapToDouble(d -> cosines[d]).toArray());
    }
}
