package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WorklistTest {
    @Test
    void nearAndMissingComesBeforeNearAndThinAndBeforeFarAndMissing() {
        // by hand: 0.8^3 = 0.512 times 3, 2, 1, 0; 0.2^3 = 0.008 times 3
        double[] scores = Worklist.scores(
                new double[] {0.8, 0.8, 0.8, 0.8, 0.8, 0.2, -0.5, Double.NaN},
                new double[] {0, 0.1, 1, 10, 55, 0, 0, 0});
        double[] expected = {1.536, 1.024, 0.512, 0, 0, 0.024, 0, 0};
        for (int c = 0; c < expected.length; c++) {
            assertThat(scores[c]).isCloseTo(expected[c], within(1e-12));
        }
    }
}
