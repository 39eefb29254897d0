package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One cache for us and for huggingface_hub. What it leaves on the disk is recorded in {@code peers/hub/cache.txt}, written
 * by {@code src/test/peers/hub_cache.py} (huggingface_hub 2.4.0) against the server of this test; with GAPX_PEERS set to a
 * Python that has huggingface_hub, both are tried on each other, and the record is compared with what it does now.
 */
class HubPeerTest {
    private static final Path RECORD = Path.of("src/test/resources/peers/hub/cache.txt");
    private static final Path SCRIPT = Path.of("src/test/peers/hub_cache.py").toAbsolutePath();
    private static final byte[] WEIGHTS = new byte[300];
    private static final byte[] CONFIG = "{\"d_in\": 4}".getBytes(UTF_8);

    static {
        new Random(1).nextBytes(WEIGHTS);
    }

    @TempDir
    Path folder;

    private HubServer server;
    private Path cache;
    private String commit;

    @BeforeEach
    void start() throws IOException {
        server = new HubServer();
        cache = Files.createDirectory(folder.resolve("hub"));
        commit = server.add(
                "models/acme/tiny",
                Map.of("sae/cfg.json", CONFIG, "README.md", "# Tiny".getBytes(UTF_8)),
                Map.of("sae/weights.safetensors", WEIGHTS),
                false);
        server.add("datasets/acme/items", Map.of("test.jsonl", CONFIG), Map.of(), false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Sources sources(boolean offline) {
        HubSettings hub = HubSettings.of(
                Map.of(
                        "HF_ENDPOINT",
                        server.endpoint().toString(),
                        "HF_HUB_CACHE",
                        cache.toString(),
                        "HF_HUB_OFFLINE",
                        offline ? "1" : "0"),
                folder);
        var http = new Http(Http.Settings.usual(hub.schemes(), hub));
        return new Sources(
                folder,
                folder.resolve("c"),
                Mirror.NONE,
                new MavenRepository(folder),
                new Download(http),
                new Hub(hub, http));
    }

    private Path fetch(String uri, boolean offline) {
        return sources(offline).fetch(new SourceRef(uri, null), Progress.SILENT);
    }

    private void fetchAll() {
        fetch("hf:acme/tiny@main/sae/weights.safetensors", false);
        fetch("hf:datasets/acme/items@main/test.jsonl", false);
        assertThatThrownBy(() -> fetch("hf:acme/tiny@main/none.json", false)).isInstanceOf(Problem.class);
        fetch("hf:acme/tiny@main/sae/", false);
    }

    private void findAll() {
        assertThat(fetch("hf:acme/tiny@" + commit + "/sae/weights.safetensors", false))
                .hasBinaryContent(WEIGHTS);
        assertThat(fetch("hf:acme/tiny@main/sae/weights.safetensors", true)).hasBinaryContent(WEIGHTS);
        assertThat(fetch("hf:datasets/acme/items@main/test.jsonl", true)).hasBinaryContent(CONFIG);
        assertThat(fetch("hf:acme/tiny@" + commit + "/sae/", false).resolve("cfg.json"))
                .hasBinaryContent(CONFIG);
        assertThatThrownBy(() -> fetch("hf:acme/tiny@" + commit + "/none.json", false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has no none.json");
    }

    /** What a reader of the cache depends on: every link with its target, every other file with its length. */
    private List<String> kept() throws IOException {
        var lines = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.filter(f -> !Files.isDirectory(f)).sorted().toList()) {
                String name = cache.relativize(file).toString();
                if (!name.startsWith(".locks") && !name.equals("CACHEDIR.TAG") && !name.contains("/trees/")) {
                    lines.add(
                            Files.isSymbolicLink(file)
                                    ? name + " -> " + Files.readSymbolicLink(file)
                                    : name + " " + Files.size(file));
                }
            }
        }
        return lines;
    }

    private String python(String... words) throws IOException, InterruptedException {
        String python = System.getenv("GAPX_PEERS");
        assumeThat(python).as("GAPX_PEERS names no Python with huggingface_hub").isNotBlank();
        var command = new ArrayList<>(List.of(python, SCRIPT.toString()));
        command.addAll(List.of(words));
        Path out = folder.resolve("python.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }

    @Test
    void weLeaveOnTheDiskWhatHuggingfaceHubLeaves() throws IOException {
        fetchAll();
        assertThat(kept()).isEqualTo(Files.readAllLines(RECORD));
    }

    @Test
    void whatHuggingfaceHubFetchedIsFoundWithoutARequest() throws IOException, InterruptedException {
        python("fetch", server.endpoint().toString(), cache.toString());
        if (System.getenv("GAPX_PEERS_RECORD") != null) {
            Files.write(RECORD, kept());
        }
        assertThat(kept()).isEqualTo(Files.readAllLines(RECORD));
        int before = server.requests().size();
        findAll();
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void huggingfaceHubFindsWhatWeFetchedWithLocalFilesOnly() throws IOException, InterruptedException {
        fetchAll();
        String found = python("find", cache.toString());
        assertThat(found.lines())
                .containsExactly(
                        cache + "/models--acme--tiny/snapshots/" + commit + "/sae/weights.safetensors",
                        fetch("hf:datasets/acme/items@main/test.jsonl", true).toString(),
                        "True",
                        cache + "/models--acme--tiny/snapshots/" + commit);
    }
}
