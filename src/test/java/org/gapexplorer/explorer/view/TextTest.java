package org.gapexplorer.explorer.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void whatMayTurnTheDirectionIsKeptApart() {
        // Hebrew, Arabic, then every mark that embeds, overrides or isolates (Unicode Standard Annex 9)
        for (String mark :
                "\u05d0 \u0627 \u202a \u202b \u202c \u202d \u202e \u2066 \u2067 \u2068 \u2069 \u200f".split(" ")) {
            assertThat(Text.turns("a" + mark + "b"))
                    .as("U+%04x", (int) mark.charAt(0))
                    .isTrue();
        }
    }

    @Test
    void numbersNeedNoElementOfTheirOwn() {
        for (String plain : new String[] {"", "0.77", "−0.06", "(0.57–0.88)", "3,276", "N/A", "#37 · meaning"}) {
            assertThat(Text.turns(plain)).as(plain).isFalse();
        }
    }
}
