package org.gapexplorer.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with which the native library ended the process, or did not come back for a minute. */
class HostileTokenizerTest {
    private static byte[] tokenizer(String token, String model) {
        return """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [{"id": 9, "content": "%s",
                "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
                "decoder": null, "model": %s}
                """.formatted(token, model).getBytes(UTF_8);
    }

    private static final String WORDS =
            "{\"type\": \"WordLevel\", \"vocab\": {\"a\": 0, \"[UNK]\": 1}, \"unk_token\": \"[UNK]\"}";

    @Test
    void aRightOneIsRead() {
        try (TextTokenizer tokenizer = TextTokenizer.load(tokenizer("<s>", WORDS), "t")) {
            assertThat(tokenizer.encode(List.of("a zebra"), 8).getFirst().ids()).containsExactly(0, 1);
        }
    }

    @Test
    void anOldOneThatDoesNotNameItsKindIsRead() {
        String pairs = "{\"vocab\": {\"a\": 0, \"b\": 1, \"ab\": 2}, \"merges\": [\"a b\"]}";
        try (TextTokenizer tokenizer = TextTokenizer.load(tokenizer("<s>", pairs), "t")) {
            assertThat(tokenizer.encode(List.of("ab a"), 8).getFirst().ids()).containsExactly(2, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}, \"unk_token\": \"[UNK]\"}",
                "{\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}, \"unk_token\": \"[UNK]\", \"continuing_subword_prefix\": \"##\", \"max_input_chars_per_word\": 100}",
                "{\"vocab\": {\"a\": 0}, \"unk_token\": \"[UNK]\"}",
                "{\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [], \"unk_token\": \"[UNK]\"}",
                "{\"type\": \"Unigram\", \"vocab\": [[\"a\", -1.0]], \"unk_id\": null}",
                "{\"type\": \"Unigram\", \"vocab\": [[\"a\", -1.0]], \"unk_id\": 7}",
            })
    void aVocabularyWithoutTheTokenForUnknownWordsIsAProblem(String model) {
        assertThatThrownBy(() -> TextTokenizer.load(tokenizer("<s>", model), "t"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no token for unknown words");
    }

    @Test
    void anAddedTokenWithoutEndIsAProblem() {
        assertThatThrownBy(() -> TextTokenizer.load(tokenizer("b".repeat(70_000), WORDS), "t"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("70000 characters");
    }
}
