package org.gapexplorer.explorer.change;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page that holds one snapshot against another. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class ChangesPageTest {

    @Test
    void itNamesBothSnapshotsAndWhatTheyShare() {
        given().get("/changes")
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("Snapshot " + ServedStudy.version()),
                        containsString("against " + ServedStudy.earlier()),
                        containsString("Concepts that appeared"),
                        containsString("Mended")));
    }

    @Test
    void whatAppearedIsListedWithItsLabelAsText() {
        given().get("/changes?show=appeared&benchmark=b1&kind=all&minSupport=1")
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("&lt;script&gt;"),
                        not(containsString("<script>document")),
                        containsString("/concepts/" + ServedStudy.HOSTILE)));
    }

    @Test
    void whereManyScoresAreHeldAgainstEachOtherItSaysThatSomeDifferByLuck() {
        for (String page : List.of(
                "/changes?show=better&kind=all&minSupport=1", "/models/compare?models=m0,m1&kind=all&minSupport=1")) {
            given().get(page).then().statusCode(200).body(containsString("not corrected for looking at many"));
        }
        given().get("/changes?show=coverage&kind=all&minSupport=1")
                .then()
                .body(not(containsString("not corrected for looking at many")));
    }

    @Test
    void theApiSaysTheSame() {
        var changes =
                given().get("/api/v1/changes?show=better&kind=all&minSupport=1").jsonPath();
        assertThat(changes.getString("snapshot")).isEqualTo(ServedStudy.version());
        assertThat(changes.getString("data.before")).isEqualTo(ServedStudy.earlier());
        assertThat(changes.getInt("data.suite.same")).isEqualTo(120);
        List<Integer> concepts = changes.getList("data.rows.rows.concept");
        assertThat(concepts).containsExactly(ServedStudy.KNOWN);
        assertThat(changes.getFloat("data.rows.rows[0].scoreBefore.chi")).isZero();
        // the same items, answered alike
        assertThat(changes.getFloat("data.scores.difference.value")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "since=nonsense, there is no",
        "since=..%2F..%2Fetc, there is no",
        "was=gpt, there is no",
        "benchmark=none, there is no",
        "show=everything, there is no",
        "minSupport=-1, is not a whole number"
    })
    void badParametersAreNamed(String query, String message) {
        given().urlEncodingEnabled(false)
                .get("/changes?" + query)
                .then()
                .statusCode(400)
                .body(allOf(containsString(query.substring(0, query.indexOf('='))), containsString(message)));
    }

    @Test
    void theFirstSnapshotHasNothingToBeHeldAgainst() {
        given().get("/changes?snapshot=" + ServedStudy.earlier())
                .then()
                .statusCode(200)
                .body(containsString("This server has no earlier snapshot"));
        given().get("/api/v1/changes?snapshot=" + ServedStudy.earlier())
                .then()
                .statusCode(404)
                .body("detail", equalTo("This server has no earlier snapshot."));
    }
}
