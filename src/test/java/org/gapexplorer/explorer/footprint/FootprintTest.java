package org.gapexplorer.explorer.footprint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gapexplorer.catalog.SavedFootprints;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor's own prompts, read by the study's lens on the server. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class FootprintTest {
    private static final String TEXT = "Two boats left the harbour at dawn, one of them with nets.";
    private static final String SECRET_WORD = "xylographer";

    @Inject
    FootprintShelf shelf;

    @Inject
    SavedFootprints footprints;

    @BeforeEach
    void ready() throws InterruptedException {
        awaitTables();
    }

    /** The tables are made in the background after the start. */
    static void awaitTables() throws InterruptedException {
        for (int i = 0; i < 100 && given().get("/footprint/2222222222").statusCode() == 503; i++) Thread.sleep(200);
    }

    private static RequestSpecification form(String text) {
        return given().multiPart("text", text);
    }

    private static JsonPath api(String lines) {
        return given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/footprint")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Of one prompt the mass is its saliency, which trying it gives too. */
    @Test
    void theSharesOfOnePromptAreThoseOfAPlainSum() {
        JsonPath tried = given().queryParam("text", TEXT).get("/api/v1/try").jsonPath();
        Map<Integer, Double> saliency = new HashMap<>();
        for (Map<String, Object> firing : tried.<Map<String, Object>>getList("data.concepts")) {
            int id = (Integer) ((Map<?, ?>) firing.get("concept")).get("concept");
            saliency.put(id, ((Number) firing.get("saliency")).doubleValue());
        }
        double total = saliency.values().stream().mapToDouble(s -> s).sum();
        double covered = 0;
        double shared = 0;
        double none = 0;
        List<Map<String, Object>> all =
                given().get("/api/v1/concepts?limit=500").jsonPath().getList("data.concepts");
        assertThat(all).hasSize(200);
        double benchmark =
                all.stream().mapToDouble(c -> number(c, "b1", "mass")).sum();
        for (Map<String, Object> concept : all) {
            double s = saliency.getOrDefault((Integer) concept.get("concept"), 0.0);
            covered += covers(concept, "b1") ? s : 0;
            none += IntStream.range(0, 4).noneMatch(b -> covers(concept, "b" + b)) ? s : 0;
            shared += Math.min(s / total, number(concept, "b1", "mass") / benchmark);
        }
        JsonPath read = api("{\"prompt\": \"" + TEXT + "\"}");
        assertThat(read.getInt("data.footprint.concepts")).isEqualTo(saliency.size());
        assertThat(read.getDouble("data.footprint.uncoveredMass")).isCloseTo(none / total, within(1e-4));
        String b1 = "data.footprint.benchmarks.find { it.benchmark == 'b1' }.";
        assertThat(read.getDouble(b1 + "covered")).isCloseTo(covered / total, within(1e-4));
        assertThat(read.getDouble(b1 + "shared")).isCloseTo(shared, within(1e-4));
        assertThat(read.getDouble("data.footprint.models[0].atConcepts.mean"))
                .isCloseTo(tried.getDouble("data.models.m0"), within(1e-4));
    }

    private static double number(Map<String, Object> concept, String benchmark, String of) {
        return ((Number) ((Map<?, ?>) ((Map<?, ?>) concept.get("coverage")).get(benchmark)).get(of)).doubleValue();
    }

    private static boolean covers(Map<String, Object> concept, String benchmark) {
        Map<?, ?> coverage = (Map<?, ?>) ((Map<?, ?>) concept.get("coverage")).get(benchmark);
        return (Integer) coverage.get("support") >= 10
                && !List.of("MISSING", "UNDER").contains(coverage.get("status"));
    }

    @Test
    void theExpectedScoreIsTheMeanOfTheMostSimilarItems() {
        JsonPath tried = given().queryParam("text", TEXT).get("/api/v1/try").jsonPath();
        double nearest = tried.getDouble("data.alike[0].cosine");
        JsonPath read = api("{\"text\": \"" + TEXT + "\"}");
        assertThat(read.getDouble("data.footprint.nearness")).isCloseTo(nearest, within(1e-3));
        double mean = read.getDouble("data.footprint.models[0].similar.mean");
        assertThat(mean).isBetween(0.0, 1.0);
        assertThat((Object) read.get("data.footprint.models[0].similar.low")).isNull();
        JsonPath twice = api(("{\"text\": \"" + TEXT + "\"}\n").repeat(2));
        assertThat(twice.getDouble("data.footprint.models[0].similar.mean")).isCloseTo(mean, within(1e-4));
        assertThat(twice.getDouble("data.footprint.models[0].similar.low")).isCloseTo(mean, within(1e-4));
        assertThat(twice.getInt("data.footprint.prompts")).isEqualTo(2);
    }

    @Test
    void aPastedTextIsReadAndTheAnswerHoldsNoWordOfIt() {
        form(TEXT + "\nThe " + SECRET_WORD + " & <b>others</b>")
                .post("/footprint")
                .then()
                .statusCode(200)
                .body(containsString("Your footprint"))
                .body(containsString("Which benchmarks cover it"))
                .body(containsString("What score to expect"))
                .body(not(containsString(SECRET_WORD)));
    }

    @Test
    void aFileIsReadInPlaceOfTheText() {
        given().multiPart("text", "")
                .multiPart(
                        "file",
                        "a.jsonl",
                        "\uFEFF{\"prompt\": \"one\"}\n{\"prompt\": \"two\"}\n".getBytes(StandardCharsets.UTF_8))
                .post("/footprint")
                .then()
                .statusCode(200)
                .body(containsString("<dd>2<"));
    }

    @Test
    void whatCannotBeReadIsToldWithItsLineAndTheTextStays() {
        form("{\"prompt\": \"<script>alert(1)</script>\"}\n{broken")
                .multiPart("title", "\"><img src=x>")
                .multiPart("keep", "yes")
                .post("/footprint")
                .then()
                .statusCode(400)
                .body(containsString("line 2: is not JSON"))
                .body(containsString("&lt;script&gt;alert(1)"))
                .body(not(containsString("<script>alert")))
                .body(not(containsString("<img src=x>")))
                .body(containsString("name=\"keep\" value=\"yes\" checked"));
    }

    @Test
    void badUploadsAreRefusedInOneSentence() {
        given().multiPart("file", "a.bin", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1})
                .post("/footprint")
                .then()
                .statusCode(400)
                .body(containsString("file: is not text in UTF-8"));
        form("").post("/footprint").then().statusCode(400).body(containsString("there are none"));
        form("\u0000\u0001\n\u0000").post("/footprint").then().statusCode(400).body(containsString("there are none"));
        given().contentType("text/plain")
                .body("hello")
                .post("/footprint")
                .then()
                .statusCode(400)
                .body(containsString("Content-Type"));
        given().contentType("multipart/form-data; boundary=x")
                .body("--y nothing of the kind".getBytes(StandardCharsets.UTF_8))
                .post("/footprint")
                .then()
                .statusCode(400);
        given().post("/footprint").then().statusCode(400);
        form("hello")
                .multiPart("title", "x".repeat(300))
                .post("/footprint")
                .then()
                .statusCode(400);
    }

    @Test
    void oneOfASiteElsewhereIsRefused() {
        form(TEXT)
                .header("Sec-Fetch-Site", "cross-site")
                .post("/footprint")
                .then()
                .statusCode(403);
        given().header("Sec-Fetch-Site", "cross-site")
                .contentType("application/json")
                .body("[\"a\"]")
                .post("/api/v1/footprint")
                .then()
                .statusCode(403);
    }

    @Test
    void whatIsTooLargeIsRefusedInOneSentence() {
        byte[] large = "a line of text\n".repeat(700_000).getBytes(StandardCharsets.UTF_8);
        given().multiPart("file", "a.txt", large)
                .post("/footprint")
                .then()
                .statusCode(413)
                .body(containsString("at most 1 MB"));
        given().contentType("application/x-ndjson")
                .body(large)
                .post("/api/v1/footprint")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("status", equalTo(413));
        // the other routes take no more than before
        given().contentType("application/x-www-form-urlencoded")
                .body("path=/&note=" + "x".repeat(70_000))
                .post("/v")
                .then()
                .statusCode(413)
                .body(containsString("at most 64 KB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "[\"a\"", "[{\"prompt\": [\"a\"]}]", "[[[[[[["})
    void badJsonIsAProblem(String body) {
        given().contentType("application/json")
                .body(body)
                .post("/api/v1/footprint")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void anUploadIsKeptAsNumbersUntilItsSecretDeletesIt() {
        Response read = form("The " + SECRET_WORD + " at work\n" + TEXT)
                .multiPart("keep", "yes")
                .multiPart("title", "<i>March</i>")
                .post("/footprint");
        assertThat(read.statusCode()).isEqualTo(200);
        String link = read.asString().replaceAll("(?s).*<a href=\"(/footprint/[a-z0-9]{10})\" id=\"kept\".*", "$1");
        assertThat(shelf.find(link.replaceAll(".*/", "")).profile)
                .contains("\"prompts\":2")
                .doesNotContain(SECRET_WORD);
        given().get(link)
                .then()
                .statusCode(200)
                .body(containsString("&lt;i&gt;March&lt;/i&gt;"))
                .body(containsString("Which benchmarks cover it"))
                .body(not(containsString("secret=")));
        JsonPath json = given().get("/api/v1" + link).jsonPath();
        assertThat(json.getInt("data.footprint.prompts")).isEqualTo(2);
        // the same numbers as at the time of reading
        JsonPath again = given().contentType("application/json")
                .body(List.of("The " + SECRET_WORD + " at work", TEXT))
                .post("/api/v1/footprint")
                .jsonPath();
        assertThat(again.getMap("data.footprint")).isEqualTo(json.getMap("data.footprint"));

        String secret = read.asString().replaceAll("(?s).*secret=([A-Za-z0-9_-]+)\".*", "$1");
        given().get(link + "/delete?secret=" + secret)
                .then()
                .statusCode(200)
                .body(containsString("Delete a saved footprint"));
        given().formParam("secret", "guessed").post(link + "/delete").then().statusCode(404);
        given().formParam("secret", secret).post(link + "/delete").then().statusCode(200);
        given().get(link).then().statusCode(404);
        given().get("/api/v1" + link).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void twoUploadsAreComparedConceptByConcept() {
        String ships = IntStream.range(0, 25)
                .mapToObj(i -> "Boats number " + i + " left the harbour with nets.")
                .collect(Collectors.joining("\n"));
        String sums = IntStream.range(0, 25)
                .mapToObj(i -> "How much is " + i + " times seven?")
                .collect(Collectors.joining("\n"));
        String first = kept(form(ships).multiPart("title", "Ships"));
        Response second = form(sums)
                .multiPart("keep", "yes")
                .multiPart("against", "http://localhost" + first + "?x=1")
                .post("/footprint");
        assertThat(second.asString())
                .contains("Against <a href=\"" + first, "Ships", "Concepts whose share of prompts");
        String link = second.asString().replaceAll("(?s).*<a href=\"(/footprint/[a-z0-9]{10})\" id=\"kept\".*", "$1");
        given().queryParam("against", first.replaceAll(".*/", ""))
                .get(link)
                .then()
                .statusCode(200)
                .body(containsString(
                        "Concepts whose share of prompts rose or fell most, of 25 prompts then and 25 now"));
        JsonPath json =
                given().queryParam("against", first).get("/api/v1" + link).jsonPath();
        List<Float> q = json.getList("data.difference.changed.change.q");
        assertThat(q).isNotEmpty().allMatch(v -> v < 0.05);
        assertThat(json.getList("data.difference.changed.change.before", Integer.class))
                .allMatch(n -> n <= 25);
        JsonPath same =
                given().queryParam("against", first).get("/api/v1" + first).jsonPath();
        assertThat(same.getInt("data.difference.changes")).isZero();
    }

    private static String kept(RequestSpecification form) {
        return form.multiPart("keep", "yes")
                .post("/footprint")
                .asString()
                .replaceAll("(?s).*<a href=\"(/footprint/[a-z0-9]{10})\" id=\"kept\".*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2222222222", "' or 1=1", "https://elsewhere.example/", "<script>", "////"})
    void comparingWithWhatIsNotThereIsToldBeforeAnythingIsRead(String against) {
        form(TEXT)
                .multiPart("against", against)
                .post("/footprint")
                .then()
                .statusCode(400)
                .body(containsString("there is no saved footprint behind"))
                .body(not(containsString("<script>\"")));
    }

    @Test
    void footprintsOfAnotherLensAreNotCompared() throws Throwable {
        var other = new SavedFootprints.NewFootprint(
                "", "Old", ServedStudy.version(), "ab".repeat(32), "an old lens", 1, "{}");
        String id = io.quarkus.vertx.VertxContextSupport.subscribeAndAwait(() -> footprints.save(other))
                .shortId();
        form(TEXT)
                .multiPart("against", id)
                .post("/footprint")
                .then()
                .statusCode(400)
                .body(containsString("an old lens"))
                .body(containsString("abababab"))
                .body(containsString("their concepts are not the same"));
    }

    @Test
    void aLinkThatLeadsNowhereIsTold() {
        given().get("/footprint/2222222222").then().statusCode(404).body(containsString("no saved footprint"));
        given().get("/footprint/nothing'--").then().statusCode(404);
    }
}
