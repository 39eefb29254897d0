package org.gapexplorer.explorer.footprint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.study.Problem;

/** Prompts as a visitor brings them: JSONL, a JSON array, or plain text with one prompt a line. */
final class PromptLines {
    static final int MOST = 500;
    static final int LONGEST = 2_000;

    private static final String EXPECTED = "expected {\"prompt\": \"…\"}, one object a line";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private PromptLines() {}

    /**
     * JSONL where the first line that is not blank begins with a brace, else one prompt a line. Blank lines do not count.
     *
     * @throws Problem naming the line, where it cannot be used, there is none, or there are too many
     */
    static List<String> ofText(String text) {
        List<String> lines = text.lines().toList();
        boolean json = lines.stream()
                .filter(l -> !l.isBlank())
                .findFirst()
                .filter(l -> l.strip().startsWith("{"))
                .isPresent();
        List<String> prompts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String where = "line " + (i + 1);
            if (!lines.get(i).isBlank()) {
                add(prompts, where, json ? prompt(where, parsed(where, lines.get(i), EXPECTED)) : lines.get(i));
            }
        }
        return some(prompts);
    }

    /**
     * A JSON array of texts, or of objects with a prompt.
     *
     * @throws Problem naming the entry, counted from 1
     */
    static List<String> ofArray(String json) {
        String expected = "expected an array of texts, or of objects like {\"prompt\": \"…\"}";
        JsonNode array = parsed("body", json, expected);
        if (!array.isArray()) {
            throw new Problem("body", "is no JSON array", expected);
        }
        List<String> prompts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String where = "entry " + (i + 1);
            JsonNode entry = array.get(i);
            add(prompts, where, entry.isTextual() ? entry.textValue() : prompt(where, entry));
        }
        return some(prompts);
    }

    private static JsonNode parsed(String where, String json, String expected) {
        try {
            JsonNode node = JSON.readTree(json);
            if (node != null && !node.isMissingNode()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // told below; the parser's own words would repeat the text
        }
        throw new Problem(where, "is not JSON", expected);
    }

    private static String prompt(String where, JsonNode node) {
        if (!node.isObject()) {
            throw new Problem(where, "is no JSON object", EXPECTED);
        }
        JsonNode prompt = node.has("prompt") ? node.get("prompt") : node.get("text");
        if (prompt == null) {
            throw new Problem(where, "has neither \"prompt\" nor \"text\"", EXPECTED);
        }
        if (!prompt.isTextual()) {
            throw new Problem(where, "its prompt is not a text", EXPECTED);
        }
        return prompt.textValue();
    }

    private static void add(List<String> prompts, String where, String prompt) {
        String clean = prompt.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", " ").strip();
        if (clean.length() > LONGEST) {
            throw new Problem(
                    where,
                    String.format(
                            java.util.Locale.ROOT, "%,d characters, and %,d are the most", clean.length(), LONGEST),
                    "shorten or leave out this prompt");
        }
        if (clean.isEmpty()) {
            return;
        }
        if (prompts.size() == MOST) {
            throw new Problem(
                    where, "is prompt " + (MOST + 1) + ", and " + MOST + " are the most", "draw some at random");
        }
        prompts.add(clean);
    }

    private static List<String> some(List<String> prompts) {
        if (prompts.isEmpty()) {
            throw new Problem("prompts", "there are none", "paste some, one a line, or choose a file");
        }
        return prompts;
    }
}
