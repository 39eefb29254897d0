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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes, some of them killed, against one that was left in peace. */
class ShardsTest {
    private static final int OF = 8;
    private static final int KILLED = 128 + 9;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    static Path whole;

    @TempDir
    Path folder;

    private static Extraction.Result result;

    @BeforeAll
    static void readOnceInOneProcess() {
        result = Job.run(whole, Job.prompts(), "lens", Progress.SILENT);
    }

    private static void assertSameAsWhole(Path run, Extraction.Result merged) throws IOException {
        assertThat(merged.tokens()).isEqualTo(result.tokens());
        assertThat(merged.truncated()).isEqualTo(result.truncated());
        Map<String, byte[]> expected = files(whole.resolve("saliency"));
        Map<String, byte[]> actual = files(run.resolve("saliency"));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
        assertThat(run.resolve("shards")).doesNotExist();
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
        assertSameAsWhole(folder, Job.merge(folder, Job.prompts(), "lens", false));
        assertSameAsWhole(folder, Job.merge(folder, Job.prompts(), "lens", false));
    }

    @Test
    void aShardThatIsStartedAgainReadsOnlyWhatItHasNot() throws IOException {
        var shard = new Shard(2, 3);
        Job.shard(folder, Job.prompts(), "lens", shard);
        List<Path> parts = parts();
        assertThat(Job.shard(folder, Job.prompts(), "lens", shard).prompts()).isZero();
        Files.delete(parts.getLast());
        int again = Job.shard(folder, Job.prompts(), "lens", shard).prompts();
        assertThat(again).isPositive().isLessThan(40);
        assertThat(parts()).isEqualTo(parts);
        Extraction.Speed finer = Job.shard(folder, Job.prompts(), "lens", new Shard(5, 6));
        assertThat(finer.prompts())
                .as("shard 5 of 6 is half of shard 2 of 3, which is there")
                .isZero();
    }

    @Test
    void aMergeNamesTheShardsThatAreBehindAndLeavesTheRunAsItIs() throws IOException {
        assertThatThrownBy(() -> Job.merge(folder, Job.prompts(), "lens", false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no shard has begun");
        Job.shard(folder, Job.prompts(), "lens", new Shard(1, 4));
        Job.shard(folder, Job.prompts(), "lens", new Shard(3, 4));
        Files.delete(parts().getLast());
        Map<Path, Long> before = new TreeMap<>();
        for (Path part : parts()) {
            before.put(part, Files.getLastModifiedTime(part).toMillis());
        }
        assertThatThrownBy(() -> Job.merge(folder, Job.prompts(), "lens", false))
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
        Job.shard(folder, Job.prompts(), "another lens", new Shard(1, 1));
        Job.shard(folder, Job.prompts().subList(0, 50), "lens", new Shard(1, 1));
        assertThatThrownBy(() -> Job.merge(folder, Job.prompts(), "lens", false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no shard has begun")
                .hasMessageMatching(".*shards of other files, settings or another build lie there too "
                        + "\\([0-9a-f]{16}, [0-9a-f]{16}\\).*");
    }

    @Test
    void aPartWithAnotherPartsRowsOrBrokenBytesIsRefused() throws IOException {
        Job.shard(folder, Job.prompts(), "lens", new Shard(1, 1));
        List<Path> parts = parts();
        byte[] sound = Files.readAllBytes(parts.get(4));
        Files.copy(parts.get(7), parts.get(4), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Job.merge(folder, Job.prompts(), "lens", false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("part-00004.parquet: holds item ")
                .hasMessageContaining("--shard 1/1");
        Files.write(parts.get(4), java.util.Arrays.copyOf(sound, sound.length / 2));
        assertThatThrownBy(() -> Job.merge(folder, Job.prompts(), "lens", false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("part-00004.parquet: is damaged");
        assertThat(folder.resolve("saliency")).doesNotExist();
        Files.delete(parts.get(4));
        Job.shard(folder, Job.prompts(), "lens", new Shard(1, 1));
        assertSameAsWhole(folder, Job.merge(folder, Job.prompts(), "lens", false));
    }

    @Test
    void aMergeMayWaitForTheLastShard() throws Exception {
        Job.shard(folder, Job.prompts(), "lens", new Shard(1, 2));
        CompletableFuture<Extraction.Result> merged =
                CompletableFuture.supplyAsync(() -> Job.merge(folder, Job.prompts(), "lens", true));
        Job.shard(folder, Job.prompts(), "lens", new Shard(2, 2));
        assertSameAsWhole(folder, merged.get());
    }

    @Test
    void aMergeThatWasStoppedHalfwayIsFinishedByTheNext() throws IOException {
        Job.shard(folder, Job.prompts(), "lens", new Shard(1, 1));
        Path saliency = Files.createDirectories(folder.resolve("saliency"));
        Files.copy(whole.resolve("saliency/key"), saliency.resolve("key"));
        for (Path part : parts().subList(0, 5)) {
            Files.move(part, saliency.resolve(part.getFileName()));
        }
        assertSameAsWhole(folder, Job.merge(folder, Job.prompts(), "lens", false));
    }

    @Test
    void oneProcessTakesOverWhatShardsHaveRead() throws IOException {
        Job.shard(folder, Job.prompts(), "lens", new Shard(1, 2));
        Extraction.Result rest = Job.run(folder, Job.prompts(), "lens", Progress.SILENT);
        assertThat(rest.speed().prompts()).isPositive().isLessThan(Job.PROMPTS);
        Job.merge(folder, Job.prompts(), "lens", false);
        assertSameAsWhole(folder, rest);
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
