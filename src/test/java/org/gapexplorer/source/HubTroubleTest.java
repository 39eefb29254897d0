package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lines that break, hubs that are busy, moved, wrong or hostile. */
class HubTroubleTest extends HubFixture {
    /** Sends the head of an answer and so many bytes, then breaks off. */
    private static boolean cut(HttpExchange exchange, int bytes) throws IOException {
        if (exchange.getRequestMethod().equals("GET")
                && exchange.getRequestHeaders().getFirst("Range") == null) {
            exchange.sendResponseHeaders(200, WEIGHTS.length);
            exchange.getResponseBody().write(WEIGHTS, 0, bytes);
            exchange.getResponseBody().flush();
            throw new IOException("cut off on purpose");
        }
        return false;
    }

    @Test
    void aCutDownloadGoesOnWithARangeAtTheCdnAndIsCheckedAsAWhole() {
        server.atCdn(exchange -> cut(exchange, 2_000_000));
        assertThat(fetch("hf:acme/tiny@main/sae/weights.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(server.requests().getLast()).contains("cdn").containsPattern("range=bytes=[1-9]\\d*-");
    }

    @Test
    void aLineThatBreaksAgainAndAgainIsFollowedAsLongAsItBringsSomething() {
        byte[] large = new byte[8_000_000];
        new Random(2).nextBytes(large);
        server.add("models/acme/large", Map.of(), Map.of("w.bin", large), false);
        server.atCdn(exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (large.length - from <= 1_500_000) {
                return false;
            }
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (large.length - 1) + "/" + large.length);
            exchange.sendResponseHeaders(range == null ? 200 : 206, large.length - from);
            exchange.getResponseBody().write(large, from, 1_500_000);
            exchange.getResponseBody().flush();
            throw new IOException("cut off on purpose");
        });
        assertThat(fetch("hf:acme/large@main/w.bin")).hasBinaryContent(large);
        assertThat(server.requests()).filteredOn(r -> r.contains(" cdn ")).hasSizeGreaterThan(3);
    }

