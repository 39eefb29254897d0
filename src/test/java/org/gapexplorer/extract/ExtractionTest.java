package org.gapexplorer.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.Reading;
import org.gapexplorer.model.Starter;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionTest {
    @TempDir
    static Path whole;

    @TempDir
    Path folder;

    private static Extraction.Result result;
    private static final List<long[]> STEPS = new ArrayList<>();

    @BeforeAll
    static void runOnceWithoutInterruption() {
        Progress progress = (what, done, total, unit) -> STEPS.add(new long[] {done, total});
        result = Job.run(whole, Job.prompts(), "lens", progress);
    }

    /** File names and content of the shards and what lies beside them. */
    private static Map<String, byte[]> files(Path run) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(run.resolve("saliency"))) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static void assertSameFiles(Path run) throws IOException {
        Map<String, byte[]> expected = files(whole);
        Map<String, byte[]> actual = files(run);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
    }

    private static long shards(Path run) throws IOException {
        Path saliency = run.resolve("saliency");
        if (!Files.isDirectory(saliency)) {
            return 0;
        }
        try (Stream<Path> paths = Files.list(saliency)) {
            return paths.filter(path -> path.toString().endsWith(".parquet")).count();
        }
    }

    private Process fork() throws IOException {
        return Job.fork(folder.resolve("log.txt"), Map.of(), folder.toString());
    }

    @Test
    void aJobKilledAgainAndAgainEndsWithTheFilesOfAnUninterruptedOne() throws Exception {
        Map<Path, FileTime> finished = new HashMap<>();
        for (int kill = 0; kill < 3; kill++) {
            long before = shards(folder);
            Process process = fork();
            while (process.isAlive() && shards(folder) < before + 2 + kill) {
                Thread.sleep(1);
            }
            // SIGKILL: no shutdown hook, no finally
            process.destroyForcibly();
            assertThat(process.waitFor()).isEqualTo(128 + 9);
            for (Map.Entry<Path, FileTime> shard : finished.entrySet()) {
                assertThat(Files.getLastModifiedTime(shard.getKey()))
                        .as("%s is not written twice", shard.getKey())
                        .isEqualTo(shard.getValue());
            }
            try (Stream<Path> paths = Files.list(folder.resolve("saliency"))) {
                for (Path path :
                        paths.filter(p -> p.toString().endsWith(".parquet")).toList()) {
                    finished.put(path, Files.getLastModifiedTime(path));
                }
            }
        }
        assertThat(shards(folder)).isLessThan(shards(whole));
        Process last = fork();
        assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).isZero();
        assertSameFiles(folder);
    }

    @Test
    void aFinishedJobReadsNothingAgain() throws IOException {
        Job.run(folder, Job.prompts(), "lens", Progress.SILENT);
        Extraction.Result again = Job.run(folder, Job.prompts(), "lens", Progress.SILENT);
        assertThat(again.speed().prompts()).isZero();
        assertThat(again.speed().tokens()).isZero();
        assertThat(again.tokens()).isEqualTo(result.tokens());
        assertSameFiles(folder);
    }

    @Test
    void shardsOfAnotherLensOrOtherPromptsAreDiscarded() throws IOException {
        Job.run(folder, Job.prompts(), "another lens", Progress.SILENT);
        Files.createFile(folder.resolve("saliency").resolve("part-00099.parquet"));
        Extraction.Result second = Job.run(folder, Job.prompts(), "lens", Progress.SILENT);
        assertThat(second.speed().prompts()).isEqualTo(Job.PROMPTS);
        assertSameFiles(folder);

        Extraction.Result fewer = Job.run(folder, Job.prompts().subList(0, 50), "lens", Progress.SILENT);
        assertThat(fewer.speed().prompts()).isEqualTo(50);
        assertThat(RunFolder.SALIENCY.read(new RunFolder(folder).saliencyParts()))
                .extracting(RunFolder.Saliency::item)
                .doesNotContain("item 60");
    }

    @Test
    void theShardsHoldWhatTheLensReads() {
        List<Prompt> prompts = Job.prompts();
        Map<String, Map<Integer, RunFolder.Saliency>> rows = new HashMap<>();
        RunFolder.SALIENCY.forEach(
                new RunFolder(whole).saliencyParts(),
                row -> rows.computeIfAbsent(row.benchmark() + "/" + row.item(), key -> new TreeMap<>())
                        .put(row.concept(), row));
        assertThat(rows).hasSize(prompts.size());
        try (TextTokenizer tokenizer = Starter.tokenizer();
                Lens lens = Job.lens(tokenizer)) {
            for (int i = 0; i < prompts.size(); i += 23) {
                Prompt prompt = prompts.get(i);
                Reading alone = lens.read(List.of(new CountedText(prompt.text(), prompt.counted())))
                        .getFirst();
                assertThat(result.tokens()[i])
                        .isEqualTo(alone.tokens())
                        .isEqualTo(prompt.text().split(" ").length - 1);
                double sum = 0;
                for (RunFolder.Saliency row :
                        rows.get(prompt.benchmark() + "/" + prompt.item()).values()) {
                    assertThat(row.saliency()).isPositive().isLessThanOrEqualTo(row.peak() * 1.0001f);
                    sum += row.saliency();
                }
                double expected = 0;
                for (float value : alone.saliency()) {
                    expected += value;
                }
                assertThat(sum).isEqualTo(expected, Offset.offset(1e-4 * expected));
            }
        }
    }

    @Test
    void progressRunsFromNothingToAllTokens() {
        assertThat(STEPS.getFirst()[0]).isZero();
        assertThat(STEPS.getLast()[0])
                .isEqualTo(STEPS.getLast()[1])
                .isEqualTo(result.speed().tokens());
        assertThat(STEPS).isSortedAccordingTo((a, b) -> Long.compare(a[0], b[0]));
        assertThat(result.speed().graphSeconds())
                .isPositive()
                .isLessThan(result.speed().seconds());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("not-a-folder"), "");
        assertThatThrownBy(() -> Job.run(file, Job.prompts().subList(0, 2), "lens", Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("not-a-folder");
    }

    @Test
    void examplesPointAtTheTokensThatFire() {
        Prompt prompt = new Prompt("b", "i", "Question: is a 😀 lemon blue?", new int[] {10, 29});
        try (TextTokenizer tokenizer = Starter.tokenizer();
                Lens lens = Job.lens(tokenizer)) {
            Reading reading = lens.read(List.of(new CountedText(prompt.text(), prompt.counted())))
                    .getFirst();
            int[] wanted = new int[] {reading.concepts()[3], reading.concepts()[0]};
            List<RunFolder.Example> examples = Examples.of(
                    lens,
                    List.of(
                            new Examples.Wanted(
                                    new Prompt("b", "other", "river", null), new int[] {reading.concepts()[1]}),
                            new Examples.Wanted(prompt, wanted)),
                    Progress.SILENT);
            List<RunFolder.Example> ours =
                    examples.stream().filter(e -> e.item().equals("i")).toList();
            assertThat(ours).extracting(RunFolder.Example::concept).containsExactly(wanted[0], wanted[1]);
            for (int i = 0; i < 2; i++) {
                RunFolder.Example example = ours.get(i);
                double sum = 0;
                for (int s = 0; s < example.activations().length; s++) {
                    assertThat(example.spans()[2 * s]).isGreaterThanOrEqualTo(10);
                    assertThat(prompt.text().substring(example.spans()[2 * s], example.spans()[2 * s + 1]))
                            .isIn("is", "a", "😀", "lemon", "blue", "?");
                    sum += example.activations()[s];
                }
                float saliency = reading.saliency()[i == 0 ? 3 : 0];
                assertThat(sum / reading.tokens()).isEqualTo(saliency, Offset.offset(1e-4 * saliency));
            }
        }
    }
}
