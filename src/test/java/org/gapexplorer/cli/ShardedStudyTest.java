package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study extracted by shards, from the command line, against the same study run in one go. */
class ShardedStudyTest {
    /** Three parts. */
    private static final int ITEMS = 600;

    private static final String[] WORDS =
            "ice water steam seven market quiet engine blue winter doctor Monday number lemon".split(" ");

    @TempDir
    Path folder;

    @Test
    void whatIsMergedIsWhatOneProcessWrites() throws IOException {
        SmallStudy study = study();
        Path merged = folder.resolve("merged");
        Object[] out = {"--out", merged};
        assertThat(study.run().code()).isZero();

        call("extract", "merge", study.file, out).refused("shards", "no shard has begun", "--wait");
        assertThat(call("extract", study.file, "--shard", "2/2", out).out()).contains("Shard 2/2 is done");
        call("extract", "merge", study.file, out).refused("1/2 (not begun)");
        assertThat(call("extract", study.file, "--shard", "1/2", out).code()).isZero();
        assertThat(call("extract", "merge", study.file, out).out()).contains("all shards are merged");
        assertThat(call("extract", "merge", study.file, out).out()).contains("merged already");
        assertThat(call("extract", study.file, "--shard", "1/2", out).out()).contains("merged already");
        assertThat(merged.resolve("run.json")).doesNotExist();
        assertThat(call("study", "run", study.file, out).code()).isZero();

        Map<String, byte[]> expected = files(study.out);
        Map<String, byte[]> actual = files(merged);
        assertThat(actual.keySet()).isEqualTo(expected.keySet()).contains("saliency/part-00002.parquet");
        expected.forEach((name, bytes) -> {
            if (!name.equals("run.json") && !name.equals("steps.json")) {
                assertThat(actual.get(name)).as(name).isEqualTo(bytes);
            }
        });
        assertThat(provenance(merged)).isEqualTo(provenance(study.out));
    }

    @Test
    void whatWasExtractedOnAnotherDeviceNeedNotBeReadAgain() throws IOException {
        SmallStudy study = new SmallStudy(folder);
        assertThat(study.run().code()).isZero();
        Map<String, byte[]> before = files(study.out);
        // this machine may have no GPU: whatever tried to use one would fail
        Called again = call("study", "run", study.file, "--out", study.out, "--device", "cuda");
        assertThat(again.code()).as(again.err()).isZero();
        Map<String, byte[]> after = files(study.out);
        after.forEach((name, bytes) -> {
            if (!name.equals("steps.json")) {
                assertThat(bytes).as(name).isEqualTo(before.get(name));
            }
        });
    }

    @Test
    void aStudyThatHasChangedIsExtractedAnew() throws IOException {
        SmallStudy study = new SmallStudy(folder);
        Object[] out = {"--out", study.out};
        assertThat(call("extract", study.file, "--shard", "1/1", out).code()).isZero();
        study.with("max_tokens: 64", "max_tokens: 32");
        call("extract", "merge", study.file, out).refused("no shard has begun", "lie there too (");
        assertThat(call("extract", study.file, out).code()).isZero();
        assertThat(call("extract", "merge", study.file, out).code()).isZero();
        study.with("max_tokens: 32", "max_tokens: 64");
        call("extract", study.file, out);
        assertThat(call("extract", "merge", study.file, out).out()).contains("all shards are merged");
    }

    @Test
    void wordsThatMeanNoShardAreRefused() {
        Path anywhere = folder.resolve("study.yaml");
        call("extract", anywhere, "--shard", "5/4").refused("--shard 5/4", "shard 5 of 4");
        call("extract", anywhere, "--shard", "index/4").refused("JOB_COMPLETION_INDEX");
        call("extract").misunderstood("FILE");
        call("extract", "merge").misunderstood("FILE");
    }

    private static Called call(Object... words) {
        return Called.gapx(Stream.of(words)
                .flatMap(word -> word instanceof Object[] several ? Stream.of(several) : Stream.of(word))
                .toArray());
    }

    private SmallStudy study() throws IOException {
        var study = new SmallStudy(folder);
        var random = new Random(3);
        Files.writeString(
                study.items,
                IntStream.range(0, ITEMS)
                        .mapToObj(i ->
                                "{\"item\": \"i%d\", \"question\": \"%s?\", \"choices\": [\"a\", \"b\"], \"answer\": 0}"
                                        .formatted(
                                                i,
                                                random.ints(1 + i % 15, 0, WORDS.length)
                                                        .mapToObj(word -> WORDS[word])
                                                        .collect(Collectors.joining(" "))))
                        .collect(Collectors.joining("\n")));
        Files.writeString(
                study.log,
                IntStream.range(0, ITEMS)
                        .mapToObj(i -> i % 3 == 0 ? "1" : "0")
                        .collect(Collectors.joining(",", "[", "]")));
        return study;
    }

    private static Map<String, byte[]> files(Path run) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(run)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(run.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }

    /** What the run says of itself, but for when and how fast. */
    private static ObjectNode provenance(Path run) throws IOException {
        var provenance =
                (ObjectNode) new ObjectMapper().readTree(run.resolve("run.json").toFile());
        assertThat(provenance.remove("ran")).isNotNull();
        assertThat(provenance.remove("speed")).isNotNull();
        return provenance;
    }
}
