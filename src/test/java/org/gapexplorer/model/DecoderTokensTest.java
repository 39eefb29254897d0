package org.gapexplorer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.gapexplorer.model.TextTokenizer.Framing;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers as decoders have them: byte-level BPE (llama here), and SentencePiece with a normaliser (gemma2 here). */
class DecoderTokensTest {
    private static final String TEXT = "  The Müller’s 😀 cat,\n\tthree  apples; 日本";

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "gpt_neox", "gpt2"})
    void idsAreThoseOfTransformers(String decoder) {
        try (TextTokenizer tokenizer = Peers.tokenizer(decoder)) {
            for (JsonNode text : Peers.expected(decoder).get("texts")) {
                Tokens tokens = tokenizer
                        .encode(List.of(text.get("text").asText()), 128)
                        .getFirst();
                assertThat(tokens.ids())
                        .isEqualTo(StreamSupport.stream(text.get("ids").spliterator(), false)
                                .mapToLong(JsonNode::asLong)
                                .toArray());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2"})
    void offsetsCoverTheTextInOrderWhateverTheNormaliserMakesOfIt(String decoder) {
        try (TextTokenizer tokenizer = Peers.tokenizer(decoder)) {
            Tokens tokens = tokenizer.encode(List.of(TEXT), 256).getFirst();
            boolean[] covered = new boolean[TEXT.length()];
            int last = 0;
            for (int t = 0; t < tokens.length(); t++) {
                if (tokens.special()[t]) {
                    continue;
                }
                assertThat(tokens.starts()[t]).isGreaterThanOrEqualTo(last);
                last = tokens.starts()[t];
                for (int i = tokens.starts()[t]; i < tokens.ends()[t]; i++) {
                    covered[i] = true;
                }
                String piece =
                        tokens.pieces()[t].replace('▁', ' ').replace('Ġ', ' ').strip();
                if (piece.matches("[A-Za-z]+")) {
                    assertThat(TEXT.substring(tokens.starts()[t], tokens.ends()[t])
                                    .strip())
                            .isEqualTo(piece);
                }
            }
            for (int i = 0; i < covered.length; i++) {
                assertThat(covered[i] || Character.isWhitespace(TEXT.charAt(i)))
                        .as("'%s' at %d", TEXT.charAt(i), i)
                        .isTrue();
            }
        }
    }

    @Test
    void specialTokensThatTheTextSpellsOutAreSpecial() {
        try (TextTokenizer tokenizer = Peers.tokenizer("llama").framed(Framing.NONE)) {
            Tokens tokens =
                    tokenizer.encode(List.of("<|begin|>A cat<|end|>"), 64).getFirst();
            assertThat(tokens.ids()[0]).isZero();
            assertThat(tokens.special()[0]).isTrue();
            assertThat(tokens.special()[1]).isFalse();
            assertThat(tokens.special()[tokens.length() - 1]).isTrue();
        }
    }

    @Test
    void theFirstTokenIsAddedOrLeftOutAsTheConfigSays() {
        try (TextTokenizer file = Peers.tokenizer("gemma2");
                TextTokenizer without = file.framed(new Framing(true, "<s>", false));
                TextTokenizer none = file.framed(Framing.NONE);
                TextTokenizer bare = Peers.tokenizer("llama");
                TextTokenizer with = bare.framed(new Framing(true, "<|begin|>", true))) {
            List<String> text = List.of("A cat eats.");
            long[] ids = file.encode(text, 64).getFirst().ids();
            assertThat(ids[0]).isEqualTo(1);
            assertThat(without.encode(text, 64).getFirst().ids())
                    .isEqualTo(none.encode(text, 64).getFirst().ids())
                    .hasSize(ids.length - 1);

            Tokens plain = bare.encode(text, 64).getFirst();
            Tokens begun = with.encode(text, 64).getFirst();
            assertThat(begun.ids()).startsWith(0).hasSize(plain.length() + 1);
            assertThat(begun.special()).startsWith(true, false);
            assertThat(begun.starts()[2]).isEqualTo(plain.starts()[1]);
            assertThat(with.encode(text, plain.length()).getFirst().truncated()).isTrue();
            assertThatThrownBy(() -> bare.framed(new Framing(true, "<bos>", true)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("<bos>");
        }
    }
}
