package org.gapexplorer.explorer.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
@QuarkusTestResource(value = Operated.class, restrictToAnnotatedClass = true)
class OperatedTest {
    private static final String REFUSED = "gapexplorer_overload_refused_total{load=\"page\"}";

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private static void await(String what, BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (done.getAsBoolean()) return;
            Thread.sleep(50);
        }
        throw new AssertionError("within 30 s not: " + what);
    }

    private String metric(String series) {
        return RestAssured.get(metrics)
                .body()
                .asString()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                // a trace may be named behind the value
                .map(line -> line.substring(series.length() + 1).split(" ", 2)[0])
                .findFirst()
                .orElse("");
    }

    @Test
    void aTraceHoldsTheRequestItsSearchAndTheDatabaseAndNothingAVisitorTyped() throws Exception {
        given().get("/concepts?q=zebracrossing").then().statusCode(200);
        given().get("/v/23456789ab?secret=zebracrossing").then().statusCode(404);
        await("spans of the search and of the database", () -> child("/concepts", "search") && childOf("/v/{short}"));
        assertThat(Operated.spans())
                .allSatisfy(span ->
                        assertThat(span.name() + span.attributes()).doesNotContain("zebracrossing", "23456789ab"));
        assertThat(Operated.spans())
                .filteredOn(span -> span.name().equals("GET /concepts"))
                .first()
                .satisfies(span -> assertThat(span.attributes().get("gapexplorer.request.id"))
                        .matches("[0-9a-f]{16}"));
    }

    private static boolean child(String route, String name) {
        return Operated.spans().stream()
                .filter(root -> root.name().equals("GET " + route))
                .anyMatch(root -> Operated.spans().stream()
                        .anyMatch(s -> s.name().equals(name) && s.trace().equals(root.trace())));
    }

    /** Whether a query of the database stands below a request of that route. */
    private static boolean childOf(String route) {
        return Operated.spans().stream()
                .filter(root -> root.name().equals("GET " + route))
                .anyMatch(root -> Operated.spans().stream()
                        .anyMatch(s -> s.trace().equals(root.trace())
                                && s.attributes().keySet().stream().anyMatch(key -> key.startsWith("db."))));
    }

    @Test
    void aLoggedRequestIsALineOfJsonWithItsRouteAndWithoutWhatWasTyped() throws Exception {
        given().header("X-Request-Id", "proxy-made.12345")
                .get("/try?text=giraffeatmidnight")
                .then()
                .statusCode(200);
        List<JsonNode> lines = new ArrayList<>();
        await("the request's line", () -> {
            lines.clear();
            lines.addAll(logged("proxy-made.12345"));
            return !lines.isEmpty();
        });
        JsonNode line = lines.getFirst();
        assertThat(line.at("/mdc/route").asText()).isEqualTo("/try");
        assertThat(line.at("/mdc/status").asText()).isEqualTo("200");
        assertThat(line.at("/mdc/method").asText()).isEqualTo("GET");
        assertThat(Double.parseDouble(line.at("/mdc/ms").asText())).isPositive();
        assertThat(Files.readString(Operated.log())).doesNotContain("giraffeatmidnight");
    }

    private static List<JsonNode> logged(String requestId) {
        try {
            List<JsonNode> found = new ArrayList<>();
            for (String line : Files.readAllLines(Operated.log())) {
                JsonNode json = new ObjectMapper().readTree(line);
                if (json.at("/mdc/requestId").asText().equals(requestId)) found.add(json);
            }
            return found;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tlsIsDemandedOfThoseAloneWhoCameByItThroughATrustedProxy() throws Exception {
        String said = "Strict-Transport-Security";
        assertThat(from("127.0.0.1", "/about", "X-Forwarded-Proto", "https")
                        .headers()
                        .firstValue(said))
                .contains("max-age=31536000");
        assertThat(from("127.0.0.1", "/about", "X-Forwarded-Proto", "http")
                        .headers()
                        .firstValue(said))
                .isEmpty();
        assertThat(from("127.0.0.9", "/about", "X-Forwarded-Proto", "https")
                        .headers()
                        .firstValue(said))
                .as("from one that is no proxy")
                .isEmpty();
    }

    @Test
    void behindATrustedProxyTheClientBeforeItIsCountedWhateverItClaims() throws Exception {
        int passed = passed("Ferry", n -> "198.51.100." + n + ", 203.0.113.5");
        assertThat(passed)
                .as("texts of one client that makes up addresses")
                .isBetween(ServedStudy.TEXTS, 2 * ServedStudy.TEXTS);
        assertThat(from("127.0.0.1", "/try?text=Another", "X-Forwarded-For", "203.0.113.6")
                        .statusCode())
                .as("another client of the same proxy")
                .isEqualTo(200);
        assertThat(passed("Chained", n -> "203.0.113.5, 127.0.0.1"))
                .as("texts of the refused client through two trusted proxies: what it was given back meanwhile")
                .isLessThan(ServedStudy.TEXTS / 2);
    }

    /** How many texts are read, one after the other, until one is refused. */
    private static int passed(String text, IntFunction<String> forwarded) throws Exception {
        for (int n = 0; n < 200; n++) {
            String path = "/try?text=" + text + "%20" + n;
            if (from("127.0.0.1", path, "X-Forwarded-For", forwarded.apply(n)).statusCode() != 200) return n;
        }
        return 200;
    }

    @Test
    void whoIsNoTrustedProxyCannotMakeUpAnAddress() throws Exception {
        int passed = 0;
        while (passed < 200
                && from("127.0.0.9", "/try?text=Barge%20" + passed, "X-Forwarded-For", "198.51.100." + passed)
                                .statusCode()
                        == 200) passed++;
        assertThat(passed).isBetween(ServedStudy.TEXTS, 2 * ServedStudy.TEXTS);
    }

    @Test
    void aFolderOfSecretsIsRead() {
        assertThat(RestAssured.get("/concepts/9?embed=true").header("Content-Security-Policy"))
                .contains("frame-ancestors https://blog.example");
    }

    @Test
    void moreThanCanBeAnsweredIsSentAwayAtOnceAndItHealsByItself() throws Exception {
        int asked = 400;
        double refusedBefore = Double.parseDouble(metric(REFUSED));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < asked; i++) {
                // each a page of its own, so that none is answered from memory
                answers.add(client.sendAsync(
                        HttpRequest.newBuilder(URI.create(address("/suite?size=2&n=" + i)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            // neither is ever refused
            RestAssured.get("/q/health/live").then().statusCode(200);
            RestAssured.get(Assets.of("app.css")).then().statusCode(200);
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        }
        List<HttpResponse<String>> away = answers.stream()
                .map(CompletableFuture::join)
                .filter(a -> a.statusCode() == 503)
                .toList();
        assertThat(away).as("sent away of " + asked).hasSizeBetween(1, asked - Operated.PAGES);
        assertThat(away).allSatisfy(a -> {
            assertThat(Integer.parseInt(a.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 3);
            assertThat(a.headers().firstValue("Content-Security-Policy")).isPresent();
        });
        assertThat(answers.stream().filter(a -> a.join().statusCode() == 200)).isNotEmpty();
        assertThat(Double.parseDouble(metric(REFUSED)) - refusedBefore).isEqualTo(away.size());
        nothingIsLeftInside();
        RestAssured.get("/suite?size=3").then().statusCode(200);
    }

    @Test
    void anExportAskedForWithASlashAtItsEndNeedsAPlaceForExports() throws Exception {
        String refused = "gapexplorer_overload_refused_total{load=\"download\"}";
        double before = Double.parseDouble(metric(refused));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 200; i++) {
                answers.add(client.sendAsync(
                        HttpRequest.newBuilder(URI.create(address("/concepts.csv/?n=" + i)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
        }
        long away = answers.stream().filter(a -> a.join().statusCode() == 503).count();
        assertThat(away).isPositive();
        assertThat(Double.parseDouble(metric(refused)) - before).isEqualTo(away);
        nothingIsLeftInside();
    }

    @Test
    void whoGoesAwayBeforeTheAnswerTakesNoPlaceWithThem() throws Exception {
        for (int i = 0; i < 60; i++) {
            abandon("GET /suite?size=2&gone=" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
            abandon("GET /v/23456789a" + (char) ('a' + i % 20) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            abandon("GET /concepts.csv?gone=" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        nothingIsLeftInside();
        RestAssured.get("/suite?size=4").then().statusCode(200);
    }

    private void nothingIsLeftInside() throws InterruptedException {
        for (String load : List.of("page", "catalog", "download", "text")) {
            await(
                    "no " + load + " inside",
                    () -> metric("gapexplorer_requests_inside{load=\"" + load + "\"}")
                            .equals("0.0"));
        }
    }

    private static void abandon(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.setSoLinger(true, 0);
        }
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + RestAssured.port + path;
    }

    /** Every loopback address is a client of its own, and 127.0.0.1 the trusted proxy. */
    private static HttpResponse<String> from(String own, String path, String header, String value) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().localAddress(InetAddress.getByName(own)).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address(path)))
                    .header(header, value)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
