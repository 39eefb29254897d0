package org.gapexplorer.label.published;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.label.LabelRoom;
import org.gapexplorer.label.LabelText;
import org.gapexplorer.study.Problem;

/** Labels in two columns, named by the study, of a table with a header or of one JSON object a line. */
final class LabelColumns {
    private static final List<String> CONCEPT = List.of("concept", "index", "feature", "latent");
    private static final List<String> LABEL = List.of("label", "description", "explanation");
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final Map<Integer, String> labels = new HashMap<>();
    private final LabelRoom room = new LabelRoom();
    private String concept;
    private String label;

    /** Null names are the usual ones, whichever the file has. */
    private LabelColumns(String concept, String label) {
        this.concept = concept;
        this.label = label;
    }

    /** Comma-separated, or tab-separated where the name ends in {@code .tsv}; may be gzipped. */
    static Map<Integer, String> csv(Path file, String concept, String label) {
        var columns = new LabelColumns(concept, label);
        boolean tabs = file.getFileName().toString().matches(".*\\.tsv(\\.gz)?");
        CsvSchema schema = CsvSchema.emptySchema().withHeader().withColumnSeparator(tabs ? '\t' : ',');
        try (Reader reader = Lines.open(file);
                MappingIterator<Map<String, String>> rows =
                        CSV.readerForMapOf(String.class).with(schema).readValues(reader)) {
            while (rows.hasNextValue()) {
                int line = rows.getCurrentLocation().getLineNr();
                Map<String, String> row = rows.nextValue();
                columns.choose(file, row.keySet());
                columns.take(file + ", line " + line, row.get(columns.concept), row.get(columns.label));
            }
        } catch (JsonProcessingException e) {
            throw new Problem(file.toString(), "is no table (" + first(e) + ")", "save it as CSV with a header", e);
        } catch (CharacterCodingException e) {
            throw new Problem(file.toString(), "is not valid UTF-8", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
        }
        return columns.labels;
    }

    /** One JSON object a line; may be gzipped. */
    static Map<Integer, String> jsonl(Path file, String concept, String label) {
        var columns = new LabelColumns(concept, label);
        Lines.each(file, (where, object) -> {
            columns.choose(file, object.propertyStream().map(Map.Entry::getKey).toList());
            columns.take(
                    where,
                    object.path(columns.concept).asText(null),
                    object.path(columns.label).asText(null));
            return true;
        });
        return columns.labels;
    }

    private static String first(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void choose(Path file, Collection<String> names) {
        concept = chosen(file, names, concept, CONCEPT, "concept");
        label = chosen(file, names, label, LABEL, "label");
    }

    private static String chosen(Path file, Collection<String> names, String wanted, List<String> usual, String key) {
        List<String> all = wanted == null ? usual : List.of(wanted);
        return all.stream()
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> new Problem(
                        file.toString(),
                        "has no column " + String.join(" or ", all) + " but "
                                + String.join(", ", names.stream().limit(10).toList()),
                        "name the one that holds it with " + key + ":"));
    }

    private void take(String where, String index, String text) {
        int number = LabelText.concept(index);
        if (number < 0) {
            throw new Problem(
                    where + ", column " + concept,
                    "is '" + index + "' where a concept's number was expected",
                    "mend it, or name the column of the numbers with concept:");
        }
        String clean = LabelText.clean(text);
        if (clean != null) {
            room.take(where, clean.length());
        }
        if (clean != null && labels.put(number, clean) != null) {
            throw new Problem(where, "gives concept " + number + " a second label", "keep one label for each concept");
        }
    }
}
