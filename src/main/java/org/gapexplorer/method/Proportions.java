package org.gapexplorer.method;

/**
 * Two shares held against each other, k1 of n1 then and k2 of n2 now, as counts of independent draws.
 *
 * <p>The interval of d = k2/n2 - k1/n1 is Newcombe's hybrid of Wilson's score intervals (R. G. Newcombe: Interval estimation
 * for the difference between independent proportions. Statistics in Medicine 17, 1998, method 10): with p_i and the ends
 * l_i, u_i of Wilson's interval,
 *
 * <pre>
 *   low  = d - sqrt((p2 - l2)^2 + (u1 - p1)^2)
 *   high = d + sqrt((u2 - p2)^2 + (p1 - l1)^2)
 * </pre>
 *
 * p is Fisher's exact one, two-sided: the chance, given how many there are in all, of a table no more likely than this one.
 * It holds for small counts too, and errs on the safe side.
 *
 * @param difference d, -1 to 1
 * @param low end of the 95 % interval
 * @param high end of the 95 % interval
 * @param p 0 to 1
 */
public record Proportions(double difference, double low, double high, double p) {
    private static final double Z2 = 1.959963984540054 * 1.959963984540054;
    /** Tables count as equally likely within this factor: rounding must not part them. */
    private static final double TIE = 1e-7;

    /** @throws IllegalArgumentException where a count is negative or above its total, or a total is 0 */
    public static Proportions of(int k1, int n1, int k2, int n2) {
        if (k1 < 0 || k2 < 0 || k1 > n1 || k2 > n2 || n1 == 0 || n2 == 0) {
            throw new IllegalArgumentException(k1 + " of " + n1 + ", " + k2 + " of " + n2);
        }
        double p1 = (double) k1 / n1;
        double p2 = (double) k2 / n2;
        double d = p2 - p1;
        return new Proportions(
                d,
                d - Math.hypot(p2 - wilson(p2, n2, -1), wilson(p1, n1, 1) - p1),
                d + Math.hypot(wilson(p2, n2, 1) - p2, p1 - wilson(p1, n1, -1)),
                fisher(k1, n1, k2, n2));
    }

    private static double wilson(double p, int n, int side) {
        double centre = p + Z2 / (2 * n);
        double half = Math.sqrt(Z2 * (p * (1 - p) / n + Z2 / (4.0 * n * n)));
        return (centre + side * half) / (1 + Z2 / n);
    }

    /** Hypergeometric weights relative to the table seen, by the ratio of neighbours; their sum is the sum over all tables. */
    private static double fisher(int k1, int n1, int k2, int n2) {
        int k = k1 + k2;
        double extreme = 1;
        double all = 1;
        for (int side = -1; side <= 1; side += 2) {
            double weight = 1;
            for (int i = k1; ; i += side) {
                // of i in the first, the next table's weight over this one's
                double ratio = side > 0
                        ? (double) (n1 - i) * (k - i) / ((i + 1.0) * (n2 - k + i + 1.0))
                        : (double) i * (n2 - k + i) / ((n1 - i + 1.0) * (k - i + 1.0));
                if (ratio <= 0) {
                    break;
                }
                weight *= ratio;
                all += weight;
                extreme += weight <= 1 + TIE ? weight : 0;
            }
        }
        return Math.min(1, extreme / all);
    }
}
