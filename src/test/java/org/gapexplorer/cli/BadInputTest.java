package org.gapexplorer.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gapexplorer.lens.RandomSae;
import org.gapexplorer.lens.SaeConfig;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.model.Starter;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's mistake is one line that says where it is and what to do, an exit code, and nothing half-written. */
@Timeout(120)
class BadInputTest {
    @TempDir
    Path folder;

    private SmallStudy study;

    @BeforeEach
    void aSoundStudy() throws IOException {
        study = new SmallStudy(folder);
    }

    /** Runs the broken study; what it leaves must not look finished, nor be half of anything. */
    private Called runIsRefused(Object... naming) throws IOException {
        Called called = study.run();
        called.refused(naming);
        assertThat(study.out.resolve("run.json")).doesNotExist();
        assertThat(halfWritten(folder)).isEmpty();
        return called;
    }

    private static List<Path> halfWritten(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(
                            file -> file.getFileName().toString().matches(".*\\.(part|partial|new|tmp)|\\.building-.*"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "run"})
    void anUnknownKeyIsNamedWithItsLine(String command) throws IOException {
        study.with("    scope:", "    scoop: x\n    scope:");
        Called.gapx("study", command, study.file)
                .refused(study.file, "line " + study.line("scoop"), "benchmarks[0]", "unknown key 'scoop'", "scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "run"})
    void aMissingStudyFileIsNamed(String command) {
        Path none = folder.resolve("none.yaml");
        Called.gapx("study", command, none).refused(none, "there is no such study file", "check the path");
    }

    /** Words of the user's, not of the parser's classes. */
    @Test
    void whatIsNoSuchFieldIsToldPlainly() throws IOException {
        String sound = Files.readString(study.file);
        String[][] mistakes = {
            {"study: small", "study: [small]", "study: must be a text"},
            {"  layer: 3", "  layer: [a, b]", "lens.layer: must be a whole number"},
            {"  layer: 3", "  layer: three", "lens.layer: 'three' is not a whole number"},
            {"models:", "models: none\nmore:", "models[0]: must be a mapping"},
            {"  id: starter", "\tid: starter", "(TAB)"},
        };
        for (String[] mistake : mistakes) {
            Files.writeString(study.file, sound);
            study.with(mistake[0], mistake[1]);
            Called called = Called.gapx("study", "validate", study.file);
            called.refused(study.file, "line ", mistake[2]);
            assertThat(called.err()).doesNotContain("deserialize", "JsonToken");
        }
    }

    @Test
    void aFolderIsNoStudyFile() {
        Called.gapx("study", "run", folder).refused(folder, "check the path");
    }

    @Test
    void aMissingSourceFileIsNamed() throws IOException {
        Files.delete(study.items);
        runIsRefused("file:items.jsonl", study.items, "check the path");
    }

    @Test
    void aMissingJarIsNamedWithTheCommandThatFetchesIt() throws IOException {
        study.with(SmallStudy.MODEL, "maven:org.example:none:1!/model.onnx");
        runIsRefused("maven:org.example:none:1!/model.onnx", "mvn dependency:get");
    }

    @Test
    void aFileWithAnotherSha256IsNotUsed() throws IOException {
        String pinned = "0123456789abcdef".repeat(4);
        study.with("items: file:items.jsonl", "items: {uri: 'file:items.jsonl', sha256: " + pinned + "}");
        runIsRefused("file:items.jsonl", "has sha256", "expected " + pinned);
    }

    @Test
    void aTruncatedLensModelIsNamed() throws IOException {
        Path cut = truncatedOnnx();
        study.with(SmallStudy.MODEL, "file:cut.onnx");
        runIsRefused(cut, "is not a complete ONNX model", "fetch or export it again");
    }

    @Test
    void aTruncatedSubjectModelIsNamed() throws IOException {
        Path cut = truncatedOnnx();
        study.with(
                """
                    logs:
                      - benchmark: facts
                        files: {log: file:log.json}
                        format: array
                """.indent(0),
                "    answers: {model: 'file:cut.onnx', tokenizer: '%s', pooling: mean}\n"
                        .formatted(SmallStudy.TOKENIZER));
        runIsRefused(cut, "is not a complete ONNX model");
    }

    private Path truncatedOnnx() throws IOException {
        return Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(Starter.bytes(Starter.ONNX), 10_000_000));
    }

    @Test
    void aTokenizerThatIsNoneIsNamed() throws IOException {
        Path broken = Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {");
        study.with(SmallStudy.TOKENIZER, "file:tokenizer.json");
        runIsRefused(broken, "give the tokenizer.json that belongs to the model");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 5_000_000})
    void truncatedWeightsOfAnSaeAreNamed(int bytes) throws IOException {
        Path sae = Files.createDirectory(folder.resolve("sae"));
        Files.copy(SmallStudy.SAE.resolve(SaeFile.CONFIG), sae.resolve(SaeFile.CONFIG));
        byte[] weights = Files.readAllBytes(SmallStudy.SAE.resolve(SaeFile.WEIGHTS));
        Path cut = Files.write(sae.resolve(SaeFile.WEIGHTS), Arrays.copyOf(weights, bytes));
        study.with("file:" + SmallStudy.SAE, "file:sae");
        runIsRefused(cut, "the file is cut short or damaged: fetch it again");
    }

    @Test
    void anSaeOfAnotherWidthThanTheLayerIsRefused() throws IOException {
        var config = SaeConfig.topK(16, 32, 4, "toy", "blocks.3.hook_resid_post");
        SaeFile.write(folder.resolve("sae"), RandomSae.of(config, 1));
        study.with("file:" + SmallStudy.SAE, "file:sae");
        runIsRefused("all-minilm-l6-v2.onnx", "width 16", "width 384", "use the SAE that was trained on this model");
    }

    @Test
    void anSaeOfAnotherLayerThanTheStudysIsRefused() throws IOException {
        SaeFile.write(
                folder.resolve("sae"),
                RandomSae.of(SaeConfig.topK(Starter.WIDTH, 32, 4, "toy", "blocks.2.hook_resid_post"), 1));
        study.with("file:" + SmallStudy.SAE, "file:sae");
        runIsRefused("file:sae", "after block 2", "reads it after block 3", "write layer: 2");
    }

    @Test
    void anSaeThatNeedsAFactorAsksForIt() throws IOException {
        SaeFile.write(
                folder.resolve("sae"),
                RandomSae.of(SaeConfig.topK(Starter.WIDTH, 32, 4, "toy", "blocks.3.hook_resid_post"), 1));
        Path config = folder.resolve("sae").resolve(SaeFile.CONFIG);
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "\"normalize_activations\" : \"none\"",
                                "\"normalize_activations\" : \"expected_average_only_in\""));
        study.with("file:" + SmallStudy.SAE, "file:sae");
        runIsRefused(config, "field normalize_activations", "lens.sae.scaling_factor");
        study.with("sae: file:sae", "sae: {source: 'file:sae', scaling_factor: 2.5}");
        Called good = study.run();
        assertThat(good.code()).as(good.err()).isZero();
        assertThat(study.out.resolve("run.json")).content().contains("2.5, from the study, folded into the weights");
        assertThat(study.out.resolve("lens/sae").resolve(SaeFile.CONFIG))
                .content()
                .contains("\"normalize_activations\" : \"none\"");
    }

