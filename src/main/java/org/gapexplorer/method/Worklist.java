package org.gapexplorer.method;

import java.util.Arrays;

/**
 * What a benchmark should hold and does not: concepts that lie within its stated scope, ranked by how near they are to it
 * and how thinly they are covered.
 */
public final class Worklist {
    /** Coverage that concepts within a benchmark's scope usually reach: ten times the dictionary's average. */
    private static final double USUAL = 10;
    /** Coverage below this counts as none. */
    private static final double LEAST = 0.01;

    private Worklist() {}

    /**
     * nearness^3 log10(10 / chi_bench), with chi_bench not below 0.01: a concept that is missing counts 3, one of average
     * coverage 1, one at ten times the average nothing. The third power lets a concept that the scope names come before
     * many that are merely related and missing. A heuristic of ours, not a quantity of the method.
     *
     * @param nearness of each concept's label to the scope, a cosine; NaN or below 0 gives 0
     * @param chi chi_bench of each concept, 0 where it is missing
     */
    public static double[] scores(double[] nearness, double[] chi) {
        double[] scores = new double[nearness.length];
        Arrays.setAll(scores, c -> {
            double near = nearness[c] > 0 ? nearness[c] : 0;
            return near * near * near * Math.max(0, Math.log10(USUAL / Math.max(LEAST, chi[c])));
        });
        return scores;
    }
}
