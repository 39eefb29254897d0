package org.gapexplorer.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools, called by a client of the Model Context Protocol and held against the API. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class AssistantTest {
    private McpStreamableTestClient client;

    @BeforeEach
    void connect() {
        client = McpAssured.newStreamableClient()
                .setBaseUri(URI.create(RestAssured.baseURI + ":" + RestAssured.port))
                .build()
                .connect();
    }

    @AfterEach
    void leave() {
        client.disconnect();
    }

    private ToolResponse call(String tool, Map<String, Object> arguments) {
        AtomicReference<ToolResponse> answer = new AtomicReference<>();
        client.when().toolsCall(tool, arguments, answer::set).thenAssertResults();
        return answer.get();
    }

    /** The data of a good answer, which is structured and stands there as text too. */
    private JsonObject data(String tool, Map<String, Object> arguments) {
        ToolResponse answer = call(tool, arguments);
        assertThat(answer.isError()).as(answer.toString()).isFalse();
        assertThat(answer.content().getFirst().asText().text()).hasSizeBetween(10, 400);
        JsonObject told = new JsonObject(answer.content().getLast().asText().text());
        assertThat(JsonObject.mapFrom(answer.structuredContent()).getString("snapshot"))
                .isEqualTo(ServedStudy.version());
        assertThat(told.getString("snapshot")).isEqualTo(ServedStudy.version());
        assertThat(told.getString("meaning")).contains("N/A").contains("not 0");
        assertThat(answer.content().getLast().asText().text()).hasSizeLessThan(60_000);
        return told.getJsonObject("data");
    }

    private String error(String tool, Map<String, Object> arguments) {
        ToolResponse answer = call(tool, arguments);
        assertThat(answer.isError()).isTrue();
        String text = answer.firstContent().asText().text();
        assertThat(text)
                .doesNotContain("org.gapexplorer")
                .doesNotContain("Exception")
                .hasSizeLessThan(2_000);
        return text;
    }

    @Test
    void theToolsSayWhatTheyAreForAndReadOnly() {
        assertThat(client.initResult().serverName()).isEqualTo("gap-explorer");
        client.when()
                .toolsList(page -> {
                    assertThat(page.tools())
                            .extracting(McpAssured.ToolInfo::name)
                            .containsExactlyInAnyOrder(
                                    "study", "search_concepts", "concept", "compare_benchmarks", "compare_models");
                    assertThat(page.tools()).allSatisfy(tool -> {
                        assertThat(tool.description()).isNotBlank();
                        assertThat(tool.annotations().orElseThrow().readOnlyHint())
                                .isTrue();
                    });
                })
                .thenAssertResults();
    }

    @Test
    void theStudyListsTheIdsThatOtherToolsTake() {
        JsonObject study = data("study", Map.of());
        assertThat(study.getJsonArray("benchmarks").stream().map(b -> ((JsonObject) b).getString("id")))
                .containsExactly("b0", "b1", "b2", "b3");
        assertThat(study.getJsonArray("models")).hasSize(2);
    }

    @Test
    void conceptsAreThoseOfTheApi() {
        JsonObject found = data("search_concepts", Map.of("query", "tangerines", "limit", 3));
        JsonObject first = found.getJsonArray("concepts").getJsonObject(0);
        assertThat(first.getInteger("concept")).isEqualTo(ServedStudy.KNOWN);
        String page = first.getString("page");
        assertThat(page).isEqualTo("/concepts/9?snapshot=" + ServedStudy.version());
        RestAssured.get(page).then().statusCode(200);

        JsonObject worst = data("search_concepts", Map.of("model", "m1", "benchmark", "b1", "sort", "gap", "limit", 5));
        List<Integer> expected = RestAssured.get("/api/v1/concepts?model=m1&benchmark=b1&sort=gap&limit=5")
                .jsonPath()
                .getList("data.concepts.concept");
        assertThat(worst.getJsonArray("concepts").stream().map(c -> ((JsonObject) c).getInteger("concept")))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void oneConceptHasItsCoverageAndScores() {
        JsonObject concept = data("concept", Map.of("id", 9));
        assertThat(concept.getString("label")).isEqualTo("crates of tangerines");
        assertThat(concept.getJsonObject("coverage").fieldNames()).hasSize(4);
    }

    @Test
    void benchmarksSideBySideCountAsTheApiCounts() {
        JsonObject compared = data("compare_benchmarks", Map.of("benchmarks", List.of("b0", "b1")));
        var api = RestAssured.get("/api/v1/compare?benchmarks=b0,b1").jsonPath();
        assertThat(compared.getInteger("sharedByAll")).isEqualTo(api.getInt("data.shared"));
        assertThat(compared.getJsonArray("concepts").getJsonObject(0).getInteger("concept"))
                .isEqualTo(api.getInt("data.rows.rows[0].concept.concept"));
        assertThat(compared.getJsonArray("jaccard").getJsonArray(0).getDouble(0))
                .isEqualTo(1.0);
    }

    @Test
    void pairedModelsCountAsTheApiCounts() {
        JsonObject paired = data("compare_models", Map.of("models", List.of("m0", "m1"), "minSupport", 5));
        var api = RestAssured.get("/api/v1/models/compare?models=m0,m1&minSupport=5")
                .jsonPath();
        assertThat(paired.getJsonObject("overall").getInteger("bothWrong"))
                .isEqualTo(api.getInt("data.overall.bothWrong"));
    }

    @Test
    void aMistakeIsAToolsErrorInOneSentence() {
        assertThat(error("search_concepts", Map.of("limit", 26))).isEqualTo("limit: 26 is not from 1 to 25");
        assertThat(error("search_concepts", Map.of("benchmark", "none"))).startsWith("benchmark: there is no \"none\"");
        assertThat(error("concept", Map.of("id", 1))).contains("has no concept 1");
        assertThat(error("concept", Map.of("id", -5))).contains("digits");
        assertThat(error("compare_benchmarks", Map.of("benchmarks", List.of("b0"))))
                .startsWith("benchmarks: name two");
        assertThat(error("compare_models", Map.of("models", List.of("m0", "m0"))))
                .startsWith("models: name two");
        assertThat(error("study", Map.of("snapshot", "../.."))).contains("no snapshot of that version");
        assertThat(error("concept", Map.of("id", "nine"))).contains("id");
        assertThat(error("search_concepts", Map.of("query", "x".repeat(501)))).contains("longer than 500");
        assertThat(error("compare_benchmarks", Map.of("benchmarks", java.util.Collections.nCopies(200, "b0"))))
                .contains("more than 100 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"study", "search_concepts", "concept", "compare_benchmarks", "compare_models"})
    void anArgumentThatNoToolHasIsNamedBesideThoseItHas(String tool) {
        Map<String, Object> arguments = new TreeMap<>(Map.of("benchmarkk", "b0", "snapshot", ServedStudy.version()));
        if (tool.equals("concept")) arguments.put("id", ServedStudy.KNOWN);
        if (tool.startsWith("compare")) arguments.put(tool.substring(8), List.of("b0", "b1"));
        assertThat(error(tool, arguments))
                .startsWith("benchmarkk: " + tool + " has no such argument; it takes ")
                .contains("snapshot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert(1)</script>", "\u202Edrawkcab", "\"((", "* OR *:*", "-", "{page.title}", "\u0000"
            })
    void hostileWordsAreOnlyWords(String query) {
        assertThat(data("search_concepts", Map.of("query", query)).getJsonArray("concepts"))
                .hasSizeLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://localhost.evil.example:8080", "null", "garbage %%"})
    void pagesOfOtherOriginsAreRefused(String origin) {
        for (String path : List.of("/mcp", "/mcp/sse", "/mcp/messages/x")) {
            RestAssured.given()
                    .header("Origin", origin)
                    .contentType("application/json")
                    .body("{}")
                    .post(path)
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void aPageOfThisMachineIsLetIn() {
        RestAssured.given()
                .header("Origin", "http://localhost:6274")
                .accept("application/json, text/event-stream")
                .contentType("application/json")
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                        + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}")
                .post("/mcp")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "\"text\"",
                "true",
                "null",
                "[]",
                "[1]",
                "[[]]",
                "'{}'",
                "{",
                "[{\"id\":1,\"method\":\"no/such\"}]"
            })
    void jsonThatIsNoMessageIsRefused(String body) {
        RestAssured.given()
                .accept("application/json, text/event-stream")
                .contentType("application/json")
                .body(body)
                .post("/mcp")
                .then()
                .statusCode(400);
    }

    @Test
    void anUnknownMethodIsToldApart() {
        RestAssured.given()
                .accept("application/json, text/event-stream")
                .contentType("application/json")
                .body("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"no/such\"}")
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("id", equalTo(7))
                .body("error.code", equalTo(-32601));
    }
}
