package org.gapexplorer.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.study.Problem;

/**
 * What is looked at in a {@code tokenizer.json} before the native library gets it. In some files that library ends the
 * whole process at the first word it does not know, and with some it takes minutes; those are refused.
 */
final class TokenizerJson {
    /** Characters of an added token: the longest of the common models have some dozens. */
    private static final int LONGEST = 1_000;

    /** Characters of a pattern in a message. */
    private static final int SHOWN = 100;

    /** The library's own parser goes no deeper than 128. */
    private static final int DEEPEST = 100;

    /** Of two values of one name, another parser may take the other. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final String where;
    private final JsonNode root;
    private final JsonNode model;

    private TokenizerJson(String where, JsonNode root) {
        this.where = where;
        this.root = root;
        this.model = root.path("model");
    }

    /**
     * The special tokens by their text.
     *
     * @throws Problem if it is not JSON, or would end or hang the library
     */
    static Map<String, Long> read(String where, byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            throw TextTokenizer.notATokenizer(where, e);
        }
        requireReadable(where, root);
        requireBounded(where, root);
        requireSpecials(where, root);
        if (root.path("model").isObject()) {
            TokenizerJson file = new TokenizerJson(where, root);
            file.requireUnknown();
            file.requireMerges();
        }
        Map<String, Long> specials = new HashMap<>();
        for (JsonNode token : root.path("added_tokens")) {
            String text = token.path("content").asText();
            if (text.length() > LONGEST) {
                throw problem(where, "has an added token of " + text.length() + " characters");
            }
            if (token.path("special").asBoolean()) {
                specials.put(text, token.path("id").asLong());
            }
        }
        return specials;
    }

    /** What this parser takes and the library's does not would end the process within some parts. */
    private static void requireReadable(String where, JsonNode part) {
        if (part.isTextual()) {
            requireText(where, part.textValue());
        } else if (part.isNumber() && Double.isInfinite(part.doubleValue())) {
            throw problem(where, "has a number beyond 1.8e308");
        }
        part.fieldNames().forEachRemaining(name -> requireText(where, name));
        for (JsonNode within : part) {
            requireReadable(where, within);
        }
    }

    private static void requireText(String where, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw problem(where, "has half a character (a lone surrogate): " + shortened(text));
        }
    }

    /** The parts that the library follows wherever they lead. */
    private static void requireBounded(String where, JsonNode root) {
        for (JsonNode pattern : root.findValues("Regex")) {
            if (pattern.isTextual() && !TokenizerPattern.ends(pattern.asText())) {
                throw problem(where, "has a pattern that could take without end: " + shortened(pattern.asText()));
            }
        }
        for (JsonNode part : root.findParents("content")) {
            JsonNode pattern = part.path("pattern").path("Regex");
            if (pattern.isTextual() && TokenizerPattern.mayBeEmpty(pattern.asText())) {
                throw problem(where, "replaces where its pattern matches nothing: " + shortened(pattern.asText()));
            }
        }
        for (String named : List.of("type", "precompiled_charsmap")) {
            for (JsonNode part : root.findParents(named)) {
                boolean precompiled = part.has("precompiled_charsmap")
                        || part.path("type").asText().equals("Precompiled");
                if (precompiled
                        && !TokenizerCharsmap.holds(
                                part.path("precompiled_charsmap").asText())) {
                    throw problem(where, "has a precompiled_charsmap that leads out of itself");
                }
            }
        }
    }

    /** The special tokens that stand around a text are those that are explained beside it. */
    private static void requireSpecials(String where, JsonNode root) {
        for (JsonNode template : root.findParents("single")) {
            JsonNode known = template.path("special_tokens");
            for (JsonNode token : template.findValues("SpecialToken")) {
                JsonNode meant = known.path(token.path("id").asText());
                if (!meant.isObject()
                        || meant.path("ids").size() != meant.path("tokens").size()) {
                    throw problem(
                            where,
                            "does not say which token '"
                                    + shortened(token.path("id").asText()) + "' is");
                }
            }
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    /** A word that is in no vocabulary needs a token to stand for it, in the kinds of models that have no other way. */
    private void requireUnknown() {
        String token = model.path("unk_token").asText(null);
        boolean stated = token != null && !model.path("unk_token").isNull();
        boolean known = stated && model.path("vocab").has(token);
        switch (type()) {
            case "BPE" -> require(!stated || known || ofBytes());
            case "Unigram" -> {
                JsonNode id = model.path("unk_id");
                require(id.isInt()
                        && id.asInt() >= 0
                        && id.asInt() < model.path("vocab").size());
            }
            default -> require(known);
        }
    }

    /** The library takes the prefix off the second part of each merge without a look at it. */
    private void requireMerges() {
        String prefix = model.path("continuing_subword_prefix").asText("");
        if (prefix.isEmpty()) {
            return;
        }
        for (JsonNode merge : model.path("merges")) {
            String second = merge.isTextual()
                    ? merge.asText().substring(merge.asText().indexOf(' ') + 1)
                    : merge.path(1).asText();
            if (!second.startsWith(prefix)) {
                throw problem(
                        where,
                        "merges '" + shortened(second) + "', which does not begin with the prefix of later parts, '"
                                + shortened(prefix) + "'");
            }
        }
    }

    /** Files of the first versions do not say it. */
    private String type() {
        String guess = model.has("merges") ? "BPE" : model.path("vocab").isArray() ? "Unigram" : "WordPiece";
        return model.path("type").asText(guess);
    }

    /** Pieces of bytes know every word. */
    private boolean ofBytes() {
        return root.path("pre_tokenizer").toString().contains("\"ByteLevel\"")
                || model.path("byte_fallback").asBoolean();
    }

    private void require(boolean there) {
        if (!there) {
            throw problem(where, "has no token for unknown words in its vocabulary");
        }
    }

    private static Problem problem(String where, String what) {
        return new Problem(where, what, "give the tokenizer.json that belongs to the model");
    }
}
