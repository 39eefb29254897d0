package org.gapexplorer.method;

/**
 * Two models' scores on the same items, summed as they come: how often only one is right, and the difference of their
 * concept scores with its interval.
 *
 * <p>On benchmark b the difference is D = sum s d / sum s over the items both were scored on, with d = y(first) - y(second)
 * and the concept's saliency s. Because d is taken item by item, what makes an item hard for both cancels out. With the
 * effective support n = (sum s)^2 / sum s^2 and the variance of one item S2 = sum s^2 (d - D)^2 / sum s^2 * n / (n - 1), the
 * 95 % interval is
 *
 * <pre>
 *   D* = n D / (n + 2)
 *   V* = ([n (S2 + D^2) + 1] / (n + 2) - D*^2) / (n + 2)
 *   D* -+ 1.96 sqrt(V*)
 * </pre>
 *
 * that is, the usual one after two more items have been counted, half of one for each of the four ways in which two models
 * can be right or wrong (Agresti and Min, Statistics in Medicine 24, 2005, for equal weights and answers of 0 and 1). So it
 * has a width where the models never differ. Over k benchmarks D is the plain mean, and the distances to the ends go
 * together in squares as in {@link Performance#overall}.
 */
public final class PairedScores {
    private static final double RIGHT = 0.5;
    private static final double Z = 1.959963984540054;
    /** Items added before the interval is taken. */
    private static final double ADDED = 2;

    private final Sums[] benchmarks;
    private int items;
    private int onlyFirst;
    private int onlySecond;
    private int bothRight;

    /** @param benchmarks how many there are */
    public PairedScores(int benchmarks) {
        this.benchmarks = new Sums[benchmarks];
    }

    /**
     * @param benchmark number of the item's benchmark
     * @param weight saliency of the concept in the item, above 0; 1 where every item counts alike
     * @param first score in [0,1]; NaN: unscored, and the item is left out
     * @param second likewise
     */
    public void add(int benchmark, double weight, double first, double second) {
        if (Double.isNaN(first) || Double.isNaN(second)) {
            return;
        }
        items++;
        boolean right = first >= RIGHT;
        boolean otherRight = second >= RIGHT;
        onlyFirst += right && !otherRight ? 1 : 0;
        onlySecond += otherRight && !right ? 1 : 0;
        bothRight += right && otherRight ? 1 : 0;
        if (benchmarks[benchmark] == null) {
            benchmarks[benchmark] = new Sums();
        }
        benchmarks[benchmark].add(weight, first - second);
    }

    /** @param others further items, of as many benchmarks */
    public void addAll(PairedScores others) {
        items += others.items;
        onlyFirst += others.onlyFirst;
        onlySecond += others.onlySecond;
        bothRight += others.bothRight;
        for (int b = 0; b < benchmarks.length; b++) {
            if (others.benchmarks[b] == null) {
                continue;
            }
            if (benchmarks[b] == null) {
                benchmarks[b] = new Sums();
            }
            benchmarks[b].add(others.benchmarks[b]);
        }
    }

    /**
     * What the items say together.
     *
     * @param items those both models were scored on
     * @param onlyFirst of these, those where the first scored at least one half and the second less
     * @param bothWrong those where both scored less than one half
     * @param benchmarks those that hold such items
     * @param difference D; NaN where there are no items
     * @param low end of the 95 % interval, NaN likewise
     * @param high end of the 95 % interval, NaN likewise
     */
    public record Result(
            int items,
            int onlyFirst,
            int onlySecond,
            int bothRight,
            int bothWrong,
            int benchmarks,
            double difference,
            double low,
            double high) {}

    public Result result() {
        double sum = 0;
        double below = 0;
        double above = 0;
        int k = 0;
        for (Sums b : benchmarks) {
            if (b == null) {
                continue;
            }
            double d = b.difference();
            double centre = b.centre();
            double reach = b.reach();
            sum += d;
            below += Math.pow(Math.max(0, d - Math.max(-1, centre - reach)), 2);
            above += Math.pow(Math.max(0, Math.min(1, centre + reach) - d), 2);
            k++;
        }
        double mean = k == 0 ? Double.NaN : sum / k;
        return new Result(
                items,
                onlyFirst,
                onlySecond,
                bothRight,
                items - onlyFirst - onlySecond - bothRight,
                k,
                mean,
                mean - Math.sqrt(below) / k,
                mean + Math.sqrt(above) / k);
    }

    /** Sums over one benchmark's items. */
    private static final class Sums {
        private double s;
        private double ss;
        private double sd;
        private double ssd;
        private double ssdd;

        void add(double weight, double d) {
            s += weight;
            ss += weight * weight;
            sd += weight * d;
            ssd += weight * weight * d;
            ssdd += weight * weight * d * d;
        }

        void add(Sums others) {
            s += others.s;
            ss += others.ss;
            sd += others.sd;
            ssd += others.ssd;
            ssdd += others.ssdd;
        }

        double difference() {
            return sd / s;
        }

        double effective() {
            return s * s / ss;
        }

        /** D*. */
        double centre() {
            return effective() * difference() / (effective() + ADDED);
        }

        /** 1.96 sqrt(V*). */
        double reach() {
            double n = effective();
            double d = difference();
            double one = Math.max(0, ssdd - 2 * d * ssd + d * d * ss) / ss;
            // d lies in [-1,1], so its variance is at most 1 - D^2
            double unbiased = Math.min(n > 1 + 1e-9 ? one * n / (n - 1) : one, 1 - d * d);
            double square = (n * (unbiased + d * d) + ADDED / 2) / (n + ADDED);
            return Z * Math.sqrt((square - centre() * centre()) / (n + ADDED));
        }
    }
}
