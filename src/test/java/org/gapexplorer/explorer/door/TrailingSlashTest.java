package org.gapexplorer.explorer.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slash at an address's end changes nothing of what holds for the address. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class TrailingSlashTest {
    private static Response get(String address) {
        return given().urlEncodingEnabled(false).get(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/try/", "/try//", "/try/.", "/try/%2e", "/api/v1/try/"})
    void aVisitorsTextIsForNoSharedCache(String path) {
        Response answer = get(path + "?text=Two%20boats&snapshot=" + ServedStudy.version());
        answer.then().statusCode(200).header("Cache-Control", "private, no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/footprint", "/api/v1/footprint/"})
    void promptsMayBeLong(String path) {
        String prompts = ("{\"prompt\": \"" + "boats ".repeat(300) + "\"}\n").repeat(40);
        assertThat(prompts.length()).isGreaterThan(64 << 10);
        given().contentType("application/x-ndjson")
                .body(prompts.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .statusCode(200);
    }

    @Test
    void itIsTheSamePage() {
        Response plain = get("/concepts?q=tangerines");
        Response slash = get("/concepts/?q=tangerines");
        assertThat(slash.asString()).isEqualTo(plain.asString());
        assertThat(slash.header("ETag")).isEqualTo(plain.header("ETag"));
        get("/").then().statusCode(200);
        get("/datapoints/b0/i%2F3/").then().statusCode(200);
        get("/no/such/page/").then().statusCode(404);
    }
}
