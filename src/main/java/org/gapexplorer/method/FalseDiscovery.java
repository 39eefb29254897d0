package org.gapexplorer.method;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Control of the share of false findings when much is tested at once. */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * Benjamini and Hochberg's adjusted p values (Journal of the Royal Statistical Society B 57, 1995): with m tests in all
     * and the p values in rising order, q of the i-th is the least of p_j m / j over j >= i. Listing those with q below 0.05
     * keeps the expected share of false ones among them below 5 %, for independent tests and for many dependent ones.
     *
     * @param p the p values worth listing
     * @param tests m, at least as many as are listed; the p of the others counts as 1
     * @return q in the order of {@code p}
     */
    public static double[] q(double[] p, int tests) {
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] q = new double[p.length];
        double least = 1;
        for (int i = order.length; i > 0; i--) {
            least = Math.min(least, p[order[i - 1]] * tests / i);
            q[order[i - 1]] = least;
        }
        return q;
    }

    /**
     * The same among the concepts listed.
     *
     * @param p one a concept; those NaN are not counted
     * @param listed the concepts tested
     * @return one a concept, NaN for those not listed
     */
    public static double[] q(double[] p, BitSet listed) {
        int[] tested = listed.stream().filter(c -> !Double.isNaN(p[c])).toArray();
        double[] adjusted = q(Arrays.stream(tested).mapToDouble(c -> p[c]).toArray(), tested.length);
        double[] q = new double[p.length];
        Arrays.fill(q, Double.NaN);
        for (int i = 0; i < tested.length; i++) {
            q[tested[i]] = adjusted[i];
        }
        return q;
    }
}