    @Test
    void twoWhoWantTheSameFileFetchItOnce() throws Exception {
        server.rate(6_000_000);
        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var calls = java.util.stream.IntStream.range(0, 2)
                    .mapToObj(i -> threads.submit(() -> fetch("hf:acme/tiny@main/sae/weights.safetensors")))
                    .toList();
            for (var call : calls) {
                assertThat(call.get()).hasBinaryContent(WEIGHTS);
            }
        }
        assertThat(server.requests()).filteredOn(r -> r.contains(" cdn ")).hasSize(1);
    }

    @Test
    void aRepositoryThatMovedIsFollowedOnTheHubWithTheToken() {
        server.atHub(exchange -> {
            String there = exchange.getRequestURI().toString();
            if (!there.startsWith("/old/")) {
                return false;
            }
            exchange.getResponseHeaders().set("Location", there.replace("/old/name/", "/acme/gated/"));
            exchange.sendResponseHeaders(307, -1);
            return true;
        });
        assertThat(fetch("hf:old/name@main/w.bin", Map.of("HF_TOKEN", HubServer.TOKEN)))
                .hasBinaryContent(WEIGHTS);
        assertThat(server.requests()).filteredOn(r -> r.contains(" cdn ")).allMatch(r -> r.endsWith("token=null"));
    }

    @Test
    void bytesThatAreNotTheHubsAreThrownAwayAndTold() throws IOException {
        server.atCdn(exchange -> {
            byte[] wrong = WEIGHTS.clone();
            wrong[1_000_000]++;
            exchange.sendResponseHeaders(200, wrong.length);
            exchange.getResponseBody().write(wrong);
            return true;
        });
        refused(
                () -> fetch("hf:acme/tiny@main/sae/weights.safetensors"),
                "came with hash ",
                "the hub says " + HubServer.sha("SHA-256", WEIGHTS));
        assertThat(kept()).containsExactly("models--acme--tiny/refs/main");
    }

    @Test
    void aSmallFileIsCheckedToo() throws IOException {
        server.atHub(exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                return false;
            }
            exchange.sendResponseHeaders(200, CONFIG.length);
            exchange.getResponseBody().write("{\"d_in\": 5}".getBytes(UTF_8));
            return true;
        });
        refused(
                () -> fetch("hf:acme/tiny@main/sae/cfg.json"),
                "came with hash ",
                "the hub says " + HubServer.gitBlob(CONFIG));
    }

    @Test
    void aWrongLengthIsToldBeforeTheBytesAreTaken() {
        server.atCdn(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(new byte[10]);
            return true;
        });
        refused(
                () -> fetch("hf:acme/tiny@main/sae/weights.safetensors"),
                "sends 10 bytes of a file that has " + WEIGHTS.length + " bytes");
    }

    @Test
    void aBusyHubIsAskedAgainAfterThePauseItAsksFor() {
        var calls = new AtomicInteger();
        server.atHub(exchange -> {
            switch (calls.incrementAndGet()) {
                case 1 -> exchange.getResponseHeaders().set("Retry-After", "1");
                case 2 ->
                    exchange.getResponseHeaders()
                            .set(
                                    "Retry-After",
                                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2)));
                default -> {
                    return false;
                }
            }
            exchange.sendResponseHeaders(calls.get() == 1 ? 429 : 503, -1);
            return true;
        });
        long start = System.nanoTime();
        assertThat(fetch("hf:acme/tiny@main/sae/cfg.json")).hasBinaryContent(CONFIG);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
    }

    @Test
    void aPauseOfHoursIsNotWaitedFor() {
        server.atHub(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7200");
            exchange.sendResponseHeaders(429, -1);
            return true;
        });
        refused(() -> fetch("hf:acme/tiny@main/sae/cfg.json"), "answered 429 and asks to wait 120 minutes");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void theRateLimitHeaderOfTheHubCountsAsAPauseToo() {
        var calls = new AtomicInteger();
        server.atHub(exchange -> {
            if (calls.incrementAndGet() > 1) {
                return false;
            }
            exchange.getResponseHeaders().set("RateLimit", "\"resolvers\";r=0;t=1");
            exchange.sendResponseHeaders(429, -1);
            return true;
        });
        long start = System.nanoTime();
        fetch("hf:acme/tiny@main/sae/cfg.json");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
    }

    /** Until the server is closed. */
    private static void beSilent() throws IOException {
        try {
            Thread.sleep(Duration.ofMinutes(10));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aHubThatFallsSilentWithinAListingIsGivenUp() {
        server.atHub(exchange -> {
            if (!exchange.getRequestURI().getPath().contains("/tree/")) {
                return false;
            }
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("[{".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            beSilent();
            return true;
        });
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> refused(() -> fetch("hf:acme/tiny@main/sae/"), "the connection broke", "3 tries"));
    }

    /** Bytes of a cut-off answer count as an advance once, however often they come. */
    @Test
    void aLineThatBringsTheSameBeginningEachTimeIsGivenUp() {
        server.atCdn(exchange -> {
            exchange.sendResponseHeaders(200, WEIGHTS.length);
            exchange.getResponseBody().write(WEIGHTS, 0, 2_000_000);
            exchange.getResponseBody().flush();
            throw new IOException("cut off on purpose");
        });
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> refused(() -> fetch("hf:acme/tiny@main/sae/weights.safetensors"), "3 tries"));
        assertThat(server.requests()).filteredOn(r -> r.contains(" cdn ")).hasSizeLessThan(8);
    }

    /** Each page takes less than one may, and names a next one. */
    @Test
    void aListingThatWouldFillMemoryIsNotTaken() {
        byte[] page = ("[" + "{},".repeat(2_500_000) + "{}]").getBytes(UTF_8);
        server.atHub(exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (!path.contains("/tree/")) {
                return false;
            }
            exchange.getResponseHeaders().set("Link", "<" + server.endpoint() + path + ">; rel=\"next\"");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            return true;
        });
        refused(() -> fetch("hf:acme/tiny@main/sae/"), "lists files without end");
        assertThat(server.requests()).hasSizeLessThan(10);
    }

    @Test
    void aPageThatWouldFillMemoryIsNotTaken() {
        server.atHub(exchange -> {
            if (!exchange.getRequestURI().getPath().contains("/tree/")) {
                return false;
            }
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(("[" + "{},".repeat(3_000_000)).getBytes(UTF_8));
            return true;
        });
        refused(() -> fetch("hf:acme/tiny@main/sae/"), "sends a listing of more than 8 MB");
    }
}
