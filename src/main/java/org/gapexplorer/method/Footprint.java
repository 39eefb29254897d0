package org.gapexplorer.method;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a body of prompts asks for, through a lens: per concept c the mass S(c), the mean of s_c(x) over the prompts x, and
 * the number of prompts on which it fires. Concepts that fire on none are left out. The arrays run in parallel; they are not
 * copied.
 *
 * @param prompts number of prompts, n
 * @param concept concept numbers, strictly rising
 * @param mass S(c), above 0, in the lens's own units of activation
 * @param firing prompts on which the concept fires, 1 to n
 */
public record Footprint(int prompts, int[] concept, double[] mass, int[] firing) {

    /** @throws IllegalArgumentException if the arrays are not what this record describes */
    public Footprint {
        require(concept.length == mass.length && concept.length == firing.length, "one mass and one count a concept");
        for (int i = 0; i < concept.length; i++) {
            require(concept[i] >= 0 && (i == 0 || concept[i] > concept[i - 1]), "concepts must rise from 0");
            require(mass[i] > 0 && mass[i] < Double.POSITIVE_INFINITY, "bad mass of concept " + concept[i]);
            require(firing[i] > 0 && firing[i] <= prompts, "bad count of concept " + concept[i]);
        }
    }

    private static void require(boolean held, String message) {
        if (!held) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The footprint of prompts, one row each. */
    public static Footprint of(Saliency prompts) {
        double[] sums = prompts.sums();
        int[] support = prompts.support();
        int[] fired = IntStream.range(0, prompts.concepts())
                .filter(c -> support[c] > 0)
                .toArray();
        return new Footprint(
                prompts.items(),
                fired,
                IntStream.of(fired).mapToDouble(c -> sums[c] / prompts.items()).toArray(),
                IntStream.of(fired).map(c -> support[c]).toArray());
    }

    /** sum of S(c) over all concepts. */
    public double total() {
        double total = 0;
        for (double m : mass) {
            total += m;
        }
        return total;
    }

    /** The share of the mass that lies on some concepts: sum of S(c) over those, by {@link #total}. NaN without mass. */
    public double share(IntPredicate concepts) {
        double some = 0;
        for (int i = 0; i < concept.length; i++) {
            some += concepts.test(concept[i]) ? mass[i] : 0;
        }
        return some / total();
    }

    /**
     * Shared mass with a benchmark: sum over c of min(S(c) / sum S, B(c) / sum B), which is 1 minus the total variation
     * distance of the two distributions over concepts. 1 where they are the same, 0 where no concept is in both. A body of
     * few prompts shares less by chance alone.
     *
     * @param benchmark B(c), the benchmark's mass of each concept of the dictionary, by number; 0 where it is missing
     * @return 0 to 1; NaN where either side has no mass
     */
    public double shared(double[] benchmark) {
        double total = total();
        double other = 0;
        for (double b : benchmark) {
            other += b;
        }
        if (total == 0 || other == 0) {
            return Double.NaN;
        }
        double shared = 0;
        for (int i = 0; i < concept.length; i++) {
            shared += concept[i] < benchmark.length ? Math.min(mass[i] / total, benchmark[concept[i]] / other) : 0;
        }
        return Math.min(1, shared);
    }
}
