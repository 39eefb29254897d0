package org.gapexplorer.model.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gapexplorer.model.TextTokenizer.Framing;
import org.gapexplorer.study.Problem;

/**
 * What a tokenizer_config.json says that tokenizer.json does not.
 *
 * @param tokens special tokens by the name templates know them by ({@code bos_token})
 * @param beginsWithBos whether a text that is no chat begins with BOS; null where it does not say
 */
public record TokenizerConfig(Map<String, String> tokens, Boolean beginsWithBos) {
    /** No file. */
    public static final TokenizerConfig NONE = new TokenizerConfig(Map.of(), null);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_BYTES = 64 << 20;

    /**
     * Reads a tokenizer_config.json.
     *
     * @throws Problem if it is not one
     */
    public static TokenizerConfig read(Path file) {
        JsonNode config;
        try {
            config = JSON.readTree(text(file));
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "is not JSON (" + Problem.reason(e) + ")", "give a tokenizer_config.json", e);
        }
        Map<String, String> tokens = new LinkedHashMap<>();
        config.properties().forEach(entry -> {
            JsonNode token = entry.getValue().isObject() ? entry.getValue().path("content") : entry.getValue();
            if (entry.getKey().endsWith("_token") && token.isTextual()) {
                tokens.put(entry.getKey(), token.asText());
            }
        });
        JsonNode adds = config.path("add_bos_token");
        return new TokenizerConfig(tokens, adds.isBoolean() ? adds.asBoolean() : null);
    }

    /** The special tokens of a text that is no chat. */
    public Framing framing() {
        String bos = tokens.get("bos_token");
        return bos == null || beginsWithBos == null ? Framing.FILE : new Framing(true, bos, beginsWithBos);
    }

    /**
     * The chat template in a file: Jinja as it is, or {@code chat_template} of a JSON file (of several, the one named
     * default).
     *
     * @throws Problem if the file has none
     */
    public static String template(Path file) {
        String text = text(file);
        JsonNode config;
        try {
            config = JSON.readTree(text);
        } catch (IOException e) {
            return text;
        }
        JsonNode template = config.path("chat_template");
        if (template.isArray()) {
            for (JsonNode named : template) {
                if (named.path("name").asText().equals("default")) {
                    template = named.path("template");
                }
            }
        }
        if (!template.isTextual()) {
            throw new Problem(
                    file.toString(), "holds no chat_template", "name a file that has one as lens.chat.template");
        }
        return template.asText();
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new Problem(
                        file.toString(), "is larger than 64 MB", "give a tokenizer_config.json or a template");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "cannot be read as text (" + Problem.reason(e) + ")", "save it as UTF-8", e);
        }
    }
}
