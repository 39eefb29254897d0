package org.gapexplorer.label;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gapexplorer.label.ConceptLabel.WordShare;
import org.gapexplorer.study.BoundedLine;
import org.gapexplorer.study.Problem;

/**
 * {@code labels.jsonl}: one concept a line, as {@link ConceptLabel} describes it. Read as hostile text: what is too long, out
 * of range, of the wrong type or there twice is refused with the line and field.
 */
public final class LabelFile {
    /** Longest label, in UTF-16 units. */
    public static final int MAX_LABEL = 300;

    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_CONCEPT = 1 << 24;
    private static final int MAX_BINS = 1_000;
    private static final int MAX_WORDS = 100;
    private static final int MAX_WORD = 200;
    private static final int MAX_SOURCE = 100;
    private static final String REMEDY = "mend the line, or make the labels again (gapx labels make)";

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private LabelFile() {}

    /**
     * Reads a file of labels.
     *
     * @return the labels in the order of the file; concepts without a line are absent
     * @throws Problem naming file, line and field
     */
    public static List<ConceptLabel> read(Path file) {
        List<ConceptLabel> labels = new ArrayList<>();
        BitSet seen = new BitSet();
        LabelRoom room = new LabelRoom();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String text = BoundedLine.read(lines, file, 1, MAX_LINE);
                    text != null;
                    text = BoundedLine.read(lines, file, number + 1, MAX_LINE)) {
                number++;
                if (text.isBlank()) {
                    continue;
                }
                ConceptLabel label = new Line(file + ", line " + number, text).label();
                if (seen.get(label.concept())) {
                    throw new Problem(
                            file + ", line " + number + ", field concept",
                            label.concept() + " has a label on an earlier line",
                            "keep one line for each concept");
                }
                seen.set(label.concept());
                room.take(file + ", line " + number, text.length());
                labels.add(label);
            }
        } catch (CharacterCodingException e) {
            throw new Problem(file.toString(), "is not valid UTF-8", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read", "check the path and its permissions", e);
        }
        return labels;
    }

    /**
     * Writes labels; beside the file first, then put in its place.
     *
     * @throws Problem if the folder cannot be written
     */
    public static void write(Path file, List<ConceptLabel> labels) {
        Path folder = file.toAbsolutePath().getParent();
        Path beside = null;
        try {
            Files.createDirectories(folder);
            beside = folder.resolve(file.getFileName() + ".part");
            try (Writer out = Files.newBufferedWriter(beside, StandardCharsets.UTF_8)) {
                for (ConceptLabel label : labels) {
                    out.write(JSON.writeValueAsString(json(label)));
                    out.write('\n');
                }
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(beside);
            throw new Problem(
                    file.toString(), "cannot be written (" + e.getMessage() + ")", "check permissions and space", e);
        }
    }

    private static void remove(Path part) {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // what could not be written may not be removable either; the first failure is the one to tell
        }
    }

    private static ObjectNode json(ConceptLabel label) {
        ObjectNode node = JSON.createObjectNode()
                .put("concept", label.concept())
                .put("label", label.label())
                .put("kind", label.kind().text())
                .put("quality", label.quality())
                .put("contexts", label.contexts())
                .put("density", label.density());
        ArrayNode histogram = node.putArray("histogram");
        for (int count : label.histogram()) {
            histogram.add(count);
        }
        ArrayNode edges = node.putArray("edges");
        for (double edge : label.edges()) {
            edges.add(edge);
        }
        ArrayNode words = node.putArray("words");
        label.words().forEach(word -> words.addArray().add(word.word()).add(word.share()));
        return node.put("source", label.source());
    }

    /** One line being read. */
    private static final class Line {
        private final String where;
        private final JsonNode json;

        Line(String where, String text) {
            this.where = where;
            try {
                json = JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new Problem(where, "is not JSON (" + e.getOriginalMessage() + ")", REMEDY, e);
            }
            if (!json.isObject()) {
                throw new Problem(where, "is not a JSON object", REMEDY);
            }
        }

        ConceptLabel label() {
            int[] histogram = counts("histogram");
            double[] edges = edges(histogram.length);
            return new ConceptLabel(
                    whole("concept", MAX_CONCEPT),
                    text("label", MAX_LABEL),
                    kind(),
                    json.path("quality").isNull() || json.path("quality").isMissingNode() ? null : share("quality"),
                    json.has("contexts") ? whole("contexts", Integer.MAX_VALUE) : 0,
                    json.has("density") ? share("density") : 0,
                    histogram,
                    edges,
                    words(),
                    json.has("source") ? text("source", MAX_SOURCE) : ConceptLabel.FROM_EVIDENCE);
        }

        private LabelKind kind() {
            String kind = text("kind", MAX_SOURCE);
            for (LabelKind known : LabelKind.values()) {
                if (known.text().equals(kind)) {
                    return known;
                }
            }
            throw problem("kind", "is '" + kind + "' where meaning, syntax, piece, unclear or dead was expected");
        }

        private String text(String field, int longest) {
            return text(field, json.path(field), longest);
        }

        private String text(String field, JsonNode value, int longest) {
            if (!value.isTextual()
                    || value.textValue().isBlank()
                    || value.textValue().length() > longest) {
                throw problem(
                        field, "is " + found(value) + " where a text of 1 to " + longest + " characters was expected");
            }
            if (value.textValue().codePoints().anyMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF)) {
                throw problem(field, "holds control characters");
            }
            return value.textValue();
        }

        private int whole(String field, int most) {
            return whole(field, json.path(field), most);
        }

        private int whole(String field, JsonNode value, int most) {
            if (!value.isIntegralNumber()
                    || !value.canConvertToInt()
                    || value.intValue() < 0
                    || value.intValue() > most) {
                throw problem(
                        field, "is " + found(value) + " where a whole number from 0 to " + most + " was expected");
            }
            return value.intValue();
        }

        private double share(String field) {
            return number(field, json.path(field), 1);
        }

        private double number(String field, JsonNode value, double most) {
            if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= most)) {
                throw problem(field, "is " + found(value) + " where a number from 0 to " + most + " was expected");
            }
            return value.doubleValue();
        }

        private JsonNode array(String field, int longest) {
            JsonNode value = json.path(field);
            if (value.isMissingNode()) {
                return JSON.createArrayNode();
            }
            if (!value.isArray() || value.size() > longest) {
                throw problem(field, "is " + found(value) + " where a list of at most " + longest + " was expected");
            }
            return value;
        }

        private int[] counts(String field) {
            JsonNode list = array(field, MAX_BINS);
            int[] counts = new int[list.size()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = whole(field, list.get(i), Integer.MAX_VALUE);
            }
            return counts;
        }

        private double[] edges(int bins) {
            JsonNode list = array("edges", MAX_BINS + 1);
            double[] edges = new double[list.size()];
            for (int i = 0; i < edges.length; i++) {
                edges[i] = number("edges", list.get(i), Float.MAX_VALUE);
                if (i > 0 && edges[i] < edges[i - 1]) {
                    throw problem("edges", "falls from " + edges[i - 1] + " to " + edges[i]);
                }
            }
            if (edges.length != (bins == 0 ? 0 : bins + 1)) {
                throw problem("edges", "has " + edges.length + " entries for " + bins + " bins, which need one more");
            }
            return edges;
        }

        private List<WordShare> words() {
            List<WordShare> words = new ArrayList<>();
            for (JsonNode pair : array("words", MAX_WORDS)) {
                if (!pair.isArray() || pair.size() != 2) {
                    throw problem("words", "holds " + found(pair) + " where a word and its share were expected");
                }
                words.add(new WordShare(text("words", pair.get(0), MAX_WORD), number("words", pair.get(1), 1)));
            }
            return words;
        }

        private static String found(JsonNode value) {
            if (value.isMissingNode()) {
                return "missing";
            }
            String text = value.toString();
            return text.length() <= 80 ? text : text.substring(0, 80) + "…";
        }

        private Problem problem(String field, String what) {
            return new Problem(where + ", field " + field, what, REMEDY);
        }
    }
}
