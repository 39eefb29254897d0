package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionsTest {
    /** Table II of Newcombe's paper, method 10; the published d is first minus second. */
    @ParameterizedTest
    @CsvSource({
        "48, 80, 56, 70, 0.0524, 0.3339",
        "3, 10, 9, 10, 0.1705, 0.8090",
        "2, 7, 6, 7, 0.0582, 0.8062",
        "0, 29, 5, 56, -0.0381, 0.1926",
        "0, 20, 0, 10, -0.1611, 0.2775",
        "0, 10, 10, 10, 0.6075, 1.0000"
    })
    void theIntervalIsThatOfThePaper(int k1, int n1, int k2, int n2, double low, double high) {
        Proportions d = Proportions.of(k1, n1, k2, n2);
        assertThat(d.low()).isCloseTo(low, within(6e-5));
        assertThat(d.high()).isCloseTo(high, within(6e-5));
    }

    /** Fisher's tea: three of four cups told right, 34 of 70 tables as likely or less. */
    @Test
    void theLadyTastingTea() {
        assertThat(Proportions.of(1, 4, 3, 4).p()).isCloseTo(34 / 70.0, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12, 5, 9",
        "3, 40, 14, 60",
        "7, 7, 0, 5",
        "4, 9, 0, 30",
        "0, 3, 0, 4",
        "5, 5, 6, 6",
        "120, 400, 90, 500"
    })
    void pIsTheSumOverAllTablesNoMoreLikely(int k1, int n1, int k2, int n2) {
        BigInteger seen = tables(k1, n1, k2, n2);
        BigInteger extreme = BigInteger.ZERO;
        BigInteger all = BigInteger.ZERO;
        for (int i = 0; i <= k1 + k2; i++) {
            BigInteger weight = tables(i, n1, k1 + k2 - i, n2);
            all = all.add(weight);
            if (weight.compareTo(seen) <= 0) extreme = extreme.add(weight);
        }
        double expected = new java.math.BigDecimal(extreme)
                .divide(new java.math.BigDecimal(all), java.math.MathContext.DECIMAL64)
                .doubleValue();
        assertThat(Proportions.of(k1, n1, k2, n2).p()).isCloseTo(expected, within(1e-9));
    }

    private static BigInteger tables(int k1, int n1, int k2, int n2) {
        return choose(n1, k1).multiply(choose(n2, k2));
    }

    private static BigInteger choose(int n, int k) {
        if (k < 0 || k > n) return BigInteger.ZERO;
        BigInteger ways = BigInteger.ONE;
        for (int i = 0; i < k; i++)
            ways = ways.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        return ways;
    }

    @Test
    void moreThanAllIsRefused() {
        assertThatThrownBy(() -> Proportions.of(5, 4, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
