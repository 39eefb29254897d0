package org.gapexplorer.method;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which concepts benchmarks share, and what the size of a benchmark adds to that.
 *
 * <p>A longer benchmark meets more concepts whatever it is about, so missing shares and overlaps of benchmarks of
 * different sizes do not compare. Rarefaction (the ecologists' remedy) asks what would be seen in {@code n} items drawn
 * without replacement, with the same n for all.
 */
public final class Overlap {
    private Overlap() {}

    /**
     * Jaccard index of the sets of present concepts, for every pair.
     *
     * @param dictionary the set C; concepts outside it do not count
     * @return one row and one column a benchmark; NaN for two benchmarks in which nothing fires
     */
    public static double[][] jaccard(List<Saliency> benchmarks, BitSet dictionary) {
        return matrix(
                benchmarks.stream().map(b -> within(b.present(), dictionary)).toList());
    }

    /**
     * The same after drawing {@code n} items from each benchmark (all, where it has no more), averaged over seeded random
     * draws: there is no closed form, because concepts fire together. The standard error falls with the square root of
     * the rounds; 50 rounds are ample for two decimals.
     */
    public static double[][] rarefiedJaccard(
            List<Saliency> benchmarks, BitSet dictionary, int n, int rounds, long seed) {
        int size = benchmarks.size();
        double[][][] drawn = IntStream.range(0, rounds)
                .parallel()
                .mapToObj(round -> matrix(draw(benchmarks, dictionary, n, Sampling.stream(seed, round))))
                .toArray(double[][][]::new);
        double[][] mean = new double[size][size];
        for (double[][] round : drawn) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    mean[i][j] += round[i][j] / rounds;
                }
            }
        }
        return mean;
    }

    /**
     * Expected share of C that fires on none of {@code n} items drawn without replacement. Exact: with N items, k of them
     * firing c, c is absent with probability C(N - k, n) / C(N, n).
     *
     * @param n at most the benchmark's items; more is taken as all of them
     */
    public static double rarefiedMissingShare(Coverage benchmark, BitSet dictionary, int n) {
        return rarefiedMissingShare(List.of(benchmark), dictionary, n);
    }

    /** The same for a suite: {@code n} items from each benchmark, drawn independently; absent means absent in all. */
    public static double rarefiedMissingShare(List<Coverage> benchmarks, BitSet dictionary, int n) {
        double[][] absent = benchmarks.stream()
                .map(b -> absentBySupport(b.items(), Math.min(n, b.items())))
                .toArray(double[][]::new);
        return dictionary.stream()
                .mapToDouble(c -> {
                    double all = 1;
                    for (int b = 0; b < absent.length; b++) {
                        all *= absent[b][benchmarks.get(b).support()[c]];
                    }
                    return all;
                })
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Probability that none of n drawn items is among k marked ones of N, for k = 0..N.
     *
     * <p>Marking one item more multiplies it by (N - n - k) / (N - k): of the N - k items not marked yet, the next one has
     * to be among the N - n - k that are neither marked nor drawn.
     */
    public static double[] absentBySupport(int items, int n) {
        double[] absent = new double[items + 1];
        absent[0] = 1;
        for (int k = 0; k < items; k++) {
            absent[k + 1] = absent[k] * Math.max(0, items - n - k) / (items - k);
        }
        return absent;
    }

    private static List<BitSet> draw(List<Saliency> benchmarks, BitSet dictionary, int n, SplittableRandom random) {
        List<BitSet> drawn = new ArrayList<>();
        for (Saliency benchmark : benchmarks) {
            BitSet present = new BitSet(benchmark.concepts());
            for (int x : Sampling.choose(benchmark.items(), Math.min(n, benchmark.items()), random)) {
                for (int e = benchmark.rowStart()[x]; e < benchmark.rowStart()[x + 1]; e++) {
                    present.set(benchmark.concept()[e]);
                }
            }
            drawn.add(within(present, dictionary));
        }
        return drawn;
    }

    private static BitSet within(BitSet present, BitSet dictionary) {
        present.and(dictionary);
        return present;
    }

    private static double[][] matrix(List<BitSet> sets) {
        double[][] jaccard = new double[sets.size()][sets.size()];
        for (int i = 0; i < sets.size(); i++) {
            for (int j = 0; j <= i; j++) {
                jaccard[i][j] = jaccard[j][i] = jaccard(sets.get(i), sets.get(j));
            }
        }
        return jaccard;
    }

    private static double jaccard(BitSet left, BitSet right) {
        BitSet both = (BitSet) left.clone();
        both.and(right);
        int shared = both.cardinality();
        return (double) shared / (left.cardinality() + right.cardinality() - shared);
    }
}
