package org.gapexplorer.method;

/**
 * Two models' scores on the same items, summed as they come: how often only one is right, and the difference of their
 * concept scores with its interval.
 *
 * <p>On benchmark b the difference is D = sum s d / sum s over the items both were scored on, with d = y(first) - y(second)
 * and the concept's saliency s. Because d is taken item by item, what makes an item hard for both cancels out, and the
 * interval is narrower than that of two means from different items. It is the interval of {@link Interval} for the weighted
 * mean of (d + 1) / 2, which lies in [0,1], stretched back to [-1,1]. Over k benchmarks D is the plain mean, and the
 * distances to the ends go together in squares as in {@link Performance#overall}.
 */
public final class PairedScores {
    private static final double RIGHT = 0.5;

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
            Interval half = b.interval();
            sum += d;
            below += Math.pow(d - (2 * half.low() - 1), 2);
            above += Math.pow(2 * half.high() - 1 - d, 2);
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

        double difference() {
            return sd / s;
        }

        /** Of the mean of (d + 1) / 2, whose variance is a quarter of that of d. */
        Interval interval() {
            double d = difference();
            double variance = Math.max(0, ssdd - 2 * d * ssd + d * d * ss) / (s * s);
            return Interval.of((d + 1) / 2, variance / 4, s * s / ss);
        }
    }
}
