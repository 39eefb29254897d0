package org.gapexplorer.label.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gapexplorer.label.ConceptLabel;
import org.gapexplorer.label.LabelFile;
import org.gapexplorer.label.LabelKind;
import org.gapexplorer.study.Folders;
import org.gapexplorer.study.LabelSource;
import org.gapexplorer.study.LabelSource.Format;
import org.gapexplorer.study.Problem;

/** Labels in the forms in which others publish them, and several sources of them made one. */
public final class PublishedLabels {
    private PublishedLabels() {}

    /**
     * Reads one source.
     *
     * @param source what and how to read
     * @param path its fetched file or folder
     * @return at most one label a concept, by rising concept. Labels that are not this project's own count as meanings, with
     *     neither quality nor density known
     * @throws Problem naming file, line and field
     */
    public static List<ConceptLabel> read(LabelSource source, Path path) {
        Format format = source.format() == null ? told(path) : source.format();
        if (format == Format.GAP_EXPLORER) {
            return LabelFile.read(path);
        }
        Map<Integer, String> texts = switch (format) {
            case NEURONPEDIA -> Neuronpedia.read(path, source.explainer());
            case INDEX_MAP -> IndexMap.read(path);
            case DELPHI -> Delphi.read(path, source.module());
            case CSV -> LabelColumns.csv(path, source.concept(), source.label());
            case JSONL -> LabelColumns.jsonl(path, source.concept(), source.label());
            case GAP_EXPLORER -> throw new IllegalStateException();
        };
        if (texts.isEmpty()) {
            throw new Problem(path.toString(), "holds no label", "name a file or folder that holds some");
        }
        String name = source.name() == null ? name(format, source) : source.name();
        List<ConceptLabel> labels = new ArrayList<>();
        new TreeMap<>(texts)
                .forEach((concept, text) -> labels.add(new ConceptLabel(
                        concept,
                        text,
                        LabelKind.MEANING,
                        null,
                        0,
                        Double.NaN,
                        new int[0],
                        new double[0],
                        List.of(),
                        name)));
        return labels;
    }

    private static String name(Format format, LabelSource source) {
        return switch (format) {
            case NEURONPEDIA -> source.explainer() == null ? "neuronpedia" : "neuronpedia, " + source.explainer();
            case DELPHI -> "delphi";
            default -> "import";
        };
    }

    /**
     * Makes several sources one, by the order they are named in: a concept's label is the first that says something, and
     * where none does (all are unclear or dead), the first. What the label's own source does not know of how the concept
     * fires comes from the first source that does.
     */
    public static List<ConceptLabel> merged(List<List<ConceptLabel>> sources) {
        Map<Integer, List<ConceptLabel>> byConcept = new TreeMap<>();
        sources.forEach(source -> source.forEach(label -> byConcept
                .computeIfAbsent(label.concept(), c -> new ArrayList<>())
                .add(label)));
        return byConcept.values().stream().map(PublishedLabels::first).toList();
    }

    private static ConceptLabel first(List<ConceptLabel> labels) {
        ConceptLabel text = labels.stream()
                .filter(label -> label.kind() != LabelKind.UNCLEAR && label.kind() != LabelKind.DEAD)
                .findFirst()
                .orElse(labels.getFirst());
        ConceptLabel firing = labels.stream()
                .filter(label -> label.histogram().length > 0)
                .findFirst()
                .orElse(text);
        return new ConceptLabel(
                text.concept(),
                text.label(),
                text.kind(),
                text.quality(),
                text.contexts(),
                firing.density(),
                firing.histogram(),
                firing.edges(),
                firing.words(),
                text.source());
    }

    private static Format told(Path path) {
        String name = path.getFileName().toString();
        if (Files.isDirectory(path)) {
            return holdsDelphi(path) ? Format.DELPHI : Format.NEURONPEDIA;
        }
        if (name.matches(".*\\.(csv|tsv)(\\.gz)?")) {
            return Format.CSV;
        }
        if (name.endsWith(".json")) {
            return Format.INDEX_MAP;
        }
        if (name.matches(".*\\.jsonl(\\.gz)?")) {
            return Lines.format(path);
        }
        throw new Problem(
                path.toString(),
                "does not tell by its name how it holds labels",
                "give format: neuronpedia, index-map, delphi, csv, jsonl or gap-explorer");
    }

    private static boolean holdsDelphi(Path folder) {
        try {
            return Folders.files(folder, 2).stream()
                    .anyMatch(file ->
                            Delphi.NAME.matcher(file.getFileName().toString()).matches());
        } catch (IOException e) {
            throw new Problem(folder.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
        }
    }
}
