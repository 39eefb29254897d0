package org.gapexplorer.explorer.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void equalFactorsAreEqualStepsOnALogarithmicScaleAndZeroStandsApart() {
        Scale scale = Scale.of(Scale.Kind.LOGARITHMIC, new double[] {0, 0.01, 100}, 60, 630);
        assertThat(scale.at(0)).isBetween(60.0, scale.at(0.01) - 10);
        assertThat(scale.at(0.1) - scale.at(0.01)).isCloseTo(scale.at(100) - scale.at(10), within(1e-9));
        assertThat(scale.ticks()).containsExactly(0.01, 0.1, 1.0, 10.0, 100.0);
        assertThat(scale.ticks().stream().map(scale::text)).containsExactly("0.01", "0.1", "1", "10", "100");
    }

    @Test
    void aNarrowLogarithmicRangeIsMarkedAtTwosAndFives() {
        Scale scale = Scale.of(Scale.Kind.LOGARITHMIC, new double[] {0.3, 8}, 0, 100);
        assertThat(scale.ticks().stream().map(scale::text)).containsExactly("0.5", "1", "2", "5");
    }

    @Test
    void gapsAreDrawnAroundZeroUpwards() {
        Scale scale = Scale.of(Scale.Kind.SIGNED, new double[] {-0.2, 0.1}, 380, 30);
        assertThat(scale.at(-0.2)).isGreaterThan(scale.at(0)).isLessThan(380);
        assertThat(scale.ticks()).contains(0.0).allMatch(scale::holds);
    }

    @Test
    void valuesThatAreAllTheSameHaveAPlace() {
        for (Scale.Kind kind : Scale.Kind.values()) {
            for (double value : new double[] {0, 0.5, 1}) {
                Scale scale = Scale.of(kind, new double[] {value, value}, 0, 100);
                assertThat(scale.at(value)).as("%s %s", kind, value).isBetween(0.0, 100.0);
                assertThat(scale.ticks()).as("%s %s", kind, value).allMatch(Double::isFinite);
            }
        }
    }
}
