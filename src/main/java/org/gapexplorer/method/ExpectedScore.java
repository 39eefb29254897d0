package org.gapexplorer.method;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A model's expected score over a body of prompts: the mean of the prompts' own values, with a 95 % interval by the
 * bootstrap over prompts: {@value #DRAWS} times as many prompts are drawn with replacement, and the interval runs from the
 * 2.5 % to the 97.5 % quantile of their means.
 *
 * <p>It holds what another draw of such prompts would change, and nothing else: neither how uncertain each prompt's value
 * is, nor how far such values are from the score that the model would get.
 *
 * @param prompts those with a value
 * @param mean NaN where none has
 * @param low NaN with fewer than two prompts
 * @param high likewise
 */
public record ExpectedScore(int prompts, double mean, double low, double high) {
    static final int DRAWS = 2_000;
    private static final long SEED = 20_260_101;

    /**
     * e(x) of each prompt x: sum over c of s_c(x) v(c) / sum over c of s_c(x), over the concepts c that have a value v, such
     * as chi_model.
     *
     * @param value one a concept, NaN where it is not defined
     * @return one a prompt, NaN where none of its concepts has a value
     */
    public static double[] atConcepts(Saliency prompts, double[] value) {
        double[] expected = new double[prompts.items()];
        for (int x = 0; x < expected.length; x++) {
            WeightedMean mean = new WeightedMean();
            for (int e = prompts.rowStart()[x]; e < prompts.rowStart()[x + 1]; e++) {
                mean.add(value[prompts.concept()[e]], prompts.saliency()[e]);
            }
            expected[x] = mean.value();
        }
        return expected;
    }

    /**
     * The mean of the prompts' values and its interval; the same draws of prompts for as many values, so that models compare.
     *
     * @param values one a prompt; NaN is left out
     */
    public static ExpectedScore of(double[] values) {
        double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        if (known.length < 2) {
            return new ExpectedScore(known.length, mean, Double.NaN, Double.NaN);
        }
        SplittableRandom random = Sampling.stream(SEED, 0);
        double[] means = new double[DRAWS];
        for (int d = 0; d < DRAWS; d++) {
            double sum = 0;
            for (int i = 0; i < known.length; i++) {
                sum += known[random.nextInt(known.length)];
            }
            means[d] = sum / known.length;
        }
        Arrays.sort(means);
        return new ExpectedScore(known.length, mean, quantile(means, 0.025), quantile(means, 0.975));
    }

    /** Between the two nearest of the sorted values. */
    private static double quantile(double[] sorted, double at) {
        double place = at * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
