package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeightedMeanTest {
    @Test
    void onlyWhatHasAValueAndAWeightCounts() {
        WeightedMean mean = new WeightedMean();
        assertThat(mean.value()).isNaN();
        mean.add(0.5, 2);
        mean.add(Double.NaN, 9);
        mean.add(0.8, 0);
        mean.add(1, 6);
        // (0.5 * 2 + 1 * 6) / 8
        assertThat(mean.value()).isCloseTo(0.875, within(1e-12));
        assertThat(mean.values()).isEqualTo(2);
        assertThat(mean.weight()).isEqualTo(8);
    }
}
