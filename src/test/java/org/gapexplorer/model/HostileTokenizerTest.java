package org.gapexplorer.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"\"a b\"", "[\"a\", \"b\"]"})
    void aMergeShorterThanItsPrefixIsAProblem(String merge) {
        String pairs =
                "{\"type\": \"BPE\", \"continuing_subword_prefix\": \"##\", \"vocab\": {\"a\": 0, \"b\": 1, \"ab\": 2},"
                        + " \"merges\": [" + merge + "]}";
        assertThatThrownBy(() -> TextTokenizer.load(tokenizer("<s>", pairs), "t"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("merges 'b'");
    }

    @Test
    void anAddedTokenWithoutEndIsAProblem() {
        assertThatThrownBy(() -> TextTokenizer.load(tokenizer("b".repeat(70_000), WORDS), "t"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("70000 characters");
    }

    private static byte[] with(String part) {
        return new String(tokenizer("<s>", WORDS), UTF_8)
                .replace("{\"type\": \"Lowercase\"}", part)
                .getBytes(UTF_8);
    }

    private static byte[] replacing(String pattern) {
        String quoted = pattern.replace("\\", "\\\\").replace("\"", "\\\"");
        return with("{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"" + quoted + "\"}, \"content\": \"b\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t| ?\\p{L}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t)|[^\\r\\n\\p{L}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}]+[\\r\\n]*|\\s*[\\r\\n]+",
                "[\\p{Lu}\\p{M}]*[\\p{Ll}\\p{M}&&[^\\p{Han}]]+(?i:'s|'t)?",
                "[^\\r\\n]?+\\p{L}++|\\p{N}{1,3}+|\\s++$",
                "\\d(?=(\\d{3})+(?!\\d))",
                "(?:\\p{L}\\p{M}*)+",
                " ?[^(\\s|[.,!?\\]])]+",
                "(?i)<\\|a\\|>| {2,}",
            })
    void aPatternAsTokenizersHaveIsTaken(String pattern) {
        try (TextTokenizer tokenizer = TextTokenizer.load(replacing(pattern), "t")) {
            assertThat(tokenizer.encode(List.of("a", " ".repeat(2_000) + "x"), 8))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|a)*c",
                "(?:a?){30}a{30}c",
                "\\s*\\s*\\s*x",
                "(?:a{1,50}){1,50}c",
                "(a+)\\1+",
                "(?<n>a|\\g<n>b)c",
                "a{1000}{1000}",
                "(?x)a+ b",
                "[]a]+b",
            })
    void aPatternThatGoesBackWithoutEndIsAProblem(String pattern) {
        assertThatThrownBy(() -> TextTokenizer.load(replacing(pattern), "t"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("without end: " + pattern);
    }

    @ParameterizedTest
    @ValueSource(strings = {" {0,}", "a|b?", "(?=a)", "^", "(?:a*|b)(?i)c*", ""})
    void aReplacementOfNothingIsAProblem(String pattern) {
        assertThatThrownBy(() -> TextTokenizer.load(replacing(pattern), "t"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("matches nothing: " + pattern);
    }

    @Test
    void aPatternThatNestsDeeplyIsAProblem() {
        for (String deep :
                List.of("(".repeat(3_000) + "a" + ")".repeat(3_000), "[a".repeat(4_000), "(?i)".repeat(900))) {
            assertThatThrownBy(() -> TextTokenizer.load(replacing(deep), "t")).isInstanceOf(Problem.class);
        }
    }

    /** Of a trie of as many units of zero, which lead nowhere, and one text. */
    private static String charsmap(int units, int first, String text) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * units + text.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(4 * units);
        if (units > 0) {
            bytes.putInt(4, first);
        }
        bytes.position(4 + 4 * units).put(text.getBytes(ISO_8859_1));
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }

    private static byte[] normalizing(String charsmap) {
        return with("{\"type\": \"Precompiled\", \"precompiled_charsmap\": " + charsmap + "}");
    }

    @Test
    void aTableOfCharactersIsRead() {
        try (TextTokenizer tokenizer = TextTokenizer.load(normalizing(charsmap(256, 0, "x\0")), "t")) {
            assertThat(tokenizer.encode(List.of("a zebra"), 8).getFirst().ids()).containsExactly(0, 1);
        }
    }

    static Stream<String> tablesThatLeadOut() {
        return Stream.of(
                "null",
                "\"\"",
                "\"AAAA\"",
                "\"no base 64\"",
                charsmap(0, 0, "x\0"),
                charsmap(1, 0, "x\0"),
                charsmap(256, 256 << 10, "x\0"),
                charsmap(256, 0, "\u00ff"));
    }

    @ParameterizedTest
    @MethodSource("tablesThatLeadOut")
    void aTableOfCharactersThatLeadsOutOfItselfIsAProblem(String charsmap) {
        assertThatThrownBy(() -> TextTokenizer.load(normalizing(charsmap), "t"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("precompiled_charsmap");
    }

    private static byte[] framed(String specials) {
        String template = """
                {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}}], "pair": [], "special_tokens": {%s}}""".formatted(specials);
        return new String(tokenizer("<s>", WORDS), UTF_8)
                .replace("\"post_processor\": null", "\"post_processor\": " + template)
                .getBytes(UTF_8);
    }

    @Test
    void aSpecialTokenAroundTheTextIsTaken() {
        byte[] json = framed("\"<s>\": {\"id\": \"<s>\", \"ids\": [9], \"tokens\": [\"<s>\"]}");
        try (TextTokenizer tokenizer = TextTokenizer.load(json, "t")) {
            assertThat(tokenizer.encode(List.of("a"), 8).getFirst().ids()).containsExactly(9, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"<b>\": {\"id\": \"<s>\", \"ids\": [9], \"tokens\": [\"<s>\"]}",
                "\"<s>\": {\"id\": \"<s>\", \"ids\": [9, 9], \"tokens\": [\"<s>\"]}",
            })
    void aSpecialTokenThatIsNotExplainedIsAProblem(String specials) {
        assertThatThrownBy(() -> TextTokenizer.load(framed(specials), "t"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("which token '<s>' is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud83d\"", "{\"\\udc00\": 1}", "1e999"})
    void whatTheLibraryCannotReadIsAProblem(String value) {
        byte[] json = new String(tokenizer("<s>", WORDS), UTF_8)
                .replace("\"decoder\": null", "\"decoder\": {\"type\": \"Fuse\", \"more\": " + value + "}")
                .getBytes(UTF_8);
        assertThatThrownBy(() -> TextTokenizer.load(json, "t")).isInstanceOf(Problem.class);
    }

    @Test
    void aPartThatNestsDeeplyIsAProblem() {
        byte[] json = new String(tokenizer("<s>", WORDS), UTF_8)
                .replace("\"decoder\": null", "\"decoder\": " + "[".repeat(200) + "]".repeat(200))
                .getBytes(UTF_8);
        assertThatThrownBy(() -> TextTokenizer.load(json, "t")).isInstanceOf(Problem.class);
    }

    @Test
    void aNameThatStandsTwiceIsAProblem() {
        byte[] twice = with("null, \"normalizer\": {\"type\": \"Lowercase\"}");
        assertThatThrownBy(() -> TextTokenizer.load(twice, "t")).isInstanceOf(Problem.class);
    }
}
