package org.gapexplorer.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class ReportTest {
    private static String html(String query) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .get("/report?" + query)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
    }

    @Test
    void aBenchmarksReportHasTheNumbersOfItsPageItsCaveatsAndItsSource() {
        String report = html("benchmark=b0");
        var api = RestAssured.get("/api/v1/benchmarks/b0").jsonPath();
        assertThat(report)
                .contains("Audit report: <bdi>Benchmark 0</bdi>")
                .contains("<dd>" + api.getInt("data.items"))
                .contains("Most covered", "Least covered, but not missing", "Within its scope, and hardly tested")
                .contains("Closest benchmarks", "Mean score of each model")
                .contains("It has 30 items.")
                .contains("The lens is small: ")
                .contains("snapshot=" + ServedStudy.version())
                .contains("@misc{gapexplorer-" + ServedStudy.version());
        List<String> next = RestAssured.get("/api/v1/next?benchmark=b0&limit=12")
                .jsonPath()
                .getList("data.untested.concept.concept", String.class);
        assertThat(next).allSatisfy(id -> assertThat(report).contains("#" + id + " "));
    }

    @Test
    void aModelsReportListsTheGapsOfItsPage() {
        String report = html("model=m1&minSupport=3&minBenchmarks=2");
        List<String> weakest = RestAssured.get(
                        "/api/v1/concepts?model=m1&minSupport=3&minBenchmarks=2&kind=meaning&sort=gap&limit=10")
                .jsonPath()
                .getList("data.concepts.concept", String.class);
        assertThat(weakest).hasSize(10).allSatisfy(id -> assertThat(report).contains("#" + id + " "));
        assertThat(report)
                .contains("at least 3 scored items in at least 2 benchmarks")
                .contains("gaps listed")
                .contains("The thinnest score listed rests on ");
    }

    @Test
    void withoutAConceptOfEnoughSupportTheReportSaysSo() {
        assertThat(html("model=m0&minSupport=1000")).contains("No concept has that much support.");
    }

    @Test
    void whatMayNotBeShownIsNotShownAndTheReportSaysSo() {
        assertThat(html("benchmark=b2")).contains("Its text is not shown here").doesNotContain("onerror");
    }

    @ParameterizedTest
    @ValueSource(strings = {"benchmark=b0", "benchmark=b3", "model=m0&minSupport=1&minBenchmarks=1&kind=all"})
    void hostileLabelsAreText(String query) {
        assertThat(html(query)).doesNotContain("<script>document").doesNotContain("<img src=x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"model= | name it, or a model", "benchmark=none | there is no", "model=<script> | there is no"})
    void aReportOfNothingIsRefusedInASentence(String query, String sentence) {
        RestAssured.get("/report?" + query)
                .then()
                .statusCode(400)
                .contentType("text/html")
                .body(allOf(containsString(sentence), not(containsString("<script>\""))));
    }

    @Test
    void thePagesLinkToTheirReports() {
        RestAssured.get("/benchmarks/b0").then().body(containsString("/report?benchmark=b0"));
        RestAssured.get("/models/m0").then().body(containsString("/report?model=m0"));
    }

    @ParameterizedTest
    @CsvSource({"benchmark=b0,Audit report: Benchmark 0", "model=m0,Audit report: Model 0"})
    void printedItIsBlackOnWhiteWithoutWhatOnlyAScreenNeeds(String query, String headline) throws IOException {
        try (Playwright playwright = Playwright.create();
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of("--no-sandbox")))) {
            Page page = browser.newContext(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK))
                    .newPage();
            page.navigate(RestAssured.baseURI + ":" + RestAssured.port + "/report?" + query);
            byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4"));
            try (PDDocument document = Loader.loadPDF(pdf)) {
                String text = new PDFTextStripper().getText(document);
                assertThat(document.getNumberOfPages()).isBetween(1, 8);
                assertThat(text)
                        .contains(headline, "Read this with care", "Where this comes from", ServedStudy.version())
                        .doesNotContain("Copy link")
                        .doesNotContain("Try a prompt");
            }
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            String style = "selector => { const s = getComputedStyle(document.querySelector(selector));"
                    + " return s.display + ' ' + s.color + ' ' + s.backgroundColor; }";
            assertThat(page.evaluate(style, "body")).isEqualTo("block rgb(0, 0, 0) rgb(255, 255, 255)");
            assertThat((String) page.evaluate(style, ".bar")).startsWith("none");
            assertThat((String) page.evaluate(style, ".tools")).startsWith("none");
        }
    }
}
