package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.gapexplorer.method.Coactivation.Partner;
import org.junit.jupiter.api.Test;

class CoactivationTest {
    private static final int CONCEPTS = 40;
    private static final int[] SIZES = {120, 80, 200};

    /** By item and concept; concept 1 copies concept 0 in three items of four. */
    private static boolean[][] fires(Random random, int[] benchmarkOf) {
        boolean[][] fires = new boolean[benchmarkOf.length][CONCEPTS];
        for (int i = 0; i < fires.length; i++) {
            for (int c = 0; c < CONCEPTS; c++) {
                // a concept is frequent in one benchmark and rare in the others
                double share = c % SIZES.length == benchmarkOf[i] ? 0.5 : 0.05;
                fires[i][c] = random.nextDouble() < share;
            }
            if (random.nextInt(4) > 0) fires[i][1] = fires[i][0];
        }
        return fires;
    }

    private static int[] benchmarks() {
        return IntStream.range(0, SIZES.length)
                .flatMap(b -> IntStream.generate(() -> b).limit(SIZES[b]))
                .toArray();
    }

    private static Coactivation of(boolean[][] fires, int[] benchmarkOf) {
        int[][] concepts = Arrays.stream(fires)
                .map(row -> IntStream.range(0, CONCEPTS).filter(c -> row[c]).toArray())
                .toArray(int[][]::new);
        return new Coactivation(concepts, benchmarkOf, CONCEPTS);
    }

    /** Expected and phi of two columns as plain sums of deviations from each benchmark's mean. */
    private static double[] plain(boolean[][] fires, int[] benchmarkOf, int left, int right) {
        double expected = 0;
        double product = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int b = 0; b < SIZES.length; b++) {
            double leftMean = 0;
            double rightMean = 0;
            for (int i = 0; i < fires.length; i++) {
                if (benchmarkOf[i] != b) continue;
                leftMean += (fires[i][left] ? 1.0 : 0) / SIZES[b];
                rightMean += (fires[i][right] ? 1.0 : 0) / SIZES[b];
            }
            expected += leftMean * rightMean * SIZES[b];
            for (int i = 0; i < fires.length; i++) {
                if (benchmarkOf[i] != b) continue;
                double x = (fires[i][left] ? 1 : 0) - leftMean;
                double y = (fires[i][right] ? 1 : 0) - rightMean;
                product += x * y;
                leftSquares += x * x;
                rightSquares += y * y;
            }
        }
        return new double[] {expected, product / Math.sqrt(leftSquares * rightSquares)};
    }

    @Test
    void aCopiedConceptIsFoundWithTheNumbersOfAPlainLoop() {
        int[] benchmarkOf = benchmarks();
        boolean[][] fires = fires(new Random(5), benchmarkOf);
        List<Partner> partners = of(fires, benchmarkOf).partners(0, 10);
        assertThat(partners).isNotEmpty();
        Partner copy = partners.getFirst();
        double[] plain = plain(fires, benchmarkOf, 0, 1);
        assertThat(copy.concept()).isEqualTo(1);
        assertThat(copy.together()).isEqualTo((int)
                Arrays.stream(fires).filter(row -> row[0] && row[1]).count());
        assertThat(copy.expected()).isCloseTo(plain[0], within(1e-9));
        assertThat(copy.phi()).isCloseTo(plain[1], within(1e-12)).isGreaterThan(0.5);
    }

    @Test
    void theTieIsTheSameFromBothSides() {
        int[] benchmarkOf = benchmarks();
        Coactivation all = of(fires(new Random(6), benchmarkOf), benchmarkOf);
        Partner there = all.partners(0, 10).getFirst();
        Partner back = all.partners(1, 10).getFirst();
        assertThat(back).isEqualTo(new Partner(0, there.together(), there.expected(), there.phi()));
    }

    @Test
    void conceptsOfTheSameBenchmarkAloneAreNotTied() {
        // every concept shares its frequent benchmark with a third of the others, and nothing else
        int named = 0;
        int trials = 200;
        for (int seed = 0; seed < trials; seed++) {
            int[] benchmarkOf = benchmarks();
            Coactivation all = of(fires(new Random(seed), benchmarkOf), benchmarkOf);
            if (!all.partners(2, 10).isEmpty()) named++;
        }
        // at most one concept in twenty that has no partner is given one
        assertThat(named).isLessThanOrEqualTo(trials / 20);
    }

    @Test
    void noMoreAreNamedThanAskedForAndTheStrongestFirst() {
        int[] benchmarkOf = new int[300];
        Random random = new Random(3);
        boolean[][] fires = new boolean[300][CONCEPTS];
        for (boolean[] row : fires) {
            boolean on = random.nextBoolean();
            for (int c = 0; c < CONCEPTS; c++) row[c] = random.nextInt(CONCEPTS + 10) < c ? random.nextBoolean() : on;
        }
        List<Partner> found = of(fires, benchmarkOf).partners(0, 4);
        List<Double> phi = new ArrayList<>();
        for (int c = 1; c < CONCEPTS; c++) {
            int together = 0;
            int left = 0;
            int right = 0;
            for (boolean[] row : fires) {
                left += row[0] ? 1 : 0;
                right += row[c] ? 1 : 0;
                together += row[0] && row[c] ? 1 : 0;
            }
            double n = fires.length;
            phi.add((n * together - (double) left * right)
                    / Math.sqrt((double) left * right * (n - left) * (n - right)));
        }
        phi.sort((a, b) -> Double.compare(b, a));
        assertThat(found).extracting(Partner::phi).hasSize(4);
        for (int i = 0; i < 4; i++) assertThat(found.get(i).phi()).isCloseTo(phi.get(i), within(1e-12));
    }

    @Test
    void conceptsThatFireEverywhereOrNowhereHaveNoPartner() {
        int[][] concepts = new int[50][];
        for (int i = 0; i < concepts.length; i++) concepts[i] = i % 2 == 0 ? new int[] {0, 1} : new int[] {0};
        Coactivation all = new Coactivation(concepts, new int[50], 3);
        assertThat(all.partners(0, 10)).isEmpty();
        assertThat(all.partners(1, 10)).isEmpty();
        assertThat(all.partners(2, 10)).isEmpty();
    }
}
