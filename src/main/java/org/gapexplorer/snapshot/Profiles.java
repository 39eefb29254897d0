package org.gapexplorer.snapshot;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
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
     * @param firing datapoints that the text's i-th concept fires on
     * @param firings which they are; asked for the largest entries only
     * @param lengths of the datapoints' profiles
     */
    static Nearest nearest(
            float[] saliency,
            IntUnaryOperator firing,
            IntFunction<Firings.OfConcept> firings,
            double[] lengths,
            int limit) {
        double[] rarity = IntStream.range(0, saliency.length)
                .mapToDouble(i -> rarity(lengths.length, firing.applyAsInt(i)))
                .toArray();
        double[] entries = new double[rarity.length];
        Arrays.setAll(entries, i -> saliency[i] * rarity[i]);
        int[] sought = Highest.of(entries, i -> true, SOUGHT).toArray();
        double[] products = new double[lengths.length];
        for (int i : sought) {
            Firings.OfConcept list = firings.apply(i);
            for (int k = 0; k < list.size(); k++) {
                products[list.datapoints()[k]] += entries[i] * rarity[i] * list.saliency()[k];
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
