package org.gapexplorer.explorer.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class ServiceTest {
    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private String metrics() {
        return RestAssured.get(metrics).body().asString();
    }

    private static double value(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void latencyIsToldByRouteWhateverAddressesAndMethodsAreMadeUp() {
        String route = "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/concepts/{id}\"}";
        double before = value(metrics(), route);
        for (int concept : new int[] {9, 15, 18})
            given().get("/concepts/" + concept).then().statusCode(200);
        for (int i = 0; i < 30; i++) {
            given().get("/made/up/" + i);
            given().request("BREW" + i, "/concepts/9");
            given().get("/assets/" + i + "/app.css");
            if (i < 3)
                given().body("x".repeat(70_000)).post("/made/up/" + i).then().statusCode(413);
        }
        given().urlEncodingEnabled(false).get("/datapoints/b0/i%2F3").then().statusCode(200);

        String after = metrics();
        assertThat(value(after, route) - (Double.isNaN(before) ? 0 : before)).isEqualTo(3);
        Matcher uri = Pattern.compile("http_server_requests_seconds_count\\{.*uri=\"([^\"]*)\"")
                .matcher(after);
        Set<String> routes = uri.results().map(r -> r.group(1)).collect(Collectors.toSet());
        assertThat(routes)
                .contains("/datapoints/{benchmark}/{item}", "none", "file", "refused")
                .allSatisfy(r ->
                        assertThat(r).doesNotContain("made", "assets", "i/3").doesNotContainPattern("[0-9]{2}"));
        assertThat(after).doesNotContain("BREW").contains("method=\"OTHER\"");
        assertThat(after).contains("uri=\"/concepts/{id}\",le=\"0.02\"");
    }

    @Test
    void searchesTextsSnapshotAndCatalogAreTold() throws Exception {
        given().get("/concepts?q=tangerines").then().statusCode(200);
        given().get("/try?text=A%20boat%20at%20sea").then().statusCode(200);
        String now = metrics();
        assertThat(value(now, "gapexplorer_search_seconds_count")).isPositive();
        assertThat(value(now, "gapexplorer_meaning_seconds_count")).isPositive();
        assertThat(value(now, "gapexplorer_lens_seconds_count")).isPositive();
        assertThat(value(now, "gapexplorer_lens_seconds_sum")).isPositive();
        assertThat(value(now, "gapexplorer_snapshot_info{study=\"\",version=\"" + ServedStudy.version() + "\"}"))
                .isEqualTo(1);
        assertThat(value(now, "gapexplorer_snapshot_age_seconds{study=\"\"}")).isBetween(0.0, 3_600.0);
        given().get("/concepts?snapshot=" + ServedStudy.earlier()).then().statusCode(200);
        double pinned = 0;
        for (int i = 0; i < 100 && pinned != 1; i++) {
            Thread.sleep(50);
            pinned = value(metrics(), "gapexplorer_snapshot_pinned{study=\"\"}");
        }
        assertThat(pinned).as("the earlier version is open").isEqualTo(1);
        double reachable = Double.NaN;
        // a scrape asks the database, and tells it from then on
        for (int i = 0; i < 100 && !(reachable == 1); i++) {
            Thread.sleep(50);
            reachable = value(metrics(), "gapexplorer_catalog_reachable");
        }
        assertThat(reachable).isEqualTo(1);
        assertThat(value(metrics(), "gapexplorer_saved_views")).isNotNegative();
    }

    @Test
    void metricsAreNotWhereThePagesAreAndHealthIs() {
        given().get("/q/metrics").then().statusCode(404);
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        assertThat(metrics.getHost()).isIn("localhost", "127.0.0.1");
    }

    @Test
    void aRequestKeepsTheNameThatItCameWithWhereThatIsOne() {
        given().header("X-Request-Id", "a1b2c3d4-proxy_7.x")
                .get("/about")
                .then()
                .header("X-Request-Id", "a1b2c3d4-proxy_7.x");
        for (String odd : new String[] {"short", "with blank inside", "<script>alert(1)</script>", "x".repeat(65)}) {
            given().header("X-Request-Id", odd)
                    .get("/about")
                    .then()
                    .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"));
        }
    }

    @Test
    void aProblemTellsTheRequestsName() {
        given().header("X-Request-Id", "problem-12345678")
                .get("/api/v1/concepts?limit=many")
                .then()
                .statusCode(400)
                .body("requestId", equalTo("problem-12345678"));
    }

    @ParameterizedTest
    @CsvSource({"app.css,text/css", "app.js,text/javascript", "icon.svg,image/svg+xml", "htmx.min.js,text/javascript"})
    void aFileUnderItsHashIsKeptForeverAndUnderAnotherIsAskedForAgain(String name, String type) {
        Response kept = given().header("Accept-Encoding", "gzip").get(Assets.of(name));
        kept.then()
                .statusCode(200)
                .contentType(containsString(type))
                .header("Cache-Control", containsString("immutable"))
                .header("Content-Encoding", "gzip")
                .header("Cross-Origin-Resource-Policy", "cross-origin");
        Response old = given().get("/assets/0123456789abcdef/" + name);
        old.then().statusCode(200).header("Cache-Control", "no-cache");
        assertThat(old.body().asByteArray()).isEqualTo(kept.body().asByteArray());
        assertThat(given().get("/about").body().asString()).contains('"' + Assets.of(name) + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/0123456789abcdef/application.properties", "/assets/x/..%2fapp.css", "/assets/x/"})
    void nothingElseIsAnAsset(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(404);
    }

    @Test
    void otherSitesMayShowPicturesChartsAndEmbedsAndNothingElse() {
        String header = "Cross-Origin-Resource-Policy";
        given().get("/concepts/9").then().header(header, "same-origin");
        given().get("/api/v1/study").then().header(header, "same-origin");
        given().get("/concepts/9?embed=true").then().header(header, "cross-origin");
        given().get("/concepts/9?picture=png").then().header(header, "cross-origin");
        given().get("/app.css").then().header(header, "cross-origin");
    }

    @Test
    void withoutATrustedProxyNobodyIsBelievedToHaveComeByTls() {
        given().header("X-Forwarded-Proto", "https")
                .get("/about")
                .then()
                .header("Strict-Transport-Security", nullValue())
                .header("Content-Security-Policy", not(containsString("unsafe")));
    }

    @Test
    void aQueryIsBoundedInLengthWordsPagesAndRepetitions() {
        given().get("/concepts?q=" + "w".repeat(501)).then().statusCode(400);
        given().get("/concepts?q=" + "word ".repeat(99)).then().statusCode(200);
        given().get("/api/v1/concepts?limit=501").then().statusCode(400);
        given().get("/api/v1/concepts?limit=500&page=23").then().statusCode(400);
        given().get("/concepts?" + "status=missing&".repeat(101)).then().statusCode(400);
        given().get("/try?text=" + "t".repeat(2_001)).then().statusCode(400);
        given().get("/concepts?q=" + "w".repeat(25_000)).then().statusCode(414);
        given().header("X-Long", "h".repeat(21_000)).get("/about").then().statusCode(431);
    }
}
