package org.gapexplorer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server on this machine. */
class DownloadTest {
    private static final byte[] BYTES = new byte[300_000];

    static {
        new Random(1).nextBytes(BYTES);
    }

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private Path cache;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        cache = folder.resolve("cache");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Answer {
        void to(HttpExchange exchange) throws Exception;
    }

    private void on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            calls.incrementAndGet();
            requests.add(exchange.getRequestURI() + " range="
                    + exchange.getRequestHeaders().getFirst("Range") + " token="
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            try (exchange) {
                answer.to(exchange);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }

    private static void whole(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, BYTES.length);
        exchange.getResponseBody().write(BYTES);
    }

    /** Announces everything and sends only the beginning. */
    private static void beginning(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, BYTES.length);
        exchange.getResponseBody().write(BYTES, 0, 100_000);
        exchange.getResponseBody().flush();
        throw new IOException("cut off on purpose");
    }

    private static void rest(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (BYTES.length - 1) + "/" + BYTES.length);
        exchange.sendResponseHeaders(206, BYTES.length - from);
        exchange.getResponseBody().write(BYTES, from, BYTES.length - from);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private Download download(int attempts) {
        return new Download(new Http(new Http.Settings(
                Set.of("http"),
                URI.create("http://" + authority()),
                "hub-token",
                attempts,
                Duration.ofMillis(10),
                Duration.ofMillis(400))));
    }

    private String authority() {
        return "localhost:" + server.getAddress().getPort();
    }

    private Path fetch(String path, String sha256, Progress progress) throws IOException {
        var source = new SourceRef("https://" + authority() + path, sha256);
        try {
            return CacheSlot.in(cache, source.uri(), "data.bin")
                    .fill(
                            source,
                            partial -> download(3).fetch(Download.Order.of(source, uri(path)), partial, progress));
        } catch (Http.Unreachable e) {
            throw e.problem();
        }
    }

    private URI uri(String path) {
        return URI.create("http://" + authority() + path);
    }

    private List<String> kept() throws IOException {
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (var files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFileIsFetchedOnceWithProgressAndThenReadFromTheCache() throws IOException {
        on("/ok", DownloadTest::whole);
        var steps = new ArrayList<Long>();
        Path file = fetch("/ok", Sha256.of(write(BYTES)), (what, done, total, unit) -> {
            assertThat(what).isEqualTo("ok");
            assertThat(unit).isEqualTo("bytes");
            assertThat(total).isEqualTo(BYTES.length);
            steps.add(done);
        });
        assertThat(file).hasBinaryContent(BYTES);
        assertThat(steps).isSorted().startsWith(0L).endsWith((long) BYTES.length);
        assertThat(fetch("/ok", Sha256.of(write(BYTES)), Progress.SILENT)).isEqualTo(file);
        assertThat(calls).hasValue(1);
        assertThat(kept()).containsExactly("data.bin");
    }

    @Test
    void aFileThatIsNotThereIsToldAtOnce() throws IOException {
        on("/gone", exchange -> exchange.sendResponseHeaders(404, -1));
        assertThatThrownBy(() -> fetch("/gone", null, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("/gone")
                .hasMessageContaining("answered 404");
        assertThat(calls).hasValue(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aCutConnectionIsResumedWhereItBroke() throws IOException {
        on("/cut", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            if (calls.get() == 1) {
                beginning(exchange);
            } else {
                assertThat(exchange.getRequestHeaders().getFirst("If-Range")).isEqualTo("\"v1\"");
                rest(exchange);
            }
        });
        assertThat(fetch("/cut", null, Progress.SILENT)).hasBinaryContent(BYTES);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0)).contains("range=null");
        assertThat(requests.get(1)).contains("range=bytes=").doesNotContain("bytes=0-");
        assertThat(kept()).containsExactly("data.bin");
    }

    @Test
    void aDownloadGoesOnInAnotherRun() throws IOException {
        String hash = Sha256.of(write(BYTES));
        on("/later", exchange -> {
            if (calls.get() <= 3) {
                if (calls.get() == 1) {
                    beginning(exchange);
                } else {
                    exchange.sendResponseHeaders(503, -1);
                }
            } else {
                rest(exchange);
            }
        });
        assertThatThrownBy(() -> fetch("/later", hash, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("answered 503, 3 tries");
        assertThat(kept()).containsExactly("data.bin.partial");
        assertThat(fetch("/later", hash, Progress.SILENT)).hasBinaryContent(BYTES);
        assertThat(requests.getLast()).contains("range=bytes=");
    }

    @Test
    void aResumedFileThatDoesNotFitTogetherIsFetchedFromTheStart() throws IOException {
        String hash = Sha256.of(write(BYTES));
        Path started = Files.createDirectories(cache.resolve(Sha256.of("https://" + authority() + "/mixed")));
        Files.write(started.resolve("data.bin.partial"), new byte[1000]);
        on("/mixed", exchange -> {
            if (exchange.getRequestHeaders().getFirst("Range") != null) {
                rest(exchange);
            } else {
                whole(exchange);
            }
        });
        assertThat(fetch("/mixed", hash, Progress.SILENT)).hasBinaryContent(BYTES);
        assertThat(requests.get(0)).contains("range=bytes=1000-");
        assertThat(requests.get(1)).contains("range=null");
    }

    @Test
    void aServerThatIgnoresTheRangeSendsItAllAgain() throws IOException {
        on("/whole", exchange -> {
            if (calls.get() == 1) {
                beginning(exchange);
            } else {
                whole(exchange);
            }
        });
        assertThat(fetch("/whole", Sha256.of(write(BYTES)), Progress.SILENT)).hasBinaryContent(BYTES);
    }

    @Test
    void aWrongHashIsToldWithBothHashesAndNothingIsKept() throws IOException {
        on("/changed", DownloadTest::whole);
        String expected = "0".repeat(64);
        String actual = Sha256.of(write(BYTES));
        assertThatThrownBy(() -> fetch("/changed", expected, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(expected)
                .hasMessageContaining(actual);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aDamagedCacheFileIsFetchedAgain() throws IOException {
        on("/again", DownloadTest::whole);
        String hash = Sha256.of(write(BYTES));
        Path file = fetch("/again", hash, Progress.SILENT);
        Files.write(file, Arrays.copyOf(BYTES, 10));
        assertThat(fetch("/again", hash, Progress.SILENT)).hasBinaryContent(BYTES);
    }

    @Test
    void redirectsAreFollowedButNotInCirclesAndNotToAnotherScheme() throws IOException {
        on("/ok", DownloadTest::whole);
        on("/moved", exchange -> redirect(exchange, "/ok"));
        on("/circle", exchange -> redirect(exchange, "/circle"));
        on("/down", exchange -> redirect(exchange, "ftp://localhost/x"));
        on("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
        assertThat(fetch("/moved", null, Progress.SILENT)).hasBinaryContent(BYTES);
        assertThatThrownBy(() -> fetch("/circle", null, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("without end");
        assertThatThrownBy(() -> fetch("/down", null, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("ftp://localhost, which is not http");
        assertThatThrownBy(() -> fetch("/file", null, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("which is not http");
    }

    @Test
    void theTokenGoesToTheHubAndNoFurther() throws IOException {
        on("/ok", DownloadTest::whole);
        String elsewhere = "http://127.0.0.1:" + server.getAddress().getPort() + "/ok";
        on("/model", exchange -> redirect(exchange, elsewhere));
        fetch("/model", null, Progress.SILENT);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0)).contains("token=Bearer hub-token");
        assertThat(requests.get(1)).contains("token=null");
    }

    @Test
    void aSlowServerIsWaitedForAsLongAsItSendsSomething() throws IOException {
        on("/slow", exchange -> {
            exchange.sendResponseHeaders(200, BYTES.length);
            for (int i = 0; i < 6; i++) {
                exchange.getResponseBody().write(BYTES, i * 50_000, 50_000);
                exchange.getResponseBody().flush();
                Thread.sleep(150);
            }
        });
        assertThat(fetch("/slow", null, Progress.SILENT)).hasBinaryContent(BYTES);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        on("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, BYTES.length);
            exchange.getResponseBody().write(BYTES, 0, 1000);
            exchange.getResponseBody().flush();
            Thread.sleep(5_000);
        });
        assertThatThrownBy(() -> fetch("/stalled", null, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("3 tries");
        on("/mute", exchange -> Thread.sleep(5_000));
        assertThatThrownBy(() -> fetch("/mute", null, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no answer from localhost");
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        server.stop(0);
        assertThatThrownBy(() -> fetch("/x", null, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no connection to localhost");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("original"), bytes);
    }
}
