package org.gapexplorer.explorer.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptLinesTest {
    @Test
    void plainTextIsOnePromptALine() {
        assertThat(PromptLines.ofText("one\r\n\r\n  two \u0000 three\n[not] json\n"))
                .containsExactly("one", "two   three", "[not] json");
    }

    @Test
    void jsonLinesGiveTheirPromptOrText() {
        assertThat(
                        PromptLines.ofText(
                                "\n{\"prompt\": \"a\\nb\", \"text\": \"no\"}\n{\"id\": 7, \"text\": \"c\"}\n{\"prompt\": \" \"}"))
                .containsExactly("a\nb", "c");
        assertThat(PromptLines.ofArray("[\"a\", {\"prompt\": \"b\"}]")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"prompt\": \"a\"} x|line 2: is not JSON",
                "{\"prompt\": \"a\"|line 2: is not JSON",
                "[1]|line 2: is no JSON object",
                "{\"question\": \"a\"}|line 2: has neither",
                "{\"prompt\": {\"deep\": 1}}|line 2: its prompt is not a text",
                "{\"prompt\": null}|line 2: its prompt is not a text"
            })
    void aLineThatCannotBeUsedIsNamed(String line, String told) {
        assertThatThrownBy(() -> PromptLines.ofText("{\"prompt\": \"fine\"}\n" + line))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(told)
                .hasMessageContaining("expected {\"prompt\": \"…\"}");
    }

    @Test
    void whatIsNestedWithoutEndIsNotJson() {
        assertThatThrownBy(() -> PromptLines.ofText("{\"prompt\":" + "[".repeat(100_000)))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("line 1: is not JSON");
        assertThatThrownBy(() -> PromptLines.ofArray("[".repeat(100_000))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> PromptLines.ofArray("{}")).hasMessageContaining("is no JSON array");
        assertThatThrownBy(() -> PromptLines.ofArray("")).isInstanceOf(Problem.class);
    }

    @Test
    void tooLongTooManyAndNoneAreTold() {
        assertThatThrownBy(() -> PromptLines.ofText("short\n" + "x".repeat(2_001)))
                .hasMessageStartingWith("line 2: 2,001 characters, and 2,000 are the most");
        assertThat(PromptLines.ofText("x\n".repeat(500))).hasSize(500);
        assertThatThrownBy(() -> PromptLines.ofText("x\n\n".repeat(501)))
                .hasMessageStartingWith("line 1001: is prompt 501");
        assertThatThrownBy(() -> PromptLines.ofText(" \n\n")).hasMessageContaining("there are none");
    }
}
