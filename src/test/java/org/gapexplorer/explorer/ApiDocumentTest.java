package org.gapexplorer.explorer;

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
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.junit.jupiter.api.Test;

/** The document held against the running application: its routes, its parameters, its answers. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class ApiDocumentTest {
    private static final Map<String, String> IDS = Map.of(
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

    private static void eachRoute(BiConsumer<String, JsonNode> use) {
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> use.accept(path.getKey(), operation.getValue())));
    }

    private static String sample(JsonNode operation) {
        return ReferenceResource.filled(operation.path("x-try").asText(), IDS);
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
        eachRoute((path, operation) -> documented.add(path));
        Set<String> served = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.gapexplorer.explorer")) {
            if (!resource.isAnnotatedWith(Path.class)) continue;
            for (JavaMethod method : resource.getMethods()) {
                if (!method.isAnnotatedWith(GET.class)) continue;
                String own = method.isAnnotatedWith(Path.class)
                        ? method.getAnnotationOfType(Path.class).value()
                        : "";
                String path = (resource.getAnnotationOfType(Path.class).value() + "/" + own)
                        .replaceAll("\\{(\\w+):[^}]*}", "{$1}")
                        .replaceAll("/+", "/")
                        .replaceAll("(.)/$", "$1");
                if (path.startsWith("/api/")) served.add(path);
            }
        }
        served.addAll(List.of("/concepts.{format}", "/next/worklist.csv"));
        assertThat(documented).isEqualTo(served);
    }

    @Test
    void everyRouteAnswersAsDocumentedWithNothingMoreAndNothingLess() {
        JsonNode components = document().path("components");
        components.path("schemas").forEach(s -> {
            if (s.has("properties")) ((ObjectNode) s).put("additionalProperties", false);
        });
        List<String> seen = new ArrayList<>();
        eachRoute((path, operation) -> {
            String address = sample(operation);
            assertThat(address).as(path).isNotEmpty().doesNotContain("{");
            Response answer = get(address).then().statusCode(200).extract().response();
            JsonNode content = operation.at("/responses/200/content");
            String type = answer.contentType().replaceAll(";.*", "");
            assertThat(content.has(type)).as(address + " answers with " + type).isTrue();
            JsonNode schema = content.path(type).path("schema");
            if (!schema.has("$ref")) return;
            ObjectNode whole = new ObjectMapper().createObjectNode();
            whole.set("$ref", schema.path("$ref"));
            whole.set("components", components);
            try {
                JsonNode data = new ObjectMapper().readTree(answer.asByteArray());
                assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                                .getSchema(whole)
                                .validate(data))
                        .as(address)
                        .isEmpty();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            seen.add(path);
        });
        assertThat(seen).hasSizeGreaterThan(17);
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
        eachRoute((path, operation) -> {
            assertThat(ids.add(operation.path("operationId").asText())).as(path).isTrue();
            operation.path("parameters").forEach(p -> {
                if (p.path("description").asText().isEmpty()) silent.add(path + "?" + p.path("name"));
            });
        });
        assertThat(silent).isEmpty();
    }

    /** Bounds, words and defaults in the document are those of the code. */
    @Test
    void whatTheDocumentDoesNotAllowIsRefusedAndItsDefaultsAreTheDefaults() {
        eachRoute((path, operation) -> operation.path("parameters").forEach(p -> {
            String name = p.path("name").asText();
            if (!p.path("in").asText().equals("query")
                    || Set.of("q", "text", "snapshot").contains(name)) return;
            String sample = sample(operation);
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
            if (schema.has("default") && !path.contains(".")) {
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
        eachRoute((path, operation) -> {
            assertThat(html).contains("id=\"" + operation.path("operationId").asText() + "\"");
            operation
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
        get("/").then().body(containsString("<a href=\"/api\">API</a>"));
    }

    @Test
    void aSuitesCandidatesComeInTheOrderAskedFor() {
        List<Integer> lifts = get("/api/v1/suite?by=lifts&kind=all").jsonPath().getList("data.candidates.lifts");
        assertThat(lifts).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }
}
