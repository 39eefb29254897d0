package org.gapexplorer.explorer.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0%",
        "0.00001, <0.1%",
        "0.031, 3.1%",
        "0.34, 34%",
        "0.994, 99%",
        "0.995, >99%",
        "0.9999, >99%",
        "1, 100%"
    })
    void onlyNothingIsZeroPerCentAndOnlyAllAHundred(double share, String words) {
        assertThat(Numbers.percent(share)).isEqualTo(words);
    }

    @Test
    void aShareOfEverythingIsAHundredPerCentHoweverItWasAddedUp() {
        double sum = 0;
        for (int i = 0; i < 10; i++) sum += 0.1;
        assertThat(sum).isLessThan(1);
        assertThat(Numbers.percent(sum)).isEqualTo("100%");
    }
}
