package org.gapexplorer.explorer.footprint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many of a visitor's prompts are read and kept: one upload at a time, and each client's share an hour. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class FootprintLimitsTest {
    private static final String TEXT = "Two boats left the harbour at dawn, one of them with nets.";

    @BeforeEach
    void ready() throws InterruptedException {
        FootprintTest.awaitTables();
    }

    @Test
    void oneUploadAtATimeAndSingleTextsInBetween() throws Exception {
        String many = IntStream.range(0, 500)
                .mapToObj(i -> "{\"prompt\": \"" + (i + " boats left the harbour at dawn ").repeat(40) + "\"}")
                .collect(Collectors.joining("\n"));
        try (var background = Executors.newSingleThreadExecutor()) {
            AtomicBoolean enough = new AtomicBoolean();
            // either of the two may come first, and then the other is refused
            Future<Integer> large = background.submit(() -> {
                int status = 503;
                while (status == 503 && !enough.get()) {
                    status = given().contentType("application/x-ndjson")
                            .body(many.getBytes(StandardCharsets.UTF_8))
                            .post("/api/v1/footprint")
                            .statusCode();
                }
                return status;
            });
            Response small = given().multiPart("text", TEXT).post("/footprint");
            while (small.statusCode() == 200 && !large.isDone()) {
                small = given().multiPart("text", TEXT).post("/footprint");
            }
            enough.set(true);
            assertThat(small.statusCode()).isEqualTo(503);
            assertThat(small.header("Retry-After")).isEqualTo("20");
            assertThat(small.asString()).contains("Another upload is being read", "Two boats left the harbour");
            given().contentType("application/x-ndjson")
                    .body("{\"prompt\": \"one boat\"}".getBytes(StandardCharsets.UTF_8))
                    .post("/api/v1/footprint")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "20")
                    .body("title", equalTo("Busy"));
            given().queryParam("text", "a text of its own")
                    .get("/api/v1/try")
                    .then()
                    .statusCode(200);
            assertThat(large.isDone()).isFalse();
            // 503 where the machine is too busy to read all of them in time
            assertThat(large.get()).isIn(200, 503);
        }
        given().multiPart("text", TEXT).post("/footprint").then().statusCode(200);
    }

    @Test
    void oneClientHasOnlySoManyTaken() throws Exception {
        HttpResponse<String> answer = null;
        for (int i = 0; i <= ServedStudy.FOOTPRINTS + 20; i++) {
            answer = post("127.0.0.12", "/api/v1/footprint", "application/x-ndjson", "{\"prompt\": \"a boat\"}\n");
            if (answer.statusCode() == 429) break;
            // another test's upload may be being read
            assertThat(answer.statusCode()).isIn(200, 503);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 3_600);
        JsonPath problem = new JsonPath(answer.body());
        assertThat(problem.getInt("status")).isEqualTo(429);
        assertThat(problem.getString("detail")).contains(ServedStudy.FOOTPRINTS + " footprints taken an hour");
    }

    /** The numbers were read by then, and are shown. */
    @Test
    void keptFootprintsAndViewsAreOneShare() throws Exception {
        String from = "127.0.0.13";
        String form = "application/x-www-form-urlencoded";
        String keep = "keep=yes&text=Two+boats+left";
        assertThat(post(from, "/footprint", form, keep).body()).contains("id=\"kept\"");
        String view = "path=/&title=x&snapshot=" + ServedStudy.version();
        for (int i = 1; i < ServedStudy.SAVES; i++) {
            assertThat(post(from, "/v", form, view).statusCode()).isEqualTo(201);
        }
        assertThat(post(from, "/v", form, view).statusCode()).isEqualTo(429);
        assertThat(post(from, "/footprint", form, keep).body())
                .contains(
                        "Not kept. There are " + ServedStudy.SAVES + " views and footprints saved an hour",
                        "Which benchmarks cover it")
                .doesNotContain("id=\"kept\"");
    }

    /** Every loopback address is a client of its own. */
    private static HttpResponse<String> post(String from, String path, String type, String body) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(from))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
