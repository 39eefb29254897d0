package org.gapexplorer.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.model.Starter;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes, some of them killed, against one that was left in peace. */
class ShardsTest {
    private static final int OF = 8;
    private static final int KILLED = 128 + 9;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Enough for ten parts. */
    private static final List<Prompt> FEW = Job.prompts().subList(0, 160);

    @TempDir
    static Path whole;

    @TempDir
    static Path wholeOfFew;

    @TempDir
    Path folder;

    private static TextTokenizer tokenizer;
    private static Lens lens;
    private static Extraction.Result result;
    private static Extraction.Result resultOfFew;

    @BeforeAll
    static void readOnceInOneProcess() {
        tokenizer = Starter.tokenizer();
        lens = Job.lens(tokenizer);
        result = extraction(whole).run(Job.prompts(), "lens");
        resultOfFew = extraction(wholeOfFew).run(FEW, "lens");
    }

    @AfterAll
    static void close() {
        lens.close();
        tokenizer.close();
    }

    private static Extraction extraction(Path run) {
        return Job.extraction(run, lens, Progress.SILENT);
    }

    private Extraction.Speed shard(int number, int of) {
        return extraction(folder).shard(FEW, "lens", new Shard(number, of));
    }

    private Extraction.Result merge() {
        return extraction(folder).merge(FEW, "lens", false, () -> {});
    }

    private void assertSameAsWholeOfFew(Extraction.Result merged) throws IOException {
        assertSame(wholeOfFew, resultOfFew, merged);
    }

