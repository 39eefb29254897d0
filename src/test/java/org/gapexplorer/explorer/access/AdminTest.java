package org.gapexplorer.explorer.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The administrators' page, and the flags on labels that it lists. */
@QuarkusTest
@TestProfile(GuardedStudies.Profile.class)
class AdminTest {
    private static final String HOSTILE = "<script>alert(1)</script> \u202Ebetter";

    private static RequestSpecification stranger() {
        return given().redirects().follow(false);
    }

    private static RequestSpecification root() {
        return stranger().header("X-Forwarded-User", "root");
    }

    /** The tables are made in the background after the start. */
    private static Response saved(Supplier<Response> save) {
        Response answer = save.get();
        for (int i = 0; i < 100 && answer.statusCode() == 503; i++) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer = save.get();
        }
        return answer;
    }

    private static Response flag(RequestSpecification who, String concept, String suggestion) {
        return who.formParam("concept", concept)
                .formParam("what", "wrong")
                .formParam("suggestion", suggestion)
                .post("/s/library/flags");
    }

    @Test
    void onlyAdministratorsSeeIt() {
        stranger().get("/admin").then().statusCode(403).body(not(containsString(GuardedStudies.VAULT)));
        stranger()
                .header("X-Forwarded-User", "ada")
                .header("X-Forwarded-Groups", "team-a,root")
                .get("/admin")
                .then()
                .statusCode(403);
        stranger().get("/admin;x=1").then().statusCode(403);
        stranger().get("/s/library/admin").then().statusCode(403);
        root().get("/admin")
                .then()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache")
                .body(containsString(GuardedStudies.VAULT), containsString("whom a proxy names: group team-a"));
    }

    @Test
    void aFlagIsListedEscapedAndDecidedOn() {
        saved(() -> flag(stranger(), "9", HOSTILE)).then().statusCode(200).body(containsString("Your flag is kept"));
        String page = root().get("/admin").asString();
        assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert(1)");
        Matcher id = Pattern.compile("/admin/flags/(\\d+)").matcher(page);
        assertThat(id.find()).isTrue();
        String decide = id.group();
        stranger().formParam("decision", "accepted").post(decide).then().statusCode(403);
        root().header("Sec-Fetch-Site", "cross-site")
                .formParam("decision", "accepted")
                .post(decide)
                .then()
                .statusCode(403);
        root().header("Origin", "http://elsewhere.example")
                .formParam("decision", "accepted")
                .post(decide)
                .then()
                .statusCode(403);
        root().formParam("decision", "burnt").post(decide).then().statusCode(400);
        root().header("Origin", RestAssured.baseURI + ":" + RestAssured.port)
                .formParam("decision", "accepted")
                .post(decide)
                .then()
                .statusCode(303);
        assertThat(root().get("/admin").asString()).doesNotContain(decide + "\"");
        root().formParam("decision", "accepted").post(decide).then().statusCode(404);
    }

    @Test
    void aFlagThatCannotBeUsedIsRefused() {
        assertThat(flag(stranger(), "nonsense", "").statusCode()).isEqualTo(404);
        assertThat(flag(stranger(), "9", "x".repeat(201)).statusCode()).isEqualTo(400);
        assertThat(flag(stranger().header("Sec-Fetch-Site", "cross-site"), "9", "")
                        .statusCode())
                .isEqualTo(403);
        stranger().formParam("concept", "9").post("/s/library/flags").then().statusCode(400);
        assertThat(stranger()
                        .formParam("concept", "9")
                        .formParam("what", "wrong")
                        .post("/s/vault/flags")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void savedViewsAreFoundAndDeleted() {
        String version = stranger().get("/s/library/api/v1/study").path("snapshot");
        String link = saved(() -> stranger()
                        .formParam("path", "/s/library/models?snapshot=" + version)
                        .formParam("title", "100% of <b>it</b>")
                        .formParam("note", "")
                        .formParam("snapshot", version)
                        .formParam("term", "30d")
                        .post("/v"))
                .header("Location")
                .replaceAll(".*(/v/.*)", "$1");
        root().queryParam("q", "100% OF").get("/admin").then().body(containsString("href=\"" + link + "\""));
        root().queryParam("q", "100_ of").get("/admin").then().body(not(containsString("href=\"" + link + "\"")));
        stranger()
                .post("/admin" + link.replace("/v/", "/views/") + "/delete")
                .then()
                .statusCode(403);
        root().post("/admin" + link.replace("/v/", "/views/") + "/delete")
                .then()
                .statusCode(303);
        stranger().get(link).then().statusCode(404);
    }

    @Test
    void pagesThatShowItemsCarryTheBenchmarksCanary() {
        for (String page :
                new String[] {"/s/library/datapoints/b0/i%2F3", "/s/library/concepts/9", "/s/library/benchmarks/b1"}) {
            given().urlEncodingEnabled(false)
                    .get(page)
                    .then()
                    .body(containsString(GuardedStudies.CANARY))
                    .header("X-Robots-Tag", "noindex");
        }
        given().get("/s/library/models").then().body(not(containsString(GuardedStudies.CANARY)));
        given().get("/s/library/api/v1/benchmarks").then().body(containsString(GuardedStudies.CANARY));
    }

    @ParameterizedTest
    @CsvSource({
        "datapoints?benchmark=b0&limit=3, true",
        "datapoints?limit=500, true",
        "datapoints?benchmark=b1, false",
        "datapoints?benchmark=b2, false",
        "datapoints/b0/i%2F3, true",
        "datapoints/b1/i%2F3, false",
        "concepts/9, false",
        "concepts?limit=500, false",
        "models/compare?models=m0;m1&minSupport=1, false",
    })
    void answersThatHoldItemsTextHaveTheirCanariesAndNoOthersDo(String path, boolean there) {
        JsonPath answer = given().urlEncodingEnabled(false)
                .get("/s/library/api/v1/" + path.replace(";", "%2C"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(answer.<Object>get("canaries")).isEqualTo(there ? List.of(GuardedStudies.CANARY) : null);
        assertThat(answer.getMap("")).containsKeys("snapshot", "data");
        if (!there) assertThat(answer.getMap("")).hasSize(2);
    }

    /** Its text is read by the lens, and like items are given with their text. */
    @Test
    void aTextsLikeItemsComeWithTheirCanary() {
        JsonPath answer = given().queryParam("text", "Two boats left the harbour at dawn, one of them with nets.")
                .get("/s/library/api/v1/try")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        List<String> benchmarks = answer.getList("data.alike.datapoint.benchmark");
        assertThat(benchmarks).isNotEmpty();
        assertThat(answer.<Object>get("canaries"))
                .isEqualTo(benchmarks.contains("b0") ? List.of(GuardedStudies.CANARY) : null);
    }
}
