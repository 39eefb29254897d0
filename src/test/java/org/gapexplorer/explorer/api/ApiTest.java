package org.gapexplorer.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class ApiTest {
    /** Addresses in these tests are written as they go over the wire. */
    private static RequestSpecification given() {
        return RestAssured.given().urlEncodingEnabled(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "study",
                "concepts",
                "concepts/9",
                "benchmarks",
                "benchmarks/b0",
                "compare?benchmarks=b0,b1",
                "compare?benchmarks=b0,b1&show=shared",
                "suite",
                "suite?benchmarks=b0,b1&least=2&show=thin&kind=all",
                "models",
                "models/m0",
                "models/compare?models=m0,m1",
                "datapoints",
                "datapoints/b0/i%2F3",
                "families",
                "families?benchmark=b0&model=m1",
                "correlation?minSupport=1",
                "correlation?x=score:m0&y=gap:m1:b0&minSupport=1",
                "correlation/matrix?matrix=models&minSupport=1"
            })
    void everyAnswerNamesItsSnapshotAndIsStrictJson(String path) {
        String body = given().get("/api/v1/" + path)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("snapshot", equalTo(ServedStudy.version()))
                .body("data", notNullValue())
                .extract()
                .asString();
        assertThat(body).doesNotContain("NaN");
    }

    @Test
    void theStudySaysWhatWasStudied() {
        given().get("/api/v1/study")
                .then()
                .body("data.title", equalTo("A served study"))
                .body("data.counts.benchmarks", equalTo(4))
                .body("data.counts.datapoints", equalTo(120))
                .body("data.ran", equalTo("2026-01-31T12:00:00Z"));
    }

    @Test
    void conceptsAreFoundByWordAndFilteredAsOnThePage() {
        given().get("/api/v1/concepts?q=tangerines")
                .then()
                .body("data.concepts.concept", hasItem(ServedStudy.KNOWN))
                .body("data.concepts[0].highlights", hasSize(1));
        given().get("/api/v1/concepts?kind=syntax&minSupport=3&limit=500")
                .then()
                .body("data.concepts.kind", everyItem(equalTo("SYNTAX")))
                .body("data.concepts.suite.support", everyItem(greaterThanOrEqualTo(3)))
                .body("data.total.exact", equalTo(true));
    }

    @Test
    void conceptsSortedByGapComeInThatOrder() {
        List<Float> gaps = given().get("/api/v1/concepts?model=m1&sort=gap&limit=50")
                .jsonPath()
                .getList("data.concepts.performance.m1['*'].gap", Float.class);
        assertThat(gaps).hasSize(50).isSorted();
    }

    @Test
    void aConceptHasCoverageForEveryBenchmark() {
        given().get("/api/v1/concepts/9")
                .then()
                .body("data.label", equalTo("crates of tangerines"))
                .body("data.coverage.size()", equalTo(4))
                .body("data.similar", hasSize(2));
    }

    @Test
    void familiesHaveTheirPlaceAndTheirNumbers() {
        given().get("/api/v1/families?benchmark=b0")
                .then()
                .body("data.families", hasSize(8))
                .body("data.families.concepts.sum()", equalTo(196))
                .body("data.families[0].coverage.b3.missing", notNullValue())
                .body("data.families[0].performance.m0.keySet()", equalTo(java.util.Set.of("*", "b0")));
    }

    @Test
    void aCorrelationComesWithItsIntervalAndItsBestSupportedPoints() {
        var json = given().get("/api/v1/correlation?x=coverage:b0&y=coverage:b1&minSupport=1&kind=all&limit=7")
                .jsonPath();
        assertThat(json.getList("data.points")).hasSize(7);
        assertThat(json.getDouble("data.spearman.low")).isLessThan(json.getDouble("data.spearman.value"));
        var matrix =
                given().get("/api/v1/correlation/matrix?minSupport=1&kind=all").jsonPath();
        assertThat(matrix.getDouble("data.spearman[0][1].value")).isEqualTo(json.getDouble("data.spearman.value"));
        assertThat(matrix.getInt("data.spearman[0][1].n")).isEqualTo(json.getInt("data.spearman.n"));
    }

    @Test
    void datapointsCanBeAskedForByWhoGotThemRight() {
        given().get("/api/v1/datapoints?right=m0&wrong=m1&limit=100")
                .then()
                .body("data.datapoints.size()", greaterThan(0))
                .body(
                        "data.datapoints.collect { it.answers.find { it.model == 'm0' }.score }",
                        everyItem(equalTo(1.0f)))
                .body(
                        "data.datapoints.collect { it.answers.find { it.model == 'm1' }.score }",
                        everyItem(equalTo(0.0f)));
    }

    @Test
    void comparedBenchmarksComeWithTheirDifference() {
        var json = given().get("/api/v1/compare?benchmarks=b0,b1&kind=all&limit=500")
                .jsonPath();
        List<Float> first = json.getList("data.rows.rows.collect { it.chi[0] }", Float.class);
        List<Float> second = json.getList("data.rows.rows.collect { it.chi[1] }", Float.class);
        List<Float> difference = json.getList("data.rows.rows.difference", Float.class);
        assertThat(difference).isNotEmpty();
        for (int i = 0; i < difference.size(); i++) {
            assertThat(difference.get(i))
                    .isCloseTo(first.get(i) - second.get(i), org.assertj.core.data.Offset.offset(1e-4f));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "concepts?sort=colour | 400 | sort: there is no \"colour\"",
                "concepts?sort=spread | 400 | sort: there is no \"spread\"",
                "concepts?limit=501 | 400 | limit: \"501\" is not a whole number from 1 to 500",
                "compare?benchmarks=b0 | 400 | benchmarks: name two to 10",
                "suite?kind=syntax | 400 | kind: there is no \"syntax\"; choose from meaning, all",
                "models/compare?models=m0 | 400 | models: name two, apart by a comma",
                "datapoints?concept=-4 | 400 | concept:",
                "concepts/1 | 404 | has no concept 1",
                "models/none | 404 | no model of that name",
                "correlation?x=coverage:b9 | 400 | x: there is no \"coverage:b9\"",
                "correlation?limit=2001 | 400 | limit:",
                "families?model=none | 400 | model:",
                "nothing | 404 | no page at this address",
                "study?snapshot=none | 404 | no snapshot of that version",
            })
    void errorsAreProblems(String path, int status, String detail) {
        given().get("/api/v1/" + path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", containsString(detail));
    }

    @Test
    void aSuiteAddsUp() {
        var json =
                given().get("/api/v1/suite?benchmarks=b0,b1&kind=all&limit=500").jsonPath();
        int missing = json.getInt("data.missing");
        assertThat(json.getInt("data.covered") + missing).isEqualTo(json.getInt("data.concepts"));
        assertThat(json.getList("data.rows.rows")).hasSize(missing);
        assertThat(json.getInt("data.steps[1].missing")).isEqualTo(missing);
        assertThat(json.getList("data.candidates.benchmark", String.class)).containsExactlyInAnyOrder("b2", "b3");
        int adds = json.getInt("data.candidates[0].adds");
        assertThat(json.getInt("data.steps[2].missing")).isEqualTo(missing - adds);
        var more = given().get(
                        "/api/v1/suite?kind=all&benchmarks=b0,b1," + json.getString("data.candidates[0].benchmark"))
                .jsonPath();
        assertThat(more.getInt("data.missing")).isEqualTo(missing - adds);
    }

    @Test
    void pairedModelsComeOverTheSameItems() {
        var json = given().get("/api/v1/models/compare?models=m0,m1&kind=all&minSupport=5&limit=500")
                .jsonPath();
        List<Map<String, Object>> pairs = json.getList("data.rows.rows.pair");
        assertThat(pairs).isNotEmpty().allSatisfy(p -> {
            int parts = (int) p.get("onlyFirst")
                    + (int) p.get("onlySecond")
                    + (int) p.get("bothRight")
                    + (int) p.get("bothWrong");
            assertThat(parts).isEqualTo(p.get("items"));
        });
        assertThat(json.getMap("data.benchmarks")).hasSize(4);
    }

    @Test
    void whatIsNotDefinedIsNull() {
        given().get("/api/v1/benchmarks").then().body("data.benchmarks.find { it.id == 'b1' }.chance", nullValue());
    }
}
