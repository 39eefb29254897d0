package org.gapexplorer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Benchmark;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.StudyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The entries of {@code index/benchmarks} run: on the real files where the folder ../shared/benchmarks has them, on files
 * of the same form with items of our own where it has not.
 */
class BenchmarkEntriesDataTest {
    private static final Path MIRROR = Path.of("../shared/benchmarks");

    @TempDir
    Path folder;

    private List<Datapoint> run(String use, boolean mirrored) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), """
                study: s
                lens: {id: l, model: "file:m", tokenizer: "file:t", tensor: x, sae: "file:s"}
                benchmarks:
                """ + ("- use: " + use).indent(2));
        Benchmark b = StudyFile.read(file).benchmarks().getFirst();
        var sources = new Sources(folder, folder.resolve("cache"), mirrored ? MIRROR : null);
        Map<String, List<Path>> fetched = b.files().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream()
                                .map(source -> sources.fetch(source, Progress.SILENT))
                                .toList()));
        return Datasets.datapoints(b.id(), b.sql(), fetched);
    }

    /** Counts taken from the files with Python's json and csv modules. */
    @ParameterizedTest
    @CsvSource({
        "math, 5000, 0, 0",
        "gsm8k, 1319, 0, 0",
        "bbq-six, 11956, 3, 11956",
        "logicbench, 2020, 2, 2020",
        "social-iqa, 1954, 3, 1954",
        "winogrande, 1267, 2, 1267",
        "crows-pairs, 1508, 0, 0",
        "nq-open, 3610, 0, 0",
    })
    void anEntryYieldsTheItemsOfItsBenchmark(String use, int items, int fewestChoices, int answered)
            throws IOException {
        assumeThat(MIRROR.resolve("SOURCES.tsv")).exists();
        List<Datapoint> data = run(use, true);
        assertThat(data.size()).isEqualTo(items);
        assertThat(data.stream()
                        .mapToInt(d -> d.choices() == null ? 0 : d.choices().size())
                        .min())
                .hasValue(fewestChoices);
        assertThat(data.stream().filter(d -> d.answer() != null).count()).isEqualTo(answered);
    }

    @Test
    void answersAndCategoriesAreThoseOfTheFiles() throws IOException {
        assumeThat(MIRROR.resolve("SOURCES.tsv")).exists();
        List<Datapoint> logic = run("logicbench", true);
        assertThat(logic.stream().filter(d -> d.item().startsWith("bqa")).collect(counted(Datapoint::answer)))
                .isEqualTo(Map.of(0, 520L, 1, 1000L));
        assertThat(logic.stream().filter(d -> d.item().startsWith("mcqa")).collect(counted(Datapoint::answer)))
                // one item's first choice is empty and left out: its answer moves from the fourth place to the third
                .isEqualTo(Map.of(0, 123L, 1, 128L, 2, 113L + 1, 3, 136L - 1));
        assertThat(run("winogrande", true).stream().collect(counted(Datapoint::answer)))
                .isEqualTo(Map.of(0, 628L, 1, 639L));
        assertThat(run("winogrande", true))
                .allMatch(d -> d.question().contains("_"))
                .noneMatch(d -> d.question().contains("Option1")
                        || d.choices().toString().contains("Option"));
        assertThat(run("crows-pairs", true).stream()
                        .collect(counted(d -> d.category().replaceFirst(".*, ", ""))))
                .isEqualTo(Map.of("stereo", 1290L, "antistereo", 218L));
    }

    private static <K> java.util.stream.Collector<Datapoint, ?, TreeMap<K, Long>> counted(
            java.util.function.Function<Datapoint, K> key) {
        return Collectors.groupingBy(key, TreeMap::new, Collectors.counting());
    }

    private Path parquet(String name, String select) throws SQLException {
        Path file = folder.resolve(name);
        try (Duck db = Duck.open()) {
            db.execute("COPY (" + select + ") TO " + Duck.quoted(file) + " (FORMAT parquet, COMPRESSION zstd)");
        }
        return file;
    }

    @Test
    void agievalInItsForm() throws IOException {
        Files.writeString(folder.resolve("sat-math.jsonl"), """
                {"passage": null, "question": "2 + 2?", "options": ["(A)3", "(B)4", "(C) 5", "(D)6"], "label": "B", "other": {"solution": "add"}, "explanation": null}
                """);
        Files.writeString(folder.resolve("math.jsonl"), """
                {"passage": null, "question": "3 + 3?", "options": null, "label": null, "answer": "6", "other": {"level": 1}}
                """);
        Files.writeString(folder.resolve("lsat-rc.jsonl"), """
                {"passage": "A text.", "question": "About what?", "options": ["(A)a", "(B)b", "(C)c", "(D)d", "(E)e"], "label": "E"}
                {"passage": "A text.", "question": "By whom?", "options": ["(A)a", "(B)b", "(C)c", "(D)d", "(E)e"], "label": "A"}
                """);
        String files = "\n  files: {tasks: [\"file:sat-math.jsonl\", \"file:math.jsonl\", \"file:lsat-rc.jsonl\"]}";
        assertThat(run("agieval-en" + files, false))
                .containsExactly(
                        new Datapoint("sat-math-1", "2 + 2?", List.of("3", "4", "5", "6"), 1, "sat-math"),
                        new Datapoint("math-1", "3 + 3?", null, null, "math"),
                        new Datapoint(
                                "lsat-rc-1", "A text.\nAbout what?", List.of("a", "b", "c", "d", "e"), 4, "lsat-rc"),
                        new Datapoint(
                                "lsat-rc-2", "A text.\nBy whom?", List.of("a", "b", "c", "d", "e"), 0, "lsat-rc"));
    }

    @Test
    void mmluInItsForm() throws Exception {
        parquet("mmlu.parquet", """
                SELECT * FROM (VALUES
                  ('One?', 'high_school_physics', ['a', 'b', 'c', 'd'], 2::BIGINT),
                  ('Two?', 'law', ['e', 'f', 'g', 'h'], 0),
                  ('Three?', 'law', ['e', 'f', 'g', 'h'], 3)) t(question, subject, choices, answer)""");
        assertThat(run("mmlu\n  files: {test: \"file:mmlu.parquet\"}", false))
                .containsExactly(
                        new Datapoint(
                                "high_school_physics-0", "One?", List.of("a", "b", "c", "d"), 2, "high school physics"),
                        new Datapoint("law-0", "Two?", List.of("e", "f", "g", "h"), 0, "law"),
                        new Datapoint("law-1", "Three?", List.of("e", "f", "g", "h"), 3, "law"));
    }

    @Test
    void truthfulqaInItsFormWithTheTruthNotAlwaysFirst() throws Exception {
        parquet("tqa.parquet", """
                SELECT 'Question ' || i AS question,
                       {'choices': ['right ' || i, 'wrong ' || i, 'false ' || i], 'labels': [1, 0, 0]::INTEGER[]} AS mc1_targets,
                       {'choices': ['x'], 'labels': [1]::INTEGER[]} AS mc2_targets
                FROM range(30) t(i)""");
        List<Datapoint> data = run("truthfulqa\n  files: {validation: \"file:tqa.parquet\"}", false);
        assertThat(data)
                .hasSize(30)
                .allMatch(d -> d.choices().size() == 3)
                .allMatch(d -> d.choices().get(d.answer()).equals("right " + d.item()));
        assertThat(data.stream().map(Datapoint::answer).distinct()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void sweBenchAndVectaraInTheirForms() throws Exception {
        Path tasks = parquet("swe.parquet", """
                SELECT 'o/r' AS repo, 'o__r-' || i AS instance_id, 'It breaks ' || i AS problem_statement, 'diff' AS patch
                FROM range(2) t(i)""");
        String pinned = "\n  files: {test: {uri: \"file:swe.parquet\", sha256: "
                + org.gapexplorer.study.Sha256.of(tasks) + "}}";
        assertThat(run("swe-bench-verified" + pinned, false))
                .containsExactly(
                        new Datapoint("o__r-0", "It breaks 0", null, null, "o/r"),
                        new Datapoint("o__r-1", "It breaks 1", null, null, "o/r"));
        Files.writeString(folder.resolve("articles.jsonl"), "{\"id\": \"a1\", \"text\": \"It rained.\"}\n");
        assertThat(run("vectara\n  files: {articles: \"file:articles.jsonl\"}", false))
                .containsExactly(new Datapoint("a1", "It rained.", null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "json, uncompressed",
        "json, gzip",
        "json, zstd",
        "csv, gzip",
        "csv, zstd",
        "parquet, snappy",
        "parquet, gzip"
    })
    void filesAreReadAsTheyArePublished(String format, String compression) throws Exception {
        String suffix = Map.of("uncompressed", "", "gzip", ".gz", "zstd", ".zst", "snappy", "")
                .get(compression);
        String name = "items." + (format.equals("json") ? "jsonl" : format) + (format.equals("parquet") ? "" : suffix);
        try (Duck db = Duck.open()) {
            db.execute("COPY (SELECT 'i' || i AS item, 'Q' || i AS question FROM range(3) t(i)) TO "
                    + Duck.quoted(folder.resolve(name)) + " (FORMAT " + format + ", COMPRESSION " + compression + ")");
        }
        // as the hub's cache keeps files: a link to a blob without an extension
        Path blob = Files.move(
                folder.resolve(name),
                Files.createDirectory(folder.resolve("blobs")).resolve("0123abc"));
        Path link = Files.createSymbolicLink(folder.resolve(name), folder.relativize(blob));
        assertThat(Datasets.datapoints(
                        "b",
                        "SELECT item, question FROM read_" + format + "(getvariable('f'))",
                        Map.of("f", List.of(link))))
                .hasSize(3)
                .first()
                .isEqualTo(new Datapoint("i0", "Q0", null, null, null));
    }
}
