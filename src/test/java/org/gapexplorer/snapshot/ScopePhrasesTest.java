package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScopePhrasesTest {
    @Test
    void aScopeIsCutAtPunctuationAndSmallWords() {
        assertThat(ScopePhrases.of(
                        "Units", "Whether units are converted rightly: length, mass and money, mostly metric."))
                .containsExactly("Units", "units are converted rightly", "length", "mass", "money", "mostly metric");
    }

    @Test
    void withoutAScopeTheTitleIsAll() {
        assertThat(ScopePhrases.of("Boundaries", "")).containsExactly("Boundaries");
        assertThat(ScopePhrases.of("", " , ; a b ")).isEmpty();
    }

    @Test
    void hostileScopesAreBounded() {
        assertThat(ScopePhrases.of("x".repeat(5_000), "word, ".repeat(9_000) + "\u202Eturned\u0000"))
                .containsExactly("word", "turned");
        assertThat(ScopePhrases.of("t", String.join(",", java.util.Collections.nCopies(500, "abc"))))
                .hasSize(1);
    }
}
