package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {
    /** The number of orders fixed, so that the standard error of p is known: below 0.0035. */
    private static final Permutation.Settings FIXED = new Permutation.Settings(20_000, 20_000, 20, 1);

    /** All 5! orders of one benchmark with all 4! of another, each gap from its definition. */
    @Test
    void pValuesAreNearThoseOfAllOrders() {
        SplittableRandom random = new SplittableRandom(3);
        Data left = Data.random(random, 5, 12, 0.5, 0);
        Data right = Data.random(random, 4, 12, 0.5, 0);
        double[] leftScores = {1, 0, 0.5, 1, 0};
        double[] rightScores = {0, 1, 1, 0};
        List<Saliency> benchmarks = List.of(left.sparse(), right.sparse());
        Permutation.Result result =
                Permutation.test(benchmarks, List.of(leftScores, rightScores), everything(benchmarks), FIXED);
        List<double[]> leftOrders = orders(leftScores);
        List<double[]> rightOrders = orders(rightScores);
        for (int c = 0; c < 12; c++) {
            double leftMass = mass(left, c);
            double rightMass = mass(right, c);
            double atLeft = leftMass > 0 ? gap(left, leftScores, c) : 0;
            double atRight = rightMass > 0 ? gap(right, rightScores, c) : 0;
            int k = (leftMass > 0 ? 1 : 0) + (rightMass > 0 ? 1 : 0);
            if (k == 0) {
                assertThat(result.overall().p()[c]).isNaN();
                assertThat(result.pooled().q()[c]).isNaN();
                continue;
            }
            int leftBeyond = 0;
            int overallBeyond = 0;
            int pooledBeyond = 0;
            for (double[] l : leftOrders) {
                double leftGap = leftMass > 0 ? gap(left, l, c) : 0;
                leftBeyond += beyond(leftGap, atLeft);
                for (double[] r : rightOrders) {
                    double rightGap = rightMass > 0 ? gap(right, r, c) : 0;
                    overallBeyond += beyond((leftGap + rightGap) / k, (atLeft + atRight) / k);
                    pooledBeyond +=
                            beyond(leftGap * leftMass + rightGap * rightMass, atLeft * leftMass + atRight * rightMass);
                }
            }
            int pairs = leftOrders.size() * rightOrders.size();
            assertThat(result.overall().p()[c]).isCloseTo((double) overallBeyond / pairs, within(0.015));
            assertThat(result.pooled().p()[c]).isCloseTo((double) pooledBeyond / pairs, within(0.015));
            if (leftMass > 0) {
                assertThat(result.benchmarks().getFirst().p()[c])
                        .isCloseTo((double) leftBeyond / leftOrders.size(), within(0.015));
            } else {
                assertThat(result.benchmarks().getFirst().p()[c]).isNaN();
            }
        }
    }

    @Test
    void threadsChangeNothing() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        List<Data> suite = Data.suite(random, 5, 80);
        List<Saliency> benchmarks = suite.stream().map(Data::sparse).toList();
        List<double[]> scores = suite.stream().map(Data::scores).toList();
        Permutation.Settings settings = new Permutation.Settings(500, 20_000, 20, 9);
        Permutation.Result one = in(1, benchmarks, scores, settings);
        Permutation.Result four = in(4, benchmarks, scores, settings);
        assertThat(four.overall().p()).isEqualTo(one.overall().p());
        assertThat(four.pooled().q()).isEqualTo(one.pooled().q());
        for (int b = 0; b < 5; b++) {
            assertThat(four.benchmarks().get(b).q())
                    .isEqualTo(one.benchmarks().get(b).q());
        }
    }

    private static Permutation.Result in(
            int threads, List<Saliency> benchmarks, List<double[]> scores, Permutation.Settings settings)
            throws Exception {
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            return pool.submit(() -> Permutation.test(benchmarks, scores, everything(benchmarks), settings))
                    .get();
        }
    }

    @Test
    void onlyListedConceptsAreTestedAndCounted() {
        Data data = Data.random(new SplittableRandom(6), 40, 30, 0.3, 0);
        BitSet few = new BitSet();
        few.set(1, 6);
        List<Saliency> benchmarks = List.of(data.sparse());
        Permutation.Result result = Permutation.test(
                benchmarks, List.of(data.scores()), new Permutation.Listed(List.of(few), few, new BitSet()), FIXED);
        assertThat(IntStream.range(0, 30)
                        .filter(c -> !Double.isNaN(result.overall().q()[c])))
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(result.pooled().p()).containsOnly(Double.NaN);
        assertThat(result.overall().q())
                .isEqualTo(FalseDiscovery.q(result.overall().p(), few));
        assertThat(result.benchmarks().getFirst().p())
                .isEqualTo(result.overall().p());
    }

    /** With all answers shuffled any finding is false: at most one study in twenty may have one. */
    @Test
    void shuffledAnswersGiveFindingsNoMoreOftenThanChanceAllows() {
        SplittableRandom random = new SplittableRandom(8);
        List<Data> suite = Data.suite(random, 3, 150);
        List<Saliency> benchmarks = suite.stream().map(Data::sparse).toList();
        Permutation.Settings settings = new Permutation.Settings(500, 8_000, 20, 4);
        int studies = 120;
        int withFindings = 0;
        double smallP = 0;
        int tested = 0;
        for (int study = 0; study < studies; study++) {
            List<double[]> scores = benchmarks.stream()
                    .map(b -> random.ints(b.items(), 0, 2).asDoubleStream().toArray())
                    .toList();
            Permutation.Result result = Permutation.test(benchmarks, scores, everything(benchmarks), settings);
            withFindings += findings(result.overall()) > 0 ? 1 : 0;
            for (double p : result.overall().p()) {
                smallP += p < 0.05 ? 1 : 0;
                tested += Double.isNaN(p) ? 0 : 1;
            }
        }
        assertThat(smallP / tested).isBetween(0.02, 0.055);
        // 95 % of 120 binomial draws at 0.05 lie at 10 or below
        assertThat(withFindings).isLessThanOrEqualTo(10);
    }

    @Test
    void conceptWhoseAnswersAreFlippedLeadsTheGaps() {
        SplittableRandom random = new SplittableRandom(10);
        List<Saliency> benchmarks = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        int planted = 17;
        for (int b = 0; b < 5; b++) {
            Data data = Data.random(random, 200, 120, 0.05 + 0.02 * b, 0);
            double[] y = random.doubles(200).map(u -> u < 0.85 ? 1 : 0).toArray();
            for (int x = 0; x < 200; x++) {
                y[x] = data.dense()[x][planted] > 0 ? 1 - y[x] : y[x];
            }
            benchmarks.add(data.sparse());
            scores.add(y);
        }
        ConceptScores overall = Performance.overall(IntStream.range(0, 5)
                .mapToObj(b -> Performance.of(benchmarks.get(b), scores.get(b)))
                .toList());
        BitSet listed = SupportFilter.forBenchmarks(5).passing(overall);
        int worst = listed.stream()
                .boxed()
                .min(Comparator.comparingDouble(c -> overall.gap()[c]))
                .orElseThrow();
        assertThat(worst).isEqualTo(planted);
        Permutation.Result result = Permutation.test(
                benchmarks,
                scores,
                new Permutation.Listed(Collections.nCopies(5, new BitSet()), listed, new BitSet()),
                Permutation.Settings.DEFAULT);
        assertThat(result.overall().p()[planted]).isLessThan(2e-5);
        assertThat(result.overall().q()[planted]).isLessThan(0.01);
        assertThat(findings(result.overall())).isLessThan(6);
    }

    @Test
    void residualsMayBeTestedInPlaceOfScores() {
        Data data = Data.random(new SplittableRandom(11), 30, 10, 0.4, 0);
        double[] small =
                new SplittableRandom(1).doubles(30).map(v -> (v - 0.7) / 1000).toArray();
        double[] large = java.util.Arrays.stream(small).map(v -> v * 1000).toArray();
        List<Saliency> benchmarks = List.of(data.sparse());
        Permutation.Result smallOnes = Permutation.test(benchmarks, List.of(small), everything(benchmarks), FIXED);
        Permutation.Result largeOnes = Permutation.test(benchmarks, List.of(large), everything(benchmarks), FIXED);
        for (int c = 1; c < 10; c++) {
            assertThat(smallOnes.overall().p()[c]).isCloseTo(largeOnes.overall().p()[c], within(0.002));
        }
    }

    private static Permutation.Listed everything(List<Saliency> benchmarks) {
        BitSet all = Coverage.all(benchmarks.getFirst().concepts());
        return new Permutation.Listed(Collections.nCopies(benchmarks.size(), all), all, all);
    }

    private static int findings(Permutation.Significance significance) {
        int findings = 0;
        for (double q : significance.q()) {
            findings += q < 0.05 ? 1 : 0;
        }
        return findings;
    }

    private static int beyond(double gap, double observed) {
        return Math.abs(gap) >= Math.abs(observed) - 1e-9 ? 1 : 0;
    }

    private static double mass(Data data, int c) {
        double mass = 0;
        for (float[] row : data.dense()) {
            mass += row[c];
        }
        return mass;
    }

    private static double gap(Data data, double[] scores, int c) {
        double right = 0;
        double mean = 0;
        for (int x = 0; x < scores.length; x++) {
            right += data.dense()[x][c] * scores[x];
            mean += scores[x] / scores.length;
        }
        return right / mass(data, c) - mean;
    }

    private static List<double[]> orders(double[] scores) {
        List<double[]> orders = new ArrayList<>();
        order(scores.clone(), 0, orders);
        return orders;
    }

    private static void order(double[] scores, int from, List<double[]> orders) {
        if (from == scores.length) {
            orders.add(scores.clone());
        }
        for (int i = from; i < scores.length; i++) {
            double first = scores[i];
            scores[i] = scores[from];
            scores[from] = first;
            order(scores, from + 1, orders);
            scores[from] = scores[i];
            scores[i] = first;
        }
    }
}
