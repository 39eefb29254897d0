package org.gapexplorer.lens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.gapexplorer.study.Problem;

/**
 * A configuration in JSON, or an object within it; complaints name the file and the field.
 *
 * @param path the object's fields from the root, each with a dot after it; empty for the root
 */
record ConfigJson(Path file, String path, JsonNode node) {
    private static final int MAX_BYTES = 16 << 20;
    private static final String REMEDY = "give the file that was saved with the weights";
    private static final ObjectMapper JSON = new ObjectMapper();

    static ConfigJson read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            if (bytes.length == MAX_BYTES) {
                throw new Problem(file.toString(), "is longer than a configuration (16 MB)", REMEDY);
            }
            JsonNode json = JSON.readTree(bytes);
            if (!json.isObject()) {
                throw new Problem(file.toString(), "is not a JSON object", REMEDY);
            }
            return new ConfigJson(file, "", json);
        } catch (JsonProcessingException e) {
            throw new Problem(file.toString(), "is not JSON (" + e.getOriginalMessage() + ")", REMEDY, e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read (" + Problem.reason(e) + ")", REMEDY, e);
        }
    }

    /** An object within; empty where there is none. */
    ConfigJson in(String field) {
        return new ConfigJson(file, path + field + ".", node.path(field));
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    JsonNode get(String field) {
        return node.path(field);
    }

    /** A whole number from 1 to {@code max}. */
    int positive(String field, int max) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > max) {
            throw wrong(field, "a whole number from 1 to " + max);
        }
        return value.intValue();
    }

    /** A finite number above 0. */
    double factor(String field) {
        JsonNode value = node.path(field);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || value.doubleValue() <= 0) {
            throw wrong(field, "a number above 0");
        }
        return value.doubleValue();
    }

    boolean flag(String field, boolean otherwise) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.booleanValue();
    }

    /** A text, or null where there is none. */
    String text(String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }

    /** A text that must be there. */
    String requiredText(String field) {
        String text = text(field);
        if (text == null) {
            throw wrong(field, "a text");
        }
        return text;
    }

    private Problem wrong(String field, String expected) {
        JsonNode value = node.path(field);
        return new Problem(
                file + ", field " + path + field,
                (value.isMissingNode() ? "is missing" : "is " + shortened(value)) + " where " + expected
                        + " was expected",
                REMEDY);
    }

    /** What means something that cannot be computed. */
    Problem notRead(String field, String value, String remedy) {
        return new Problem(file + ", field " + path + field, "is '" + value + "', which is not read", remedy);
    }

    private static String shortened(JsonNode value) {
        return value.isContainerNode() ? "a " + value.getNodeType().name().toLowerCase(Locale.ROOT) : value.toString();
    }
}
