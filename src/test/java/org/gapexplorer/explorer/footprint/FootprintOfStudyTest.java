package org.gapexplorer.explorer.footprint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.gapexplorer.catalog.SavedFootprint;
import org.gapexplorer.catalog.SavedFootprints;
import org.gapexplorer.explorer.access.GuardedStudies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A saved footprint is its study's, on a server of several of which not everybody may see each. */
@QuarkusTest
@TestProfile(GuardedStudies.Profile.class)
class FootprintOfStudyTest {
    private static final String GONE = "20250101-000000-0123abcd";

    @Inject
    SavedFootprints footprints;

    private SavedFootprint ofLibrary;
    private String vault;

    private static RequestSpecification stranger() {
        return given().redirects().follow(false);
    }

    private static RequestSpecification member() {
        return stranger().header("X-Forwarded-User", "ada").header("X-Forwarded-Groups", "team-a");
    }

    /** One upload to the open study, kept as soon as the tables are made. */
    @BeforeEach
    void keepOne() throws Throwable {
        String page = "";
        for (int i = 0; i < 100 && !page.contains("id=\"kept\""); i++) {
            if (i > 0) Thread.sleep(200);
            page = stranger()
                    .multiPart("text", "Two boats left the harbour at dawn.")
                    .multiPart("keep", "yes")
                    .post("/s/library/footprint")
                    .asString();
        }
        String id = page.replaceAll("(?s).*<a href=\"/s/library/footprint/([a-z0-9]{10})\" id=\"kept\".*", "$1");
        ofLibrary = VertxContextSupport.subscribeAndAwait(() -> footprints.find(id));
        vault = member().get("/s/vault/api/v1/study").path("snapshot");
    }

    /** Another with the same numbers. */
    private String kept(String study, String snapshot) throws Throwable {
        var footprint = new SavedFootprints.NewFootprint(
                study,
                "of " + study,
                snapshot,
                ofLibrary.lens,
                ofLibrary.lensName,
                ofLibrary.prompts,
                ofLibrary.profile);
        return VertxContextSupport.subscribeAndAwait(() -> footprints.save(footprint))
                .shortId();
    }

    private static int status(RequestSpecification who, String base, String id) {
        Response page = who.get(base + "/footprint/" + id);
        assertThat(who.get(base + "/api/v1/footprint/" + id).statusCode()).isEqualTo(page.statusCode());
        return page.statusCode();
    }

    @Test
    void itOpensInItsStudyAndNowhereElse() {
        assertThat(ofLibrary.study).isEqualTo("library");
        String id = ofLibrary.shortId;
        assertThat(status(stranger(), "/s/library", id)).isEqualTo(200);
        assertThat(status(member(), "/s/library", id)).isEqualTo(200);
        assertThat(status(member(), "/s/vault", id)).isEqualTo(404);
        assertThat(status(member(), "", id)).as("the usual study is another").isEqualTo(404);
    }

    @Test
    void whomItsStudyRefusesReadsItByNoOther() throws Throwable {
        for (String id : new String[] {kept("vault", vault), kept("vault", GONE)}) {
            assertThat(status(stranger(), "/s/vault", id)).isEqualTo(403);
            assertThat(status(stranger(), "", id)).isEqualTo(403);
            // which has its lens
            assertThat(status(stranger(), "/s/library", id)).isEqualTo(404);
            assertThat(status(member(), "/s/library", id)).isEqualTo(404);
            stranger()
                    .queryParam("against", id)
                    .get("/s/library/footprint/" + ofLibrary.shortId)
                    .then()
                    .statusCode(400)
                    .body(containsString("there is no saved footprint behind"));
        }
        assertThat(status(member(), "/s/vault", kept("vault", vault))).isEqualTo(200);
    }

    /** As those that were saved before their study was noted. */
    @Test
    void oneThatNamesNoStudyIsOfTheOneThatHasItsSnapshot() throws Throwable {
        String id = kept("", vault);
        assertThat(status(member(), "/s/vault", id)).isEqualTo(200);
        assertThat(status(stranger(), "/s/vault", id)).isEqualTo(403);
        assertThat(status(stranger(), "/s/library", id)).isEqualTo(404);
        assertThat(status(stranger(), "/s/library", kept("", GONE))).isEqualTo(404);
    }
}
