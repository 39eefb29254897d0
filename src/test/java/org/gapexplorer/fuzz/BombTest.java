package org.gapexplorer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.gapexplorer.label.published.PublishedLabels;
import org.gapexplorer.run.Datasets;
import org.gapexplorer.study.LabelSource;
import org.gapexplorer.study.LabelSource.Format;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small files that unpack to much, and queries that make much of nothing: each is read by a process of its own, which must
 * end in a problem and never hold more than 512 MB beside what a JVM takes to begin with.
 */
@Tag("long")
class BombTest {
    private static final long MOST = 512L << 20;

    @TempDir
    Path folder;

    /** A text again and again, a megabyte in each gzip member. */
    private Path packed(String name, String head, String text, int megabytes) throws IOException {
        byte[] member = Hostile.gzip(text.repeat((1 << 20) / text.length()).getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(Hostile.gzip(head.getBytes(StandardCharsets.UTF_8)));
            for (int i = 0; i < megabytes; i++) {
                out.write(member);
            }
        }
        return file;
    }

    /** Reads in a process with a heap of 400 MB, and says how that ended. */
    private String read(String what, String input) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        Bomb.class.getName(),
                        what,
                        input)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out);
    }

    private void refused(String what, String input, String told) throws Exception {
        assertThat(read(what, input)).contains("PROBLEM", told).contains("WITHIN");
    }

    @Test
    void packedLabelsThatUnpackToFarMoreThanLabelsDoAreRefused() throws Exception {
        refused("NEURONPEDIA", packed("batch-0.jsonl.gz", "", "\n", 150).toString(), "MB of text");
        refused("CSV", packed("a.csv.gz", "concept,label\n1,\"", " ", 50).toString(), "maximum allowed");
    }

    @Test
    void moreLabelsThanFitIntoMemoryAreRefused() throws Exception {
        Path file = folder.resolve("a.jsonl");
        String text = "x".repeat(290);
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 900_000; i++) {
                out.write("{\"index\":" + i + ",\"label\":\"" + text + "\"}\n");
            }
        }
        refused("JSONL", file.toString(), "came to more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT i AS item, repeat('x', 100000) AS question FROM range(100000) t(i)",
                "SELECT i AS item, 'q' AS question FROM range(100000000) t(i)",
                "SELECT i AS item, 'q' AS question, list_transform(range(100), x -> 'c') AS choices FROM range(1000000) t(i)",
            })
    void aQueryThatMakesMoreThanMemoryHoldsIsRefused(String sql) throws Exception {
        refused("SQL", sql, "");
    }

    /** What the processes run. */
    static final class Bomb {
        private Bomb() {}

        public static void main(String[] args) throws IOException {
            long before = Resident.now();
            try {
                System.out.println("READ " + read(args[0], args[1]));
            } catch (Problem e) {
                System.out.println("PROBLEM " + e.getMessage());
            }
            long grown = Resident.highest() - before;
            System.out.println((grown < MOST ? "WITHIN " : "BEYOND ") + (grown >> 20) + " MB");
        }

        private static Object read(String what, String input) {
            if (what.equals("SQL")) {
                return Datasets.datapoints("b", input, Map.of()).size();
            }
            var source =
                    new LabelSource(new SourceRef("file:x", null), Format.valueOf(what), null, null, null, null, null);
            return List.copyOf(PublishedLabels.read(source, Path.of(input))).size();
        }
    }
}
