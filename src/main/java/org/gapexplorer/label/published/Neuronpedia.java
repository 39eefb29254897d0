package org.gapexplorer.label.published;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gapexplorer.label.LabelRoom;
import org.gapexplorer.label.LabelText;
import org.gapexplorer.study.Problem;

/**
 * Neuronpedia's bulk export: {@code {model}/{source}/explanations/batch-N.jsonl.gz}, a row for each explanation. An index
 * may have several, by several explainers; an explanation may stand in several batches under one id. The first row counts,
 * batches by their number.
 */
final class Neuronpedia {
    private static final Pattern BATCH = Pattern.compile("batch-(\\d{1,9})\\.jsonl(\\.gz)?");

    private final String explainer;
    private final Map<Integer, String> labels = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> explainers = new TreeSet<>();
    private final LabelRoom room = new LabelRoom();
    private String lens;

    private Neuronpedia(String explainer) {
        this.explainer = explainer;
    }

    /**
     * @param path a batch, the folder of batches, or the folder that holds {@code explanations}
     * @param explainer {@code explanationModelName} of the rows to take; null for any
     */
    static Map<Integer, String> read(Path path, String explainer) {
        var labels = new Neuronpedia(explainer);
        batches(path).forEach(batch -> Lines.each(batch, labels::take));
        if (labels.labels.isEmpty() && explainer != null && !labels.explainers.isEmpty()) {
            throw new Problem(
                    path.toString(),
                    "holds no label by '" + explainer + "'",
                    "name one of " + String.join(", ", labels.explainers));
        }
        return labels.labels;
    }

    private static List<Path> batches(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        Path inner = path.resolve("explanations");
        Path folder = Files.isDirectory(inner) ? inner : path;
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> batches = files.filter(file -> number(file) >= 0)
                    .sorted(Comparator.comparingInt(Neuronpedia::number))
                    .toList();
            if (batches.isEmpty()) {
                throw new Problem(
                        folder.toString(),
                        "holds no batch-N.jsonl.gz",
                        "give the folder of a source's explanations as Neuronpedia exports it");
            }
            return batches;
        } catch (IOException e) {
            throw new Problem(folder.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
        }
    }

    private static int number(Path file) {
        Matcher name = BATCH.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }

    private boolean take(String where, JsonNode row) {
        requireOneLens(where, row);
        String id = row.path("id").asText("");
        String by = row.path("explanationModelName").asText("");
        if (explainers.add(by)) {
            room.take(where, by.length());
        }
        int concept = LabelText.concept(row.path("index").asText(null));
        if (concept < 0) {
            throw new Problem(
                    where + ", field index",
                    "is " + row.path("index") + " where a concept's number was expected",
                    "mend the line or fetch the file again");
        }
        String text = LabelText.clean(row.path("description").textValue());
        boolean again = !id.isEmpty() && !ids.add(id);
        if (!again) {
            room.take(where, id.length() + (text == null ? 0 : text.length()));
        }
        if (!again && text != null && (explainer == null || explainer.equals(by))) {
            labels.putIfAbsent(concept, text);
        }
        return true;
    }

    private void requireOneLens(String where, JsonNode row) {
        String of = row.path("modelId").asText("") + " " + row.path("layer").asText("");
        if (lens == null) {
            lens = of;
        } else if (!lens.equals(of)) {
            throw new Problem(
                    where,
                    "is a label for '" + of + "' among labels for '" + lens + "'",
                    "give the export of one model and source");
        }
    }
}
