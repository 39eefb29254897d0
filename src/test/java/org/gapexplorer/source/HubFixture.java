package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real server on this machine that behaves as the hub does, and a cache that it fills. */
abstract class HubFixture {
    static final byte[] WEIGHTS = new byte[3_000_000];
    static final byte[] CONFIG = "{\"d_in\": 4}".getBytes(UTF_8);

    static {
        new Random(1).nextBytes(WEIGHTS);
    }

    @TempDir
    Path folder;

    HubServer server;
    Path hubCache;
    String commit;

    @BeforeEach
    void start() throws IOException {
        server = new HubServer();
        hubCache = folder.resolve("hub");
        commit = server.add(
                "models/acme/tiny",
                Map.of("sae/cfg.json", CONFIG, "README.md", new byte[0], "onnx/a b.json", CONFIG),
                Map.of("sae/weights.safetensors", WEIGHTS, "onnx/model.onnx", CONFIG, "onnx/model.onnx_data", WEIGHTS),
                false);
        server.add("models/acme/gated", Map.of("cfg.json", CONFIG), Map.of("w.bin", WEIGHTS), true);
        server.add("datasets/acme/items", Map.of("test.jsonl", CONFIG), Map.of(), false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Sources sources(Map<String, String> environment) {
        return sources(environment, Mirror.NONE);
    }

    Sources sources(Map<String, String> environment, Mirror mirror) {
        var all = new java.util.HashMap<>(
                Map.of("HF_ENDPOINT", server.endpoint().toString(), "HF_HUB_CACHE", hubCache.toString()));
        all.putAll(environment);
        HubSettings hub = HubSettings.of(all, folder.resolve("home"));
        var quick = new Http.Settings(
                hub.schemes(), hub.endpoint(), hub.token(), 3, Duration.ofMillis(10), Duration.ofMillis(800));
        return new Sources(
                folder,
                folder.resolve("cache"),
                mirror,
                new MavenRepository(folder),
                new Download(new Http(quick)),
                new Hub(hub, new Http(quick)));
    }

    Path fetch(String uri) {
        return fetch(uri, Map.of());
    }

    Path fetch(String uri, Map<String, String> environment) {
        return sources(environment).fetch(new SourceRef(uri, null), Progress.SILENT);
    }

    static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain(HubServer.TOKEN);
    }

    /** Every file and link below the cache of a repository, but not the locks. */
    List<String> kept() throws IOException {
        try (Stream<Path> files = Files.walk(hubCache)) {
            return files.filter(f -> !Files.isDirectory(f))
                    .map(f -> hubCache.relativize(f).toString())
                    .filter(f -> !f.startsWith(".locks"))
                    .sorted()
                    .toList();
        }
    }
}
