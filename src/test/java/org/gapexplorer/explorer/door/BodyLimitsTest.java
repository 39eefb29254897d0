package org.gapexplorer.explorer.door;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class BodyLimitsTest {
    private static final String REFUSED = "The address has more than 500 parameters.";

    @ParameterizedTest
    @ValueSource(strings = {"&", ";"})
    void anAddressOfFiveThousandParametersIsRefused(String between) {
        String many = "/concepts?x=1" + (between + "x=1").repeat(4_999);
        RestAssured.given()
                .urlEncodingEnabled(false)
                .get(many)
                .then()
                .statusCode(400)
                .contentType("text/html")
                .body(containsString(REFUSED));
        RestAssured.given()
                .urlEncodingEnabled(false)
                .get("/api/v1" + many)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo(REFUSED));
    }

    @Test
    void oneOfFiveHundredIsNot() {
        RestAssured.get("/concepts?x=1" + "&x=1".repeat(499)).then().statusCode(200);
        RestAssured.get("/concepts?x=1" + "&x=1".repeat(500)).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot=%u0041&term=30d", "path=/&term=%u0041", "path=%", "term=%zz"})
    void aFormWithWrongEscapesIsRefused(String form) {
        RestAssured.given()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form)
                .post("/v")
                .then()
                .statusCode(400)
                .body(containsString("not encoded as forms are"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/;a=1/concepts/%25", "/;a=1/concepts/%25", "/concepts;a=1/%25%25"})
    void anAddressWithParametersInItsPathIsNotThere(String address) {
        RestAssured.given().urlEncodingEnabled(false).get(address).then().statusCode(404);
    }
}