    @Test
    void resultsOfAnotherLengthThanTheBenchmarkAreRefused() throws IOException {
        Files.writeString(study.log, "[1, 0]");
        runIsRefused("model 'logged'", "benchmark 'facts'", study.log, "2 scores", "3 items");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, NaN, 0]    | element 1    | NaN",
                "[1, 0, 1.5]    | element 2    | 1.5",
                "[-0.25, 0, 1]  | element 0    | -0.25",
                "[1, 0,         | line 1       | not JSON",
            })
    void aBadNumberInAnArrayOfResultsIsNamed(String array, String place, String complaint) throws IOException {
        Files.writeString(study.log, array);
        runIsRefused("model 'logged'", "benchmark 'facts'", study.log, place, complaint, "in [0, 1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"item\": \"ice\", \"score\": \"NaN\"} | ::DOUBLE | the score is NaN | use null",
                "{\"item\": \"ice\", \"score\": 100}     |          | the score is 100 | scale scores to [0, 1]",
            })
    void aBadScoreFromSqlIsNamed(String row, String cast, String complaint, String remedy) throws IOException {
        Files.writeString(study.log, row);
        String sql = "SELECT item, score" + (cast == null ? "" : cast) + " AS score FROM read_json(getvariable('log'))";
        study.with("format: array", "sql: \"" + sql + "\"");
        runIsRefused("model 'logged'", "benchmark 'facts'", study.log + ", row 1, item 'ice'", complaint, remedy);
    }

    @Test
    void anIdThatStandsTwiceIsNamed() throws IOException {
        Files.writeString(
                study.items,
                SmallStudy.ITEMS + SmallStudy.ITEMS.lines().findFirst().orElseThrow());
        runIsRefused(study.file, "benchmark facts", "row 4, item 'ice'", "row 1 already", "give every item an id");
    }

    @Test
    void aBenchmarkThatStandsTwiceIsNamed() throws IOException {
        study.with(
                "models:",
                "  - {id: facts, scope: Again., files: {items: 'file:items.jsonl'}, sql: 'SELECT 1'}\nmodels:");
        runIsRefused(study.file, "benchmarks", "the id 'facts' stands 2 times");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FROM read_json(getvariable('items')) WHERE answer > 5          | the sql yields no rows",
                "SELECT item, '' AS question FROM read_json(getvariable('items')) | row 1, item 'ice': the question is empty",
            })
    void anEmptyBenchmarkIsNamed(String sql, String complaint) throws IOException {
        study.withSql(sql);
        runIsRefused(study.file, "benchmark facts", complaint);
    }

    @Test
    void anEmptyFileIsNoBenchmark() throws IOException {
        Files.writeString(study.items, "");
        runIsRefused(study.file, "benchmark facts");
    }

    @Test
    void textThatIsNotUtf8IsNamedWithItsLine() throws IOException {
        Files.write(study.items, SmallStudy.ITEMS.replace("two", "zw\u00f6lf").getBytes(ISO_8859_1));
        runIsRefused(study.file, "benchmark facts", study.items + ", line 2 is not UTF-8");
    }

    @Test
    void aPromptOfOneMegabyteIsCutOffAndSaidToBe() throws IOException {
        String megabyte =
                "Which of these is a very long question? ".repeat(1 << 20 >> 5).substring(0, 1 << 20);
        Files.writeString(study.items, SmallStudy.ITEMS.replace("How much is two and three?", megabyte));
        study.with(
                "    logs:",
                "    answers: {model: '%s', tokenizer: '%s', pooling: mean}\n    logs:"
                        .formatted(SmallStudy.MODEL, SmallStudy.TOKENIZER));
        Called run = study.run();
        assertThat(run.code()).as(run.err()).isZero();
        var done = new RunFolder(study.out);
        assertThat(RunFolder.DATAPOINTS.read(done.datapoints()))
                .extracting(RunFolder.Item::truncated)
                .containsExactly(false, true, false);
        assertThat(Files.readString(done.provenance())).contains("\"prompts cut off there\" : \"1 of 3\"");
        assertThat(RunFolder.DATAPOINTS.read(done.datapoints()).get(1).question())
                .isEqualTo(megabyte);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 'x' AS item, content AS question FROM read_text('/etc/passwd') | reaches outside its files",
                "SELECT 'x' AS item, column0 AS question FROM '/etc/passwd'            | the sql",
                "SELECT file AS item, 'x' AS question FROM glob('/etc/*')              | reaches outside its files",
                "SELECT 'x' AS item, content AS question FROM read_text('FOLDER/log.json') | reaches outside its files",
                "ATTACH 'FOLDER/stolen.db' AS other                                    | not a SELECT",
                "COPY (SELECT 1) TO 'FOLDER/stolen.csv'                                | not a SELECT",
                "INSTALL httpfs                                                        | not a SELECT",
                "LOAD httpfs                                                           | not a SELECT",
                "SET enable_external_access = true                                     | not a SELECT",
                "SELECT 1 AS item, 'x' AS question; COPY (SELECT 1) TO 'FOLDER/stolen.csv' | not a SELECT",
            })
    void sqlReachesNothingButItsFiles(String sql, String complaint) throws IOException {
        study.withSql(sql.replace("FOLDER", folder.toString()));
        Called called = runIsRefused(study.file, "benchmark facts", complaint);
        assertThat(called.err()).doesNotContain("root:");
        assertThat(folder.resolve("stolen.db")).doesNotExist();
        assertThat(folder.resolve("stolen.csv")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "/proc"})
    void aFolderThatCannotBeWrittenIsNamed(String place) throws IOException {
        Path out = folder.resolve(place).resolve("run");
        Files.writeString(folder.resolve("file"), "not a folder");
        assumeThat(Path.of("/proc")).isDirectory();
        Called.gapx("study", "run", study.file, "--out", out).refused(out, "cannot be written", "--out");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileInThePlaceOfTheRunFolderIsNamed() throws IOException {
        Files.writeString(study.out, "not a folder");
        runIsRefused(study.out, "a file is in the way", "--out");
    }

    @Test
    void aFinishedRunOutlivesABadChange() throws IOException {
        Called good = study.run();
        assertThat(good.code()).as(good.err()).isZero();
        String finished = Files.readString(study.out.resolve("run.json"));
        Files.writeString(study.items, SmallStudy.ITEMS + SmallStudy.ITEMS);
        study.run().refused("row 4, item 'ice'");
        assertThat(study.out.resolve("run.json")).hasContent(finished);
        assertThat(RunFolder.DATAPOINTS.read(new RunFolder(study.out).datapoints()))
                .hasSize(3);
    }

    @Test
    void aFullDiskIsToldAndLeavesNothingHalfWritten() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a file that is always full").exists();
        Files.createDirectory(study.out);
        Files.createSymbolicLink(study.out.resolve("steps.json.partial"), full);
        runIsRefused(study.out.resolve("steps.json"), "No space left on device", "free some space");
    }

    @Test
    void aFullFileSystemIsToldAndLeavesNothingHalfWritten() throws IOException, InterruptedException {
        try (var small = SmallDisk.mount(folder.resolve("disk"), "64k")) {
            Path out = small.folder().resolve("run");
            Called.gapx("study", "run", study.file, "--out", out).refused(out, "cannot be written", "free some space");
            assertThat(out.resolve("run.json")).doesNotExist();
            assertThat(halfWritten(out)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo"})
    void aPortInUseIsNamedBeforeAnyWorkIsDone(String command) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Called.gapx(command, "--port", port).refused("--port " + port, "in use", "choose another");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "70000"})
    void aPortThatIsNoneIsNamed(String port) {
        Called.gapx("serve", "--port=" + port).refused("--port " + port, "is not a port", "1 to 65535");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "studie                     | studie",
                "demo --prot 8081           | --prot",
                "serve --port eighty        | is not an int",
                "study run                  | FILE",
                "study                      | subcommand",
                "study run x.yaml --out     | --out",
                "study run x --models some  | some",
                "snapshot verify a b        | b",
            })
    void whatIsNoCommandIsToldInOneLine(String words, String complaint) {
        Called.gapx((Object[]) words.split(" ")).misunderstood(complaint, "--help");
    }

    @Test
    void aGraphicsCardThatIsNotThereIsSaid() {
        Called.gapx("study", "run", study.file, "--out", study.out, "--device", "cuda")
                .refused("device cuda", "cannot use a CUDA GPU here", "-Pcuda", "use the device cpu");
        assertThat(study.out.resolve("run.json")).doesNotExist();
    }

    @Test
    void aDeviceThatIsNoneIsNamed() {
        Called.gapx("study", "run", study.file, "--out", study.out, "--device", "tpu")
                .refused("tpu", "cpu");
    }
}
