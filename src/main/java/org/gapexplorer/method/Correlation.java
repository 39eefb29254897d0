package org.gapexplorer.method;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far two numbers go together over concepts, with a 95 % interval.
 *
 * <p>The interval is Fisher's: z = artanh r is nearly normal with variance 1 / (n - 3) for Pearson's r, and
 * (1 + r^2 / 2) / (n - 3) for Spearman's (D. G. Bonett and T. A. Wright: Sample size requirements for estimating Pearson,
 * Kendall and Spearman correlations. Psychometrika 65, 2000); the ends are taken back by tanh. It holds for pairs drawn
 * independently. Concepts share items, so it is narrower than it should be.
 *
 * @param value -1 to 1; NaN where either side has fewer than two different values
 * @param low 2.5 % end; NaN with fewer than four pairs, or without a value
 * @param high 97.5 % end, likewise
 * @param n pairs counted
 */
public record Correlation(double value, double low, double high, int n) {
    private static final double Z = 1.959963984540054;

    /**
     * Pearson's: how nearly the points lie on a straight line.
     *
     * @param x one value a concept; NaN is left out, with its partner
     * @param y as many
     */
    public static Correlation pearson(double[] x, double[] y) {
        int[] pairs = pairs(x, y);
        return of(product(only(x, pairs), only(y, pairs)), pairs.length, false);
    }

    /**
     * Spearman's: Pearson's on the ranks, so how nearly the one rises whenever the other does. Equal values share the mean
     * of their ranks.
     *
     * @param x one value a concept; NaN is left out, with its partner
     * @param y as many
     */
    public static Correlation spearman(double[] x, double[] y) {
        int[] pairs = pairs(x, y);
        return of(product(ranks(only(x, pairs)), ranks(only(y, pairs))), pairs.length, true);
    }

    /**
     * {@link #spearman(double[], double[])} of every two columns. Columns that have their values at the same places, as
     * those of coverage do, are ranked once.
     *
     * @param columns each with one value a concept, NaN for none
     * @return one row and one column a column
     */
    public static Correlation[][] spearman(double[][] columns) {
        int k = columns.length;
        double[][] ranked = new double[k][];
        for (int i = 0; i < k; i++) {
            ranked[i] = ranks(only(columns[i], pairs(columns[i], columns[i])));
        }
        Correlation[][] all = new Correlation[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                all[i][j] = all[j][i] = alike(columns[i], columns[j])
                        ? of(product(ranked[i], ranked[j]), ranked[i].length, true)
                        : spearman(columns[i], columns[j]);
            }
        }
        return all;
    }

    private static boolean alike(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) != Double.isNaN(y[i])) {
                return false;
            }
        }
        return true;
    }

    private static Correlation of(double r, int n, boolean ranked) {
        if (n < 4 || Double.isNaN(r)) {
            return new Correlation(r, Double.NaN, Double.NaN, n);
        }
        double variance = (ranked ? 1 + r * r / 2 : 1) / (n - 3);
        double z = 0.5 * Math.log((1 + r) / (1 - r));
        double half = Z * Math.sqrt(variance);
        return new Correlation(r, Math.tanh(z - half), Math.tanh(z + half), n);
    }

    private static int[] pairs(double[] x, double[] y) {
        return IntStream.range(0, x.length)
                .filter(i -> !Double.isNaN(x[i]) && !Double.isNaN(y[i]))
                .toArray();
    }

    private static double[] only(double[] values, int[] at) {
        return Arrays.stream(at).mapToDouble(i -> values[i]).toArray();
    }

    /** Ranks from 1; equal values share the mean of theirs. */
    private static double[] ranks(double[] values) {
        double[] sorted = Arrays.stream(values).map(v -> v + 0.0).sorted().toArray();
        double[] shared = new double[sorted.length];
        for (int first = 0, next; first < sorted.length; first = next) {
            for (next = first + 1; next < sorted.length && sorted[next] == sorted[first]; ) {
                next++;
            }
            Arrays.fill(shared, first, next, (first + 1 + next) / 2.0);
        }
        // -0.0 + 0.0 is 0.0: the search tells the two apart, a reader does not
        return Arrays.stream(values)
                .map(v -> shared[Arrays.binarySearch(sorted, v + 0.0)])
                .toArray();
    }

    private static double product(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        // a constant has no spread; rounding of its mean may leave a trace of one
        boolean flat = Arrays.stream(x).distinct().limit(2).count() < 2
                || Arrays.stream(y).distinct().limit(2).count() < 2;
        return flat ? Double.NaN : Math.clamp(xy / Math.sqrt(xx * yy), -1, 1);
    }
}
