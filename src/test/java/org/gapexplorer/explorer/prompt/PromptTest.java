package org.gapexplorer.explorer.prompt;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.gapexplorer.explorer.ServedStudy;
import org.gapexplorer.explorer.view.Numbers;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** A visitor's own text, read by the study's lens on the server. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class PromptTest {
    private static final String TEXT = "Two boats left the harbour at dawn, one of them with nets.";

    @Test
    void theConceptsOfATextComeMostSalientFirstWithTheirNumbers() {
        JsonPath data = given().queryParam("text", TEXT)
                .get("/api/v1/try")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        List<Float> saliency = data.getList("data.concepts.saliency", Float.class);
        assertThat(saliency).isNotEmpty().isSortedAccordingTo((a, b) -> Float.compare(b, a));
        assertThat(data.getInt("data.tokens")).isEqualTo(14);
        assertThat(data.getBoolean("data.truncated")).isFalse();
        assertThat(data.getMap("data.benchmarks")).containsOnlyKeys("b0", "b1", "b2", "b3");
        // only the study's concepts are listed, and their numbers are the concept page's own
        int first = data.getInt("data.concepts[0].concept.concept");
        assertThat(first % 3).isZero();
        float suite = given().get("/api/v1/concepts/" + first).jsonPath().getFloat("data.suite.chi");
        assertThat(data.getFloat("data.concepts[0].concept.suite.chi")).isEqualTo(suite);
    }

    @Test
    void theSharesOfABenchmarkAreThoseOfAPlainSum() {
        JsonPath data = given().queryParam("text", TEXT).get("/api/v1/try").jsonPath();
        int n = data.getInt("data.concepts.size()");
        double total = 0;
        double present = 0;
        for (int i = 0; i < n; i++) {
            double saliency = data.getDouble("data.concepts[" + i + "].saliency");
            String status = data.getString("data.concepts[" + i + "].concept.coverage.b1.status");
            total += saliency;
            present += status.equals("MISSING") ? 0 : saliency;
        }
        assertThat(n).isLessThan(PromptReading.LISTED);
        assertThat(data.getDouble("data.benchmarks.b1.present"))
                .isCloseTo(present / total, org.assertj.core.api.Assertions.within(1e-5));
    }

    @Test
    void thinIsAShareOfWhatIsPresent() {
        JsonPath data = given().queryParam("text", TEXT).get("/api/v1/try").jsonPath();
        double present = 0;
        double thin = 0;
        for (int i = 0; i < data.getInt("data.concepts.size()"); i++) {
            double saliency = data.getDouble("data.concepts[" + i + "].saliency");
            String status = data.getString("data.concepts[" + i + "].concept.coverage.b1.status");
            present += status.equals("MISSING") ? 0 : saliency;
            thin += status.equals("UNDER") ? saliency : 0;
        }
        // so that a share of the whole text would read otherwise
        assertThat(data.getDouble("data.benchmarks.b1.present")).isLessThan(0.9);
        assertThat(thin / present).isBetween(0.02, 0.9);
        Element row = Jsoup.parse(given().queryParam("text", TEXT).get("/try").asString())
                .select("tr:has(a[href$=/benchmarks/b1])")
                .first();
        assertThat(row.select("td").getLast().text()).isEqualTo(Numbers.percent(thin / present));
    }

    @Test
    void hostileTextIsShownAsText() {
        given().queryParam("text", "<script>alert(1)</script> \"quoted\" & {page.title} \u202Eturned")
                .get("/try")
                .then()
                .statusCode(200)
                .body(not(containsString("<script>alert")))
                .body(containsString("{page.title}"));
    }

    @Test
    void aTextWithoutLettersOrOfOneWordIsReadToo() {
        for (String text : List.of("?", "boat", "   ", "😀😀😀", "a ".repeat(1_000))) {
            given().queryParam("text", text).get("/try").then().statusCode(200);
        }
    }

    @Test
    void whoHasNoTextYetIsOfferedSome() {
        List<String> offered =
                Jsoup.parse(given().get("/try").asString()).select("#live li a").eachAttr("href");
        assertThat(offered).hasSize(3);
        for (String href : offered) {
            given().urlEncodingEnabled(false)
                    .get(href)
                    .then()
                    .statusCode(200)
                    .body(containsString("Concepts that fire"));
        }
    }

    @Test
    void aTextThatIsTooLongIsRefusedInOneSentence() {
        given().queryParam("text", "a".repeat(2_001))
                .get("/try")
                .then()
                .statusCode(400)
                .body(containsString("longer than 2000 characters"));
        given().get("/api/v1/try").then().statusCode(400).contentType("application/problem+json");
    }
}
