package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/** Reads values out of entries, whatever type a harness gave them. */
final class Values {
    private static final int MAX_TEXTS = 200;

    static final JsonNode NOTHING = MissingNode.getInstance();

    private Values() {}

    /** A scalar as text, null where there is none. */
    static String text(JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode() || node.isContainerNode() ? null : node.asText();
    }

    /** All strings in a value, however deep, as far as a bound. */
    static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        collect(node, texts);
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (texts.size() < MAX_TEXTS && node.isTextual()) {
            texts.add(node.asText());
        } else if (node.isContainerNode()) {
            node.forEach(child -> collect(child, texts));
        }
    }

    /** An array of strings; empty where it is anything else. */
    static List<String> strings(JsonNode node) {
        var strings = new ArrayList<String>();
        for (JsonNode child : node) {
            if (!child.isValueNode()) {
                return List.of();
            }
            strings.add(child.asText());
        }
        return strings;
    }

    /** The text of what a user said last: a string, a message, a conversation, or parts of a message. */
    static String prompt(JsonNode node) {
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.isArray()) {
            String last = null;
            for (JsonNode message : node) {
                String role = text(message.path("role"));
                String said = role == null || role.equals("user") ? prompt(message) : null;
                last = said == null ? last : said;
            }
            return last;
        }
        for (String key : List.of("turns", "content", "text")) {
            if (node.has(key)) {
                return prompt(node.get(key));
            }
        }
        return null;
    }

    /**
     * A score: a number, a truth value; NaN where it is null or NaN.
     *
     * @return null where it is no score
     */
    static Double score(JsonNode node) {
        if (node.isNull()) {
            return Double.NaN;
        }
        if (node.isBoolean()) {
            return node.asBoolean() ? 1.0 : 0.0;
        }
        return node.isNumber() ? (Double) node.asDouble() : null;
    }
}