    private void assertSame(Path reference, Extraction.Result expectedResult, Extraction.Result merged)
            throws IOException {
        assertThat(merged.tokens()).isEqualTo(expectedResult.tokens());
        assertThat(merged.truncated()).isEqualTo(expectedResult.truncated());
        Map<String, byte[]> expected = files(reference.resolve("saliency"));
        Map<String, byte[]> actual = files(folder.resolve("saliency"));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
        assertThat(folder.resolve("shards")).doesNotExist();
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("shards"))) {
            return files.filter(file -> !file.toString().contains("scratch"))
                    .filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList();
        }
    }

    /** A process that is started again whenever it was killed. */
    private final class Pod {
        private final String shard;
        private final Map<String, String> environment;
        private Process process;
        private int kills;

        Pod(String shard, Map<String, String> environment) throws IOException {
            this.shard = shard;
            this.environment = environment;
            start();
        }

        private void start() throws IOException {
            Path log = Files.createTempFile(folder, "log-", ".txt");
            process = Job.fork(log, environment, folder.toString(), shard);
        }

        /** SIGKILL: no shutdown hook, no finally. */
        void kill() throws Exception {
            process.destroyForcibly();
            if (process.waitFor() == KILLED) {
                kills++;
                start();
            }
        }

        void join() throws Exception {
            assertThat(process.waitFor()).as("shard %s; see log-*.txt", shard).isZero();
        }
    }

    @Test
    void eightProcessesSomeOfThemKilledComeToWhatOneComesTo() throws Exception {
        killSome(6, new Random(5), Duration.ofMillis(1_500));
    }

    @Test
    @Tag("long")
    void eightProcessesKilledAHundredTimesComeToWhatOneComesTo() throws Exception {
        killSome(100, new Random(), Duration.ofMillis(600));
    }

    /** Shards 1 to 8, shard 3 twice over as an operator's slip, and one of them numbered as Kubernetes does. */
    private void killSome(int rounds, Random random, Duration pause) throws Exception {
        List<Pod> pods = new ArrayList<>();
        for (int shard = 1; shard < OF; shard++) {
            pods.add(new Pod(shard + "/" + OF, Map.of()));
        }
        pods.add(new Pod("index/" + OF, Map.of("JOB_COMPLETION_INDEX", String.valueOf(OF - 1))));
        pods.add(new Pod("3/" + OF, Map.of()));
        Instant deadline = Instant.now().plus(PATIENCE);
        for (int round = 0; round < rounds && Instant.now().isBefore(deadline); round++) {
            Thread.sleep(random.nextLong(pause.toMillis()));
            pods.get(random.nextInt(pods.size())).kill();
        }
        for (Pod pod : pods) {
            pod.join();
        }
        int kills = pods.stream().mapToInt(pod -> pod.kills).sum();
        System.out.printf("%d of %d kills met a living process%n", kills, rounds);
        assertThat(kills).isPositive();
        for (int merge = 0; merge < 2; merge++) {
            assertSame(whole, result, extraction(folder).merge(Job.prompts(), "lens", false, () -> {}));
        }
    }

    @Test
    void aShardThatIsStartedAgainReadsOnlyWhatItHasNot() throws IOException {
        shard(2, 3);
        List<Path> parts = parts();
        assertThat(shard(2, 3).prompts()).isZero();
        Files.delete(parts.getLast());
        int again = shard(2, 3).prompts();
        assertThat(again).isPositive().isLessThan(40);
        assertThat(parts()).isEqualTo(parts);
        Extraction.Speed finer = shard(5, 6);
        assertThat(finer.prompts())
                .as("shard 5 of 6 is half of shard 2 of 3, which is there")
                .isZero();
    }

    @Test
    void aMergeNamesTheShardsThatAreBehindAndLeavesTheRunAsItIs() throws IOException {
        assertThatThrownBy(this::merge).isInstanceOf(Problem.class).hasMessageContaining("no shard has begun");
        shard(1, 4);
        shard(3, 4);
        Files.delete(parts().getLast());
        Map<Path, Long> before = new TreeMap<>();
        for (Path part : parts()) {
            before.put(part, Files.getLastModifiedTime(part).toMillis());
        }
        assertThatThrownBy(this::merge)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("parts are missing; behind are")
                .hasMessageContaining("2/4 (not begun)")
                .hasMessageMatching(".* [13]/4 \\(1 part\\).*")
                .hasMessageContaining("4/4 (not begun)");
        for (Map.Entry<Path, Long> part : before.entrySet()) {
            assertThat(Files.getLastModifiedTime(part.getKey()).toMillis()).isEqualTo(part.getValue());
        }
        assertThat(folder.resolve("saliency")).doesNotExist();
    }

    @Test
    void shardsOfAnotherLensOrOtherPromptsDoNotCount() {
        extraction(folder).shard(FEW, "another lens", new Shard(1, 1));
        extraction(folder).shard(FEW.subList(0, 50), "lens", new Shard(1, 1));
        assertThatThrownBy(this::merge)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no shard has begun")
                .hasMessageMatching(".*shards of other files, settings or another build lie there too "
                        + "\\([0-9a-f]{16}, [0-9a-f]{16}\\).*");
    }

    @Test
    void aPartWithAnotherPartsRowsOrBrokenBytesIsRefused() throws IOException {
        shard(1, 1);
        List<Path> parts = parts();
        byte[] sound = Files.readAllBytes(parts.get(4));
        Files.copy(parts.get(5), parts.get(4), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::merge)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("part-00004.parquet: holds item ")
                .hasMessageContaining("--shard 1/1");
        Files.write(parts.get(4), Arrays.copyOf(sound, sound.length / 2));
        assertThatThrownBy(this::merge)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("part-00004.parquet: is damaged");
        assertThat(folder.resolve("saliency")).doesNotExist();
        Files.delete(parts.get(4));
        shard(1, 1);
        assertSameAsWholeOfFew(merge());
    }

    @Test
    void aMergeMayWaitForTheLastShard() throws Exception {
        shard(1, 2);
        CompletableFuture<Extraction.Result> merged =
                CompletableFuture.supplyAsync(() -> extraction(folder).merge(FEW, "lens", true, () -> {}));
        shard(2, 2);
        assertSameAsWholeOfFew(merged.get());
    }

    @Test
    void aMergeThatWasStoppedHalfwayIsFinishedByTheNext() throws IOException {
        shard(1, 1);
        Path saliency = Files.createDirectories(folder.resolve("saliency"));
        Files.copy(wholeOfFew.resolve("saliency/key"), saliency.resolve("key"));
        for (Path part : parts().subList(0, 5)) {
            Files.move(part, saliency.resolve(part.getFileName()));
        }
        assertSameAsWholeOfFew(merge());
    }

    @Test
    void oneProcessTakesOverWhatShardsHaveRead() throws IOException {
        shard(1, 2);
        Extraction.Result rest = extraction(folder).run(FEW, "lens");
        assertThat(rest.speed().prompts()).isPositive().isLessThan(FEW.size());
        merge();
        assertSameAsWholeOfFew(rest);
    }

    @Test
    void aShardIsANumberOfACount() {
        assertThat(Shard.parse("3/16", Map.of())).isEqualTo(new Shard(3, 16));
        assertThat(Shard.parse("index/16", Map.of("JOB_COMPLETION_INDEX", "0"))).isEqualTo(new Shard(1, 16));
        assertThat(Shard.parse("index/16", Map.of("JOB_COMPLETION_INDEX", "15")))
                .isEqualTo(new Shard(16, 16));
        for (String wrong :
                List.of("0/16", "17/16", "3", "3/0", "-1/4", "3/16/2", "", "a/b", "3/9999999", "9999999/3")) {
            assertThatThrownBy(() -> Shard.parse(wrong, Map.of()))
                    .as(wrong)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("NUMBER/COUNT");
        }
        assertThatThrownBy(() -> Shard.parse("index/16", Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("JOB_COMPLETION_INDEX, which is not set");
        assertThatThrownBy(() -> Shard.parse("index/16", Map.of("JOB_COMPLETION_INDEX", "16")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("shard 17 of 16");
    }

    @Test
    void theShardsShareOutAllPartsEvenly() {
        for (int count : new int[] {0, 1, 7, 8, 9, 1_000}) {
            List<Integer> all = new ArrayList<>();
            for (int number = 1; number <= OF; number++) {
                List<Integer> mine = new Shard(number, OF).parts(count);
                assertThat(mine.size()).isBetween(count / OF, (count + OF - 1) / OF);
                all.addAll(mine);
            }
            assertThat(all).hasSize(count).doesNotHaveDuplicates();
        }
    }
}
