package org.gapexplorer.explorer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.util.IOUtils;
import org.gapexplorer.explorer.view.Url;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of several studies: each under its own address, none mixed with another. */
@QuarkusTest
@TestProfile(SeveralStudiesTest.Several.class)
class SeveralStudiesTest {
    /** A server of its own, after those of the other tests. */
    public static class Several implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SeveralStudies.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static final Pattern ADDRESS =
            Pattern.compile("(?:href|action|hx-get|hx-post|hx-push-url)=\"(/(?!/)[^\"]*)\"");
    /** Short links, files and the start page are the server's, not a study's. */
    private static final Pattern OF_THE_SERVER =
            Pattern.compile("/|/v/[a-z0-9]+(/.*)?|/app\\.css.*|/icon\\.svg.*|/api/v1/openapi\\.(json|yaml)|/assets/.*");

    private static Map<String, String> ids(String base) {
        Map<String, String> ids = new HashMap<>();
        ids.put("version", given().get(base + "/api/v1/study").path("snapshot"));
        ids.put("benchmark", "b0");
        ids.put("both", "b0,b1");
        ids.put("model", "m0");
        ids.put("otherModel", "m1");
        ids.put("concept", "9");
        ids.put("first", "0");
        String item =
                given().get(base + "/api/v1/datapoints?limit=1&benchmark=b0").path("data.datapoints[0].item");
        ids.put("item", Url.segment(item));
        return ids;
    }

    private static List<String> strangers(String html, String base) {
        return ADDRESS.matcher(html)
                .results()
                .map(m -> m.group(1))
                .filter(a ->
                        !a.startsWith(base + "/") && !OF_THE_SERVER.matcher(a).matches())
                .distinct()
                .toList();
    }

    @Test
    void theStartPageListsThemAndSaysWhichCannotBeShown() {
        String page = given().get("/").then().statusCode(200).extract().asString();
        assertThat(page)
                .contains("href=\"/s/tides/\"", SeveralStudies.TIDES, "href=\"/s/winds/\"", SeveralStudies.WINDS)
                .contains("It has no snapshot to show yet.")
                .doesNotContain("20260101-000000-nothing-of-that-name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tides", "winds"})
    void everyLinkOfAStudysPagesStaysWithIt(String study) {
        String base = "/s/" + study;
        List<String> addresses = AllPages.addresses(ids(base));
        assertThat(addresses).hasSizeGreaterThan(25);
        for (String address : addresses) {
            Response answer =
                    given().urlEncodingEnabled(false).redirects().follow(false).get(base + address);
            assertThat(answer.statusCode()).as(address).isIn(200, 404);
            assertThat(strangers(answer.asString(), base)).as(base + address).isEmpty();
        }
    }

    @Test
    void eachAnswersFromItsOwnSnapshot() {
        given().get("/s/tides/api/v1/study").then().body("data.title", equalTo(SeveralStudies.TIDES));
        given().get("/s/winds/api/v1/study").then().body("data.title", equalTo(SeveralStudies.WINDS));
        given().get("/s/tides/").then().statusCode(200).body(containsString("<h1><bdi>" + SeveralStudies.TIDES));
        given().get("/s/tides").then().statusCode(200).body(containsString("<h1><bdi>" + SeveralStudies.TIDES));
        given().get("/s/tides/concepts?limit=5&sort=id").then().body(containsString(SeveralStudies.TIDES));
        String version = given().get("/s/tides/api/v1/study").path("snapshot");
        given().get("/s/winds/concepts?snapshot=" + version)
                .then()
                .statusCode(404)
                .body(containsString("no snapshot of that version"));
    }

    @Test
    void anAddressThatNamesNoneIsTheUsualStudys() {
        given().get("/api/v1/study").then().body("data.title", equalTo(SeveralStudies.WINDS));
        String page = given().get("/concepts").then().statusCode(200).extract().asString();
        assertThat(strangers(page, "/s/winds")).isEmpty();
        given().get("/api/v1/studies")
                .then()
                .body("studies.id", equalTo(List.of("tides", "winds", "wrecks")))
                .body("studies.base[0]", equalTo("/s/tides"))
                .body("studies.findAll { it.usual }.id", equalTo(List.of("winds")))
                .body("studies.findAll { it.ready }.id", equalTo(List.of("tides", "winds")));
    }

    @Test
    void whatABrowserHasOfOneIsNotTakenForTheOther() {
        String tag = given().get("/s/tides/concepts").header("ETag");
        given().header("If-None-Match", tag).get("/s/tides/concepts").then().statusCode(304);
        given().header("If-None-Match", tag)
                .get("/s/winds/concepts")
                .then()
                .statusCode(200)
                .body(containsString(SeveralStudies.WINDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/s/none/",
                "/s/none/about",
                "/s/none/api/v1/study",
                "/s/%3Cscript%3E/concepts",
                "/s/..%2F..%2Fetc/concepts",
                "/s/tides%00/concepts",
                "/s/TIDES/concepts",
                "/s/",
                "/s",
                "/s/wrecks/s/tides/about",
            })
    void whatIsNoStudyIsNotFound(String address) {
        given().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(404)
                .body(not(containsString("<script>")))
                .body(not(containsString("Exception")));
    }

    @Test
    void aStudyWithoutSnapshotSaysSoAndTheServerIsReady() {
        given().get("/s/wrecks/concepts").then().statusCode(503).body(containsString("No snapshot"));
        given().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
    }

    @Test
    void aSavedViewLeadsBackToItsStudy() {
        String version = given().get("/s/tides/api/v1/study").path("snapshot");
        String made = given().formParam("path", "/s/tides/concepts?snapshot=" + version)
                .formParam("title", "Tides")
                .formParam("snapshot", version)
                .formParam("term", "30d")
                .post("/s/tides/v")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        String path = URI.create(made).getPath();
        assertThat(path).startsWith("/v/");
        given().redirects()
                .follow(false)
                .get(path)
                .then()
                .statusCode(302)
                .header("Location", containsString("/s/tides/concepts?snapshot=" + version));
        given().get(path).then().statusCode(200).body(containsString(SeveralStudies.TIDES));
    }

    @Test
    void assistantsAskOneStudy() {
        var client = McpAssured.newStreamableClient()
                .setBaseUri(URI.create(RestAssured.baseURI + ":" + RestAssured.port))
                .setMcpPath("/s/tides/mcp")
                .build()
                .connect();
        client.when()
                .toolsCall(
                        "study",
                        Map.of(),
                        answer -> assertThat(answer.firstContent().asText().text())
                                .startsWith(SeveralStudies.TIDES))
                .thenAssertResults();
        client.disconnect();
    }

    @Test
    void aStudyComesAndGoesWithoutARestart(@TempDir Path run) throws IOException {
        given().get("/s/reefs/").then().statusCode(404);
        SeveralStudies.build(run.resolve("run"), "reefs", "A study of reefs", 7);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/s/reefs/").then().statusCode(200));
        given().get("/").then().body(containsString("A study of reefs"));
        IOUtils.rm(SeveralStudies.folder().resolve("reefs"));
        assertThat(Files.exists(SeveralStudies.folder().resolve("reefs"))).isFalse();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/s/reefs/").then().statusCode(404));
        given().get("/").then().statusCode(200).body(not(containsString("A study of reefs")));
    }

    @Test
    void filesOfAStudyAreHadUnderItToo() {
        given().get("/s/tides/concepts.csv").then().statusCode(200).body(startsWith("concept"));
        given().get("/s/tides/concepts.csv/").then().statusCode(200).body(startsWith("concept"));
        given().get("/s/tides/app.css").then().statusCode(200);
    }
}
