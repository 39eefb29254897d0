package org.gapexplorer.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document held against the running application: its routes, its parameters, its answers. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class ApiDocumentTest {
    private static Map<String, String> ids = Map.of(
            "benchmark", "b0", "other", "b1", "model", "m0", "otherModel", "m1", "concept", "9", "item", "i%2F3");

    private static byte[] bytes(String address) {
        return get(address).then().statusCode(200).extract().asByteArray();
    }

    private static Response get(String address) {
        return RestAssured.given().urlEncodingEnabled(false).get(address);
    }

    private static JsonNode document() {
        try {
            return new ObjectMapper().readTree(bytes("/api/v1/openapi.json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param method in small letters, as in the document */
    private record Route(String method, String path, JsonNode operation) {
        String sample() {
            return ReferenceResource.filled(operation.path("x-try").asText(), ids);
        }

        String name() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }

        /** The sample's answer; of a route that takes a body, one for each of its forms. */
        List<Response> answers() {
            JsonNode bodies = operation.at("/requestBody/content");
            assertThat(bodies.isEmpty()).as(name()).isEqualTo(method.equals("get"));
            if (bodies.isEmpty()) return List.of(get(sample()));
            List<Response> answers = new ArrayList<>();
            bodies.properties().forEach(body -> {
                JsonNode example = body.getValue().path("example");
                answers.add(post(body.getKey(), example.isTextual() ? example.textValue() : example.toString()));
            });
            return answers;
        }

        Response post(String type, String body) {
            return RestAssured.given()
                    .contentType(type)
                    .body(body.getBytes(StandardCharsets.UTF_8))
                    .post(sample());
        }
    }

    private static void eachRoute(Consumer<Route> use) {
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                use.accept(new Route(operation.getKey(), path.getKey(), operation.getValue()))));
    }

    private static Route route(String id) {
        List<Route> found = new ArrayList<>();
        eachRoute(route -> {
            if (route.operation().path("operationId").asText().equals(id)) found.add(route);
        });
        return found.getFirst();
    }

    /** A saved footprint's id stands among the others. */
    @BeforeEach
    void saveAFootprint() throws InterruptedException {
        if (ids.containsKey("footprint")) return;
        // the tables are made in the background after the start
        for (int i = 0; i < 100 && get("/footprint/2222222222").statusCode() == 503; i++) Thread.sleep(200);
        String page = RestAssured.given()
                .multiPart("text", "Two boats left the harbour.")
                .multiPart("keep", "yes")
                .post("/footprint")
                .asString();
        String id = page.replaceAll("(?s).*<a href=\"/footprint/([a-z0-9]{10})\" id=\"kept\".*", "$1");
        ids = new HashMap<>(ids);
        ids.put("footprint", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "yaml"})
    void whoHasItIsNotSentItAgain(String format) {
        String tag = get("/api/v1/openapi." + format)
                .then()
                .statusCode(200)
                .contentType("application/" + format)
                .extract()
                .header("ETag");
        RestAssured.given()
                .header("If-None-Match", tag)
                .get("/api/v1/openapi." + format)
                .then()
                .statusCode(304)
                .header("ETag", tag);
    }

    @Test
    void itIsOpenApi31ForAReaderOfItsOwn() {
        OpenAPI model = SmallRyeOpenAPI.builder()
                .enableModelReader(false)
                .enableStandardFilter(false)
                .enableStandardStaticFiles(false)
                .enableAnnotationScan(false)
                .withCustomStaticFile(() -> new ByteArrayInputStream(bytes("/api/v1/openapi.json")))
                .build()
                .model();
        assertThat(model.getOpenapi()).startsWith("3.1");
        assertThat(model.getPaths().getPathItems()).hasSizeGreaterThan(20);
        get("/api/v1/openapi.yaml").then().statusCode(200).body(startsWith("---\nopenapi: 3.1"));
    }

    @Test
    void everyRouteOfTheApiIsInTheDocumentAndNoOther() {
        Set<String> documented = new TreeSet<>();
        eachRoute(route -> documented.add(route.name()));
        Set<String> served = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.gapexplorer.explorer")) {
            if (!resource.isAnnotatedWith(Path.class)) continue;
            for (JavaMethod method : resource.getMethods()) {
                if (!method.isAnnotatedWith(GET.class) && !method.isAnnotatedWith(POST.class)) continue;
                String own = method.isAnnotatedWith(Path.class)
                        ? method.getAnnotationOfType(Path.class).value()
                        : "";
                String path = (resource.getAnnotationOfType(Path.class).value() + "/" + own)
                        .replaceAll("\\{(\\w+):[^}]*}", "{$1}")
                        .replaceAll("/+", "/")
                        .replaceAll("(.)/$", "$1");
                String verb = method.isAnnotatedWith(POST.class) ? "POST " : "GET ";
                if (path.startsWith("/api/")) served.add(verb + path);
            }
        }
        served.addAll(List.of("GET /concepts.{format}", "GET /next/worklist.csv"));
        assertThat(documented).isEqualTo(served);
    }

    @Test
    void everyRouteAnswersAsDocumentedWithNothingMoreAndNothingLess() {
        JsonNode components = document().path("components");
        components.path("schemas").forEach(s -> {
            if (s.has("properties")) ((ObjectNode) s).put("additionalProperties", false);
        });
        List<String> seen = new ArrayList<>();
        eachRoute(route -> {
            assertThat(route.sample()).as(route.name()).isNotEmpty().doesNotContain("{");
            for (Response answer : route.answers()) {
                assertThat(answer.statusCode())
                        .as(route.name() + ": " + answer.asString())
                        .isEqualTo(200);
                JsonNode content = route.operation().at("/responses/200/content");
                String type = answer.contentType().replaceAll(";.*", "");
                assertThat(content.has(type))
                        .as(route.name() + " answers with " + type)
                        .isTrue();
                JsonNode schema = content.path(type).path("schema");
                if (!schema.has("$ref")) continue;
                assertThat(faults(schema, components, answer.asByteArray()))
                        .as(route.name())
                        .isEmpty();
                seen.add(route.name());
            }
        });
        assertThat(seen).contains("POST /api/v1/footprint").hasSizeGreaterThan(17);
    }

    private static Set<?> faults(JsonNode schema, JsonNode components, byte[] json) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", components);
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(whole)
                    .validate(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFootprintHeldAgainstAnotherAnswersAsDocumentedToo() {
        Route route = route("footprint");
        Response answer = get(route.sample() + "?against=" + ids.get("footprint"));
        answer.then().statusCode(200).body("data.difference.id", equalTo(ids.get("footprint")));
        JsonNode schema = route.operation().at("/responses/200/content/application~1json/schema");
        assertThat(faults(schema, document().path("components"), answer.asByteArray()))
                .isEmpty();
    }

    /** The examples fit the document's own schemas, and its bounds are those of the code. */
    @Test
    void bodiesAreTakenUpToTheirBoundsAndRefusedPastThem() throws IOException {
        Route route = route("readFootprint");
        JsonNode bodies = route.operation().at("/requestBody/content");
        JsonNode array = bodies.path("application/json").path("schema");
        bodies.forEach(body -> assertThat(faults(
                        body.path("schema"),
                        document().path("components"),
                        body.path("example").toString().getBytes(StandardCharsets.UTF_8)))
                .isEmpty());
        int most = array.path("maxItems").asInt();
        int longest = array.at("/items/anyOf/0/maxLength").asInt();
        String word = "\"boats\",";
        String json = "application/json";
        route.post(json, "[" + word.repeat(most) + "\"\"]").then().statusCode(200);
        route.post(json, "[\"" + "b".repeat(longest) + "\"]").then().statusCode(200);
        List<Response> refused = List.of(
                route.post(json, "[" + word.repeat(most) + "\"boats\"]"),
                route.post(json, "[\"" + "b".repeat(longest + 1) + "\"]"),
                route.post(json, "[]"),
                route.post(json, "[\"" + "b".repeat(1 << 20) + "\"]"),
                route.post("text/plain", "boats"),
                RestAssured.given()
                        .contentType(json)
                        .header("Sec-Fetch-Site", "cross-site")
                        .body("[\"boats\"]")
                        .post(route.sample()),
                get("/api/v1/footprint/2222222222"));
        assertThat(refused).extracting(Response::statusCode).containsExactly(400, 400, 400, 413, 415, 403, 404);
        for (Response answer : refused) {
            answer.then().contentType("application/problem+json");
            assertThat(route.operation().path("responses").has("" + answer.statusCode()))
                    .as("answer " + answer.statusCode() + " is documented")
                    .isTrue();
        }
    }

    @Test
    void everyPropertyAndParameterSaysWhatItMeans() {
        JsonNode document = document();
        List<String> silent = new ArrayList<>();
        document.at("/components/schemas")
                .properties()
                .forEach(s -> s.getValue().path("properties").properties().forEach(p -> {
                    if (p.getValue().path("description").asText().isEmpty()) silent.add(s.getKey() + "." + p.getKey());
                }));
        Set<String> ids = new TreeSet<>();
        eachRoute(route -> {
            assertThat(ids.add(route.operation().path("operationId").asText()))
                    .as(route.name())
                    .isTrue();
            route.operation().path("parameters").forEach(p -> {
                if (p.path("description").asText().isEmpty()) silent.add(route.name() + "?" + p.path("name"));
            });
            JsonNode body = route.operation().path("requestBody");
            if (body.isObject() && body.path("description").asText().isEmpty()) silent.add(route.name() + " body");
            body.path("content").properties().forEach(type -> {
                if (type.getValue().at("/schema/description").asText().isEmpty())
                    silent.add(route.name() + " " + type.getKey());
            });
        });
        assertThat(silent).isEmpty();
    }

    /** Bounds, words and defaults in the document are those of the code. */
    @Test
    void whatTheDocumentDoesNotAllowIsRefusedAndItsDefaultsAreTheDefaults() {
        eachRoute(route -> route.operation().path("parameters").forEach(p -> {
            String name = p.path("name").asText();
            if (!p.path("in").asText().equals("query")
                    || Set.of("q", "text", "snapshot").contains(name)) return;
            assertThat(route.method()).as(route.name()).isEqualTo("get");
            String sample = route.sample();
            String without = without(sample, name);
            List<String> bad = new ArrayList<>(List.of("nonsense%20word"));
            JsonNode schema = p.path("schema");
            if (schema.has("minimum"))
                bad.add(String.valueOf(schema.path("minimum").asLong() - 1));
            if (schema.has("maximum"))
                bad.add(String.valueOf(schema.path("maximum").asLong() + 1));
            for (String value : bad) {
                get(without + mark(without) + name + "=" + value)
                        .then()
                        .statusCode(400)
                        .contentType("application/problem+json")
                        .body("detail", containsString(name + ":"));
            }
            for (JsonNode word : schema.path("enum")) {
                get(without + mark(without) + name + "=" + word.asText()).then().statusCode(200);
            }
            if (schema.has("default") && !route.path().contains(".")) {
                String stated = without + mark(without) + name + "="
                        + schema.path("default").asText();
                assertThat(get(stated).asString())
                        .as(stated)
                        .isEqualTo(get(without).asString());
            }
        }));
    }

    private static String without(String address, String name) {
        return address.replaceAll("([?&])" + name + "=[^&]*&?", "$1").replaceAll("[?&]$", "");
    }

    private static char mark(String address) {
        return address.indexOf('?') < 0 ? '?' : '&';
    }

    @Test
    void aProblemSaysWhatKindItIsAndWhere() {
        get("/api/v1/concepts?limit=0")
                .then()
                .statusCode(400)
                .body("type", equalTo("/api#problem-bad-parameter"))
                .body("title", equalTo("Bad parameter"))
                .body("instance", equalTo("/api/v1/concepts"));
        get("/next/worklist.csv?benchmark=none").then().contentType("application/problem+json");
        get("/api").then().body(containsString("id=\"problem-bad-parameter\""));
    }

    @Test
    void anAnswerThatHasNotChangedIsNotSentAgain() {
        String tag = get("/api/v1/models").then().extract().header("ETag");
        RestAssured.given()
                .header("If-None-Match", tag)
                .get("/api/v1/models")
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(equalTo(""));
        RestAssured.given()
                .header("If-None-Match", "W/\"another\"")
                .get("/api/v1/models")
                .then()
                .statusCode(200);
    }

    @Test
    void theReferenceHasEveryRouteWithAnAddressThatWorks() {
        var page = get("/api").then().statusCode(200).contentType("text/html").extract();
        String html = page.asString();
        eachRoute(route -> {
            assertThat(html)
                    .contains("id=\"" + route.operation().path("operationId").asText() + "\"")
                    .contains("<code>" + route.name() + "</code>");
            route.operation()
                    .path("parameters")
                    .forEach(p ->
                            assertThat(html).contains("<code>" + p.path("name").asText() + "</code>"));
        });
        var links = java.util.regex.Pattern.compile("href=\"([^\"]+)\" hx-boost=\"false\">Try it")
                .matcher(html)
                .results()
                .map(m -> m.group(1).replace("&amp;", "&").replace("&#39;", "'"))
                .toList();
        assertThat(links)
                .hasSizeGreaterThan(20)
                .allSatisfy(link -> get(link).then().statusCode(200));
        assertThat(html).contains("curl '" + RestAssured.baseURI);
        assertThat(html)
                .contains("-H 'Content-Type: application/x-ndjson' --data-binary &#39;{&quot;prompt&quot;")
                .contains("<strong>413</strong>", "<strong>429</strong>");
        get("/").then().body(containsString("<a href=\"/api\">API</a>"));
    }

    @Test
    void aSuitesCandidatesComeInTheOrderAskedFor() {
        List<Integer> lifts = get("/api/v1/suite?by=lifts&kind=all").jsonPath().getList("data.candidates.lifts");
        assertThat(lifts).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }
}
