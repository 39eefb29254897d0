package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    /** Anscombe's first and third sets (The American Statistician 27, 1973), whose correlation he made 0.816. */
    private static final double[] X = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};

    private static final double[] FIRST = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
    private static final double[] THIRD = {7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73};

    @Test
    void pearsonIsThePublishedOneOnAnscombesSets() {
        assertThat(Correlation.pearson(X, FIRST).value()).isCloseTo(0.816, within(5e-4));
        assertThat(Correlation.pearson(X, THIRD).value()).isCloseTo(0.816, within(5e-4));
    }

    @Test
    void spearmanWithoutTiesIsOneMinusSixTimesTheSquaredDifferencesOfRanks() {
        Random random = new Random(5);
        double[] x = random.doubles(60).toArray();
        double[] y = Arrays.stream(x).map(v -> v + random.nextDouble()).toArray();
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.pow(rank(x, i) - rank(y, i), 2);
        }
        double n = x.length;
        assertThat(Correlation.spearman(x, y).value()).isCloseTo(1 - 6 * sum / (n * (n * n - 1)), within(1e-12));
    }

    @Test
    void equalValuesShareTheMeanOfTheirRanks() {
        // ranks of x: 1.5, 1.5, 3, 4.5, 4.5 and of y: 1, 2, 3.5, 3.5, 5; deviations multiply to 8.25, squares sum to 9
        // and 9.5
        double[] x = {0, -0.0, 2, 7, 7};
        double[] y = {1, 2, 3, 3, 9};
        assertThat(Correlation.spearman(x, y).value()).isCloseTo(8.25 / Math.sqrt(9 * 9.5), within(1e-12));
    }

    @Test
    void whatHasNoValueIsLeftOutWithItsPartner() {
        double[] x = {1, Double.NaN, 2, 3, 4, 5, 100};
        double[] y = {2, 50, 1, 4, 3, 6, Double.NaN};
        Correlation whole = Correlation.pearson(x, y);
        assertThat(whole.n()).isEqualTo(5);
        assertThat(whole).isEqualTo(Correlation.pearson(new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 6}));
    }

    @Test
    void theMatrixHoldsWhatEachPairGives() {
        Random random = new Random(8);
        double[][] columns = new double[4][];
        for (int k = 0; k < 4; k++) {
            // the first two have their gaps at the same places, the others elsewhere
            int gap = 5 + Math.max(1, k);
            columns[k] = IntStream.range(0, 50)
                    .mapToDouble(i -> i % gap == 0 ? Double.NaN : random.nextInt(20))
                    .toArray();
        }
        Correlation[][] all = Correlation.spearman(columns);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(all[i][j]).isEqualTo(Correlation.spearman(columns[i], columns[j]));
            }
        }
    }

    @Test
    void theIntervalOfPearsonIsTheTextbooksOne() {
        // r = 0.8 at n = 28: artanh 0.8 = ln 3, plus and minus 1.96 / 5
        double[] ends = {Math.tanh(Math.log(3) - 0.3919928), Math.tanh(Math.log(3) + 0.3919928)};
        Correlation c = withCorrelation(0.8, 28);
        assertThat(c.value()).isCloseTo(0.8, within(1e-9));
        assertThat(c.low()).isCloseTo(ends[0], within(1e-6));
        assertThat(c.high()).isCloseTo(ends[1], within(1e-6));
    }

    @Test
    void theIntervalsHoldTheTruthAboutAsOftenAsTheySay() {
        Random random = new Random(17);
        double rho = 0.5;
        // of a bivariate normal (Pearson 1907)
        double rank = 6 / Math.PI * Math.asin(rho / 2);
        int rounds = 2_000;
        int pearson = 0;
        int spearman = 0;
        for (int round = 0; round < rounds; round++) {
            double[] x = random.doubles(40).map(u -> random.nextGaussian()).toArray();
            double[] y = Arrays.stream(x)
                    .map(v -> rho * v + Math.sqrt(1 - rho * rho) * random.nextGaussian())
                    .toArray();
            Correlation p = Correlation.pearson(x, y);
            Correlation s = Correlation.spearman(x, y);
            pearson += p.low() <= rho && rho <= p.high() ? 1 : 0;
            spearman += s.low() <= rank && rank <= s.high() ? 1 : 0;
        }
        assertThat(pearson / (double) rounds).isBetween(0.935, 0.965);
        assertThat(spearman / (double) rounds).isBetween(0.93, 0.97);
    }

    @Test
    void aPerfectLineHasAnIntervalOfOnePoint() {
        double[] x = {1, 2, 3, 4, 5};
        double[] y = {9, 7, 5, 3, 1};
        assertThat(Correlation.pearson(x, y)).isEqualTo(new Correlation(-1, -1, -1, 5));
        assertThat(Correlation.spearman(x, y).value()).isCloseTo(-1, within(1e-12));
    }

    @Test
    void aConstantHasNoCorrelationAndThreePairsNoInterval() {
        assertThat(Correlation.pearson(new double[] {0.1, 0.1, 0.1, 0.1}, new double[] {1, 2, 3, 4})
                        .value())
                .isNaN();
        Correlation three = Correlation.spearman(new double[] {1, 2, 3}, new double[] {1, 3, 2});
        assertThat(three.value()).isCloseTo(0.5, within(1e-12));
        assertThat(three.low()).isNaN();
        assertThat(Correlation.pearson(new double[0], new double[0]).value()).isNaN();
    }

    private static int rank(double[] values, int at) {
        return 1 + (int) Arrays.stream(values).filter(v -> v < values[at]).count();
    }

    /** n pairs with exactly that correlation: y = r u + sqrt(1 - r^2) v for u and v at right angles. */
    private static Correlation withCorrelation(double r, int n) {
        double[] u = IntStream.range(0, n).mapToDouble(i -> i % 2 == 0 ? 1 : -1).toArray();
        double[] v = IntStream.range(0, n).mapToDouble(i -> i % 4 < 2 ? 1 : -1).toArray();
        double[] y = IntStream.range(0, n)
                .mapToDouble(i -> r * u[i] + Math.sqrt(1 - r * r) * v[i])
                .toArray();
        return Correlation.pearson(u, y);
    }
}
