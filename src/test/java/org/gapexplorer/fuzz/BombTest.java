package org.gapexplorer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gapexplorer.fuzz.Hostile.Reader;
import org.gapexplorer.label.published.PublishedLabels;
import org.gapexplorer.run.Datasets;
import org.gapexplorer.study.LabelSource;
import org.gapexplorer.study.LabelSource.Format;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that unpack to much, or fill memory with what they make a reader keep. */
class BombTest {
    @TempDir
    Path folder;

    /** Ten million times a text, in some ten kilobytes for each of the copies, one gzip member after the other. */
    private Path packed(String name, String head, String text, int megabytes) throws IOException {
        byte[] member = Hostile.gzip(text.repeat((1 << 20) / text.length()).getBytes(StandardCharsets.UTF_8));
        Path file = Files.createDirectories(folder.resolve("in")).resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(Hostile.gzip(head.getBytes(StandardCharsets.UTF_8)));
            for (int i = 0; i < megabytes; i++) {
                out.write(member);
            }
        }
        return file;
    }

    private static void refused(Path file, Reader reader, String told) {
        Hostile.endsWell(() -> {
            assertThatThrownBy(() -> reader.read(file))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(told);
            return null;
        });
        assertThat(file).exists();
    }

    private static Object labels(Format format, Path path) {
        var source = new LabelSource(new SourceRef("file:x", null), format, null, null, null, null, null);
        return PublishedLabels.read(source, path);
    }

    @Test
    void packedLabelsThatUnpackToFarMoreThanLabelsDoAreRefused() throws IOException {
        refused(packed("batch-0.jsonl.gz", "", "\n", 200), path -> labels(Format.NEURONPEDIA, path), "MB of text");
        refused(packed("a.csv.gz", "concept,label\n", "\n", 200), path -> labels(Format.CSV, path), "MB of text");
        refused(packed("a.csv.gz", "concept,label\n1,\"", " ", 200), path -> labels(Format.CSV, path), "characters");
    }

    @Test
    void aTableOfMillionsOfColumnsIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.csv"),
                IntStream.range(0, 3_000_000).mapToObj(i -> "c" + i).collect(Collectors.joining(",")));
        refused(file, path -> labels(Format.CSV, path), "line 1: is longer than");
    }

    @Test
    void moreLabelsThanFitIntoMemoryAreRefused() throws IOException {
        Path file = folder.resolve("a.jsonl");
        String long1 = "x".repeat(290);
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 900_000; i++) {
                out.write("{\"index\":" + i + ",\"label\":\"" + long1 + "\"}\n");
            }
        }
        refused(file, path -> labels(Format.JSONL, path), "came to more than");
    }

    @Test
    void aPackedBenchmarkThatUnpacksToGigabytesIsRefused() throws IOException {
        String sql = "SELECT 1 AS item, line AS question FROM read_csv(getvariable('items'), columns = {line: 'VARCHAR'})";
        for (String text : List.of("x", "\n")) {
            Path file = packed("a.csv.gz", "line\n", text, 4_000);
            Hostile.endsWell(() -> Datasets.datapoints("b", sql, Map.of("items", List.of(file))));
        }
    }

    @Test
    void aQueryThatMakesMoreThanMemoryHoldsIsRefused() {
        for (String sql : List.of(
                "SELECT i AS item, repeat('x', 100000) AS question FROM range(100000) t(i)",
                "SELECT i AS item, 'q' AS question FROM range(100000000) t(i)",
                "SELECT i AS item, 'q' AS question, list_transform(range(100), x -> 'c') AS choices FROM range(1000000) t(i)",
                "SELECT 1 AS item, repeat('x', 2000000000) AS question",
                "SELECT 1 AS item, array_to_string(range(100000000), ',') AS question")) {
            Hostile.endsWell(() -> {
                assertThatThrownBy(() -> Datasets.datapoints("b", sql, Map.of()))
                        .isInstanceOf(Problem.class);
                return null;
            });
        }
    }
}
