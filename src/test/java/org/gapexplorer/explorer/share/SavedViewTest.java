package org.gapexplorer.explorer.share;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.gapexplorer.catalog.SavedView;
import org.gapexplorer.explorer.ServedStudy;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class SavedViewTest {
    @Inject
    Mutiny.SessionFactory sessions;

    @Test
    void aSavedViewLeadsBackToThePageUntilItsSecretDeletesIt() {
        String path = "/compare?benchmarks=b0,b1&sort=b1&snapshot=" + ServedStudy.version();
        Response saved = save(path, "Two <b>benchmarks</b>", "look at \"b1\"");
        assertThat(saved.statusCode()).isEqualTo(201);
        String link = "/v/" + saved.header("Location").replaceAll(".*/", "");
        assertThat(saved.asString()).contains(link, "Two &lt;b&gt;benchmarks");

        Response opened = given().redirects().follow(false).get(link);
        assertThat(opened.statusCode()).isEqualTo(302);
        String target = opened.header("Location").replaceFirst("^https?://[^/]+", "");
        assertThat(target).startsWith(path);
        given().urlEncodingEnabled(false)
                .get(target)
                .then()
                .statusCode(200)
                .body(containsString("Benchmark 0 against Benchmark 1"), containsString(link + "/note"));
        given().header("HX-Request", "true")
                .get(link + "/note")
                .then()
                .body(
                        containsString("Two &lt;b&gt;benchmarks"),
                        containsString("look at &quot;b1&quot;"),
                        not(containsString("<html")));

        given().formParam("secret", "guessed").post(link + "/delete").then().statusCode(404);
        given().redirects().follow(false).get(link).then().statusCode(302);
        String secret = saved.asString().replaceAll("(?s).*secret=([A-Za-z0-9_-]+)\".*", "$1");
        given().formParam("secret", secret).post(link + "/delete").then().statusCode(200);
        given().redirects().follow(false).get(link).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere"})
    void onlyPagesOfThisServerCanBeSaved(String path) {
        Response answer = save(path, "x", "");
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void aFormOnAnotherSiteCannotSave() {
        given().header("Sec-Fetch-Site", "cross-site")
                .formParam("path", "/")
                .formParam("title", "x")
                .formParam("snapshot", ServedStudy.version())
                .post("/v")
                .then()
                .statusCode(403);
    }

    @Test
    void aSavedViewSaysUntilWhenItLastsAndThenThatItIsOver() throws Throwable {
        Response saved = save("/concepts", "For a month", "", "30d");
        String link = "/v/" + saved.header("Location").replaceAll(".*/", "");
        String day = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH)
                .format(LocalDate.now(ZoneOffset.UTC).plusDays(30));
        assertThat(saved.asString()).contains("It lasts until " + day);
        given().get(link + "/note").then().body(containsString("kept until " + day));

        VertxContextSupport.subscribeAndAwait(() ->
                sessions.withTransaction(session -> session.find(SavedView.class, link.substring(3))
                        .invoke(view -> view.expires = Instant.now().minusSeconds(1))));
        for (String path : List.of(link, link + "/note")) {
            given().redirects()
                    .follow(false)
                    .get(path)
                    .then()
                    .statusCode(410)
                    .body(containsString("This saved view has expired"), not(containsString("For a month")));
        }
    }

    @Test
    void aTermThatIsNotOfferedIsTold() {
        Response answer = save("/concepts", "x", "", "for ever");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains("term: choose from 30d, 1y, 5y");
    }

    @Test
    void oneClientSavesOnlySoMany() throws Exception {
        String body = "path=/&title=x&snapshot=" + ServedStudy.version();
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName("127.0.0.9"))
                .build()) {
            HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/v"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            for (int i = 0; i < ServedStudy.SAVES; i++) {
                assertThat(client.send(post, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(201);
            }
            HttpResponse<String> refused = client.send(post, HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("views and footprints saved an hour");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(save("/", "somebody else", "").statusCode()).isEqualTo(201);
    }

    @Test
    void aTitleThatIsTooLongIsTold() {
        assertThat(save("/", "x".repeat(300), "").asString()).contains("title", "longer than 200");
    }

    /** The tables are made in the background after the start. */
    @BeforeEach
    void awaitTables() throws InterruptedException {
        for (int i = 0; i < 100 && given().get("/v/2222222222").statusCode() == 503; i++) Thread.sleep(200);
    }

    private static Response save(String path, String title, String note) {
        return save(path, title, note, "");
    }

    private static Response save(String path, String title, String note, String term) {
        return given().formParam("path", path)
                .formParam("title", title)
                .formParam("note", note)
                .formParam("term", term)
                .formParam("snapshot", ServedStudy.version())
                .post("/v");
    }
}
