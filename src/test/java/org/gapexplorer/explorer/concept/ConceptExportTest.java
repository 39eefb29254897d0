package org.gapexplorer.explorer.concept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;
import org.gapexplorer.explorer.ServedStudy;
import org.gapexplorer.explorer.view.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The concept list as files, read back by DuckDB and held against the page. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class ConceptExportTest {
    private static final String MODEL_GAPS =
            "face=model&model=m1&columns=b0,b2&models=m0&sort=gap&kind=meaning&kind=syntax";
    private static final String BENCHMARK_GAPS = "face=benchmark&benchmark=b1&columns=b0,b3&sort=coverage:b0&order=asc";

    @TempDir
    Path folder;

    private static RequestSpecification given() {
        return RestAssured.given()
                .config(RestAssuredConfig.config()
                        .decoderConfig(DecoderConfig.decoderConfig().defaultContentCharset("UTF-8")))
                .urlEncodingEnabled(false);
    }

    /** Every row by column; all values as text, NULL as null. */
    private List<Map<String, String>> read(String format, String query) {
        try {
            Path file = folder.resolve("concepts." + format);
            Files.write(file, given().get("/concepts." + format + "?" + query).asByteArray());
            String from = format.equals("csv")
                    ? "read_csv('" + file + "', header = true, all_varchar = true, delim = ',', quote = '\"', "
                            + "escape = '\"', strict_mode = true)"
                    : "read_parquet('" + file + "')";
            List<Map<String, String>> rows = new ArrayList<>();
            try (var db = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                    var statement = db.createStatement();
                    ResultSet result = statement.executeQuery("SELECT * FROM " + from)) {
                while (result.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.put(result.getMetaData().getColumnName(i), result.getString(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The page's rows: the concept, then the texts of its cells that are not pictures. */
    private static List<List<String>> page(String query) {
        String html = given().get("/concepts?limit=500&" + query).asString();
        List<List<String>> rows = new ArrayList<>();
        Matcher row = Pattern.compile(
                        "<tr[^>]*><th scope=\"row\" class=\"label[^\"]*\"><a href=\"/concepts/(\\d+)\".*?</th>(.*?)</tr>",
                        Pattern.DOTALL)
                .matcher(html);
        while (row.find()) {
            List<String> cells = new ArrayList<>(List.of(row.group(1)));
            Matcher cell = Pattern.compile("<td class=\"num[^>]*>(?:<span.*?</span> )?(?:<a [^>]*>)?([^<]*?) ?<")
                    .matcher(row.group(2));
            while (cell.find()) cells.add(cell.group(1));
            rows.add(cells);
        }
        return rows;
    }

    private static String score(String value) {
        return value == null ? "N/A" : Numbers.score(Double.parseDouble(value));
    }

    private static String signed(String value) {
        return value == null ? "N/A" : Numbers.signed(Double.parseDouble(value));
    }

    private static String rate(String value) {
        return value == null ? "N/A" : Numbers.rate(Double.parseDouble(value));
    }

    private static String count(String value) {
        return value == null ? "N/A" : Numbers.count(Long.parseLong(value));
    }

    private static String coverage(String value) {
        return Numbers.coverage(Double.parseDouble(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet"})
    void theFaceOfAModelHoldsThePagesNumbersInThePagesOrder(String format) {
        List<List<String>> rows = read(format, MODEL_GAPS).stream()
                .map(r -> List.of(
                        r.get("concept"),
                        r.get("concept"),
                        score(r.get("score")),
                        signed(r.get("gap")),
                        score(r.get("shrunk")),
                        rate(r.get("q")),
                        count(r.get("support")),
                        score(r.get("score_on_b0")),
                        score(r.get("score_on_b2")),
                        score(r.get("score_of_m0"))))
                .toList();
        assertThat(rows).hasSizeGreaterThan(50).isEqualTo(page(MODEL_GAPS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet"})
    void theFaceOfABenchmarkHoldsThePagesNumbersInThePagesOrder(String format) {
        List<List<String>> rows = read(format, BENCHMARK_GAPS).stream()
                .map(r -> List.of(
                        r.get("concept"),
                        r.get("concept"),
                        coverage(r.get("coverage")),
                        count(r.get("items")),
                        count(r.get("benchmarks")),
                        Numbers.percent(Double.parseDouble(r.get("firing_rate"))),
                        coverage(r.get("coverage_in_b0")),
                        coverage(r.get("coverage_in_b3"))))
                .toList();
        assertThat(rows).hasSize(200).isEqualTo(page(BENCHMARK_GAPS));
    }

    @Test
    void jsonNamesItsSnapshotAndAgreesWithParquet() {
        Response json = given().get("/concepts.json?" + MODEL_GAPS);
        json.then().contentType("application/json").body("snapshot", equalTo(ServedStudy.version()));
        List<Map<String, Object>> rows = json.jsonPath().getList("concepts");
        List<Map<String, String>> parquet = read("parquet", MODEL_GAPS);
        assertThat(rows).hasSameSizeAs(parquet);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).keySet())
                    .containsExactlyElementsOf(parquet.get(i).keySet());
            assertThat(rows.get(i).get("label")).isEqualTo(parquet.get(i).get("label"));
            String gap = parquet.get(i).get("gap");
            assertThat((Float) rows.get(i).get("gap")).isEqualTo(gap == null ? null : Float.valueOf(gap));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status=present", MODEL_GAPS, BENCHMARK_GAPS})
    void theApiListsTheSameConceptsInTheSameOrder(String query) {
        List<Integer> listed =
                given().get("/api/v1/concepts?limit=500&" + query).jsonPath().getList("data.concepts.concept");
        assertThat(listed)
                .isNotEmpty()
                .isEqualTo(page(query).stream()
                        .map(row -> Integer.valueOf(row.getFirst()))
                        .toList());
    }

    @Test
    void allRowsAreThereAndNotOnlyAPage() {
        assertThat(read("csv", "face=benchmark&page=3&limit=10")).hasSize(200);
        given().get("/concepts.json?q=tangerines&match=words").then().body("concepts.concept", hasSize(1));
    }

    @Test
    void hostileLabelsComeBackAsTheyAreButForFormulasInCsv() {
        String query = "face=benchmark&sort=id";
        Map<String, String> csv = read("csv", query).get(ServedStudy.FORMULA / 3);
        assertThat(csv.get("label")).isEqualTo("'" + ServedStudy.FORMULA_LABEL);
        assertThat(read("csv", query).get(0).get("label")).isEqualTo(ServedStudy.SCRIPT);
        assertThat(read("parquet", query).get(ServedStudy.FORMULA / 3).get("label"))
                .isEqualTo(ServedStudy.FORMULA_LABEL);
        given().get("/concepts.json?" + query)
                .then()
                .body("concepts[4].label", equalTo(ServedStudy.FORMULA_LABEL))
                .body("concepts[1].label", equalTo(ServedStudy.TURNED));
        assertThat(new String(given().get("/concepts.csv?" + query).asByteArray(), StandardCharsets.UTF_8))
                .startsWith(
                        "concept,label,label_kind,label_auc,family,benchmark,coverage,status,items,benchmarks,firing_rate\r\n")
                .endsWith("\r\n");
    }

    @Test
    void theTemporaryFileIsGone() throws IOException {
        given().get("/concepts.parquet").then().statusCode(200);
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("concepts-") && name.contains(".parquet"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "csv, text/csv",
        "json, application/json",
        "parquet, application/vnd.apache.parquet",
    })
    void aFileSaysWhatItIs(String format, String type) {
        given().get("/concepts." + format + "?face=benchmark")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith(type))
                .header(
                        "Content-Disposition",
                        equalTo("attachment; filename=\"concepts-" + ServedStudy.version() + "." + format + "\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/concepts.csv?columns=b9 | 400 | columns: there is no",
                "/concepts.parquet?sort=colour | 400 | sort: there is no",
                "/concepts.json?snapshot=none | 404 | no snapshot of that version",
                "/concepts.xlsx | 404 | not to be had in that format",
            })
    void whatCannotBeHadIsTold(String path, int status, String message) {
        given().get(path).then().statusCode(status).body(containsString(message));
    }

    @Test
    void suggestionsAreLinksWithTheMatchMarked() {
        given().get("/concepts/suggest?q=tanger")
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("id=\"option-0\" href=\"/concepts/9\""),
                        containsString("crates of <mark>tangerines</mark>"),
                        not(containsString("<html"))));
        given().get("/concepts/suggest?q=tanger&snapshot=" + ServedStudy.version())
                .then()
                .body(containsString("href=\"/concepts/9?snapshot=" + ServedStudy.version() + "\""));
        assertThat(given().get("/concepts/suggest?q=").asString()).isBlank();
        assertThat(given().get("/concepts/suggest?q=zzzzqqqq").asString()).isBlank();
        assertThat(given().get("/concepts/suggest?q=script").asString())
                .contains("&lt;")
                .doesNotContain("<script>");
    }
}
