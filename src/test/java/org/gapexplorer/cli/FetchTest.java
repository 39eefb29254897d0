package org.gapexplorer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.source.HubServer;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gapx fetch} as a process of its own, against a hub on this machine. */
class FetchTest {
    private static final byte[] WEIGHTS = new byte[3_000_000];

    static {
        new Random(1).nextBytes(WEIGHTS);
    }

    @TempDir
    Path folder;

    private HubServer server;
    private SmallStudy study;
    private String commit;

    @BeforeEach
    void start() throws IOException {
        server = new HubServer();
        commit = server.add("models/acme/tiny", Map.of("README.md", new byte[0]), Map.of("w.bin", WEIGHTS), false);
        server.add("datasets/acme/items", Map.of("items.jsonl", SmallStudy.ITEMS.getBytes(UTF_8)), Map.of(), false);
        server.add("models/acme/gated", Map.of(), Map.of("w.bin", WEIGHTS), true);
        study = new SmallStudy(folder)
                .with("file:items.jsonl", "hf:datasets/acme/items@main/items.jsonl")
                .with("  max_tokens", "  labels: hf:acme/tiny@main/w.bin\n  max_tokens");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path hubCache() {
        return folder.resolve("hf/hub");
    }

    private Process gapx(Map<String, String> environment, String... words) throws IOException {
        var all = new ArrayList<>(List.of("fetch", study.file.toString()));
        all.addAll(List.of(words));
        return process(environment, all);
    }

    private Process process(Map<String, String> environment, List<String> words) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String repository = "-Dmaven.repo.local=" + System.getProperty("maven.repo.local");
        var command = Stream.concat(Stream.of(java, repository, Main.class.getName()), words.stream())
                .toList();
        var builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "HF_ENDPOINT", server.endpoint().toString(),
                        "HF_HOME", folder.resolve("hf").toString(),
                        "XDG_CACHE_HOME", folder.resolve("caches").toString(),
                        // not with -cp: ONNX Runtime does not stand long command lines, see the launcher
                        "CLASSPATH", path));
        builder.environment().remove("HF_HUB_CACHE");
        builder.environment().putAll(environment);
        return builder.redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private Called called(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        Process process = gapx(environment, words);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Called(process.exitValue(), Files.readString(folder.resolve("out.txt")), err());
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    private List<String> kept() throws IOException {
        if (!Files.exists(hubCache())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(hubCache())) {
            return files.filter(f -> !Files.isDirectory(f))
                    .map(f -> f.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void aDryRunListsWithSizesAndFetchesNothing() throws IOException, InterruptedException {
        Called dry = called(Map.of(), "--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("3.0 MB       3.0 MB  network  hf:acme/tiny@main/w.bin")
                .contains("-  maven    " + SmallStudy.MODEL)
                .contains("-  here     file:" + SmallStudy.SAE)
                .contains("network  hf:datasets/acme/items@main/items.jsonl")
                .containsPattern("MB       3.0 MB +in all, 6 sources");
        assertThat(server.requests()).allMatch(r -> r.startsWith("HEAD "));
        assertThat(kept()).doesNotContain("w.bin", "items.jsonl");
    }

    @Test
    void aKilledFetchLeavesNothingHalfUnderAFinalNameAndGoesOnWhereItWas() throws Exception {
        server.rate(600_000);
        Process process = gapx(Map.of());
        String sha256 = HubServer.sha("SHA-256", WEIGHTS);
        Path blob = hubCache().resolve("models--acme--tiny/blobs").resolve(sha256);
        Path partial = blob.resolveSibling(sha256 + ".gapx.incomplete");
        for (int i = 0; i < 600 && (!Files.exists(partial) || Files.size(partial) < 500_000); i++) {
            Thread.sleep(50);
        }
        process.destroyForcibly().waitFor();
        assertThat(Files.size(partial)).as(err()).isBetween(500_000L, WEIGHTS.length - 1L);
        assertThat(kept()).doesNotContain(sha256, "w.bin");

        server.rate(0);
        Called again = called(Map.of());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("Everything is here");
        assertThat(again.err()).containsPattern("fetching +\\S+ \\S+ of \\S+ .B");
        assertThat(server.requests())
                .filteredOn(r -> r.startsWith("GET cdn"))
                .last()
                .asString()
                .containsPattern("range=bytes=[1-9]\\d{5,}-");
        assertThat(hubCache().resolve("models--acme--tiny/snapshots/" + commit + "/w.bin"))
                .hasBinaryContent(WEIGHTS);
        assertThat(partial).doesNotExist();

        int before = server.requests().size();
        Called offline = called(Map.of("HF_HUB_OFFLINE", "1"));
        assertThat(offline.code()).as(offline.err()).isZero();
        assertThat(server.requests()).hasSize(before);
    }

    /** The starter lens, as if its model, tokenizer and SAE stood on the hub. */
    @Test
    void aStudyWhoseLensIsOnTheHubRunsFromTheCacheAloneOnceFetched() throws Exception {
        var model = new TreeMap<String, byte[]>();
        var sources = new Sources(folder, folder.resolve("jars"), null);
        for (String part : List.of(SmallStudy.MODEL, SmallStudy.TOKENIZER)) {
            byte[] bytes = Files.readAllBytes(sources.fetch(new SourceRef(part, null), Progress.SILENT));
            model.put(part.endsWith(".onnx") ? "onnx/model.onnx" : "tokenizer.json", bytes);
        }
        for (String name : List.of("cfg.json", "sae_weights.safetensors")) {
            model.put("sae/l3/" + name, Files.readAllBytes(SmallStudy.SAE.resolve(name)));
        }
        String lens = "hf:acme/all-MiniLM-L6-v2@" + server.add("models/acme/all-MiniLM-L6-v2", Map.of(), model, false);
        study = new SmallStudy(Files.createDirectory(folder.resolve("lens")))
                .with("file:items.jsonl", "hf:datasets/acme/items@main/items.jsonl")
                .with(SmallStudy.MODEL, lens + "/onnx/model.onnx")
                .with(SmallStudy.TOKENIZER, lens + "/tokenizer.json")
                .with("file:" + SmallStudy.SAE, lens + "/sae/l3/");
        Called fetched = called(Map.of());
        assertThat(fetched.code()).as(fetched.err()).isZero();
        server.stopNow();

        Process run = process(
                Map.of("HF_HUB_OFFLINE", "1"),
                List.of("study", "run", study.file.toString(), "--out", study.out.toString()));
        assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(err()).isZero();
        // the lens is the same as from the Maven repository: so is what it sees
        SmallStudy local = new SmallStudy(Files.createDirectory(folder.resolve("local")));
        assertThat(local.run().code()).isZero();
        assertThat(RunFolder.COVERAGE.read(new RunFolder(study.out).coverage()))
                .isNotEmpty()
                .isEqualTo(RunFolder.COVERAGE.read(new RunFolder(local.out).coverage()));
    }

    @Test
    void whatCannotBeHadIsToldBeforeAnythingIsFetched() throws IOException, InterruptedException {
        study.with("hf:acme/tiny@main/w.bin", "hf:acme/gated@main/w.bin");
        Called refused = called(Map.of());
        assertThat(refused.code()).isEqualTo(Main.PROBLEM);
        assertThat(refused.err())
                .contains("gapx: hf:acme/gated@main/w.bin: localhost answered 401")
                .contains("set HF_TOKEN")
                .doesNotContain("Exception", "\tat ");
        study.with("hf:datasets/acme/items@main/items.jsonl", "file:none.jsonl");
        Called both = called(Map.of("HF_TOKEN", "hf_wrong"));
        assertThat(both.err())
                .contains("2 sources cannot be had", "file:none.jsonl", "your token is not on its list")
                .doesNotContain("hf_wrong");
        assertThat(kept()).doesNotContain("w.bin", "items.jsonl");
        study.with("hf:acme/gated@main/w.bin", "hf:acme/tiny@main/w.bin");
        Called most = called(Map.of(), "--keep-going");
        assertThat(most.code()).isEqualTo(Main.PROBLEM);
        assertThat(most.err()).contains("gapx: file:none.jsonl");
        assertThat(kept()).contains("w.bin");
    }

    @Test
    void aDiskTooSmallIsToldBeforeAnythingIsFetched() throws Exception {
        try (var disk = SmallDisk.mount(folder.resolve("disk"), "1m")) {
            Called full = called(Map.of("HF_HOME", disk.folder().toString()));
            assertThat(full.code()).isEqualTo(Main.PROBLEM);
            assertThat(full.err())
                    .contains("gapx: " + study.file + ": needs 3.0 MB, and only 1.0 MB are free")
                    .contains("HF_HOME");
            assertThat(server.requests()).noneMatch(r -> r.startsWith("GET cdn"));
        }
    }
}
