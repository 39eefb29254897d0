package org.gapexplorer.explorer.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.Test;

/** Signing in at an OpenID provider, by the code flow as a browser does and by a bearer token as a program does. */
@QuarkusTest
@TestProfile(GuardedStudies.Profile.class)
class SignInTest {
    private static final String PAGE = "/s/club/compare?benchmarks=b0,b1";

    /** A browser: it keeps cookies, follows redirects, and fills in the provider's form. */
    private static final class Browser {
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        HttpResponse<String> open(String address) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + address))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> signIn(HttpResponse<String> form, String user, String groups) throws Exception {
            String body = "username=" + user + "&claims="
                    + URLEncoder.encode("{\"groups\":[" + groups + "]}", StandardCharsets.UTF_8);
            return client.send(
                    HttpRequest.newBuilder(form.uri())
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aBrowserIsLedToTheProviderAndBackToThePageItAskedFor() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> form = browser.open(PAGE);
        assertThat(form.uri().getPort())
                .isEqualTo(GuardedStudies.provider().url("/").port());
        HttpResponse<String> page = browser.signIn(form, "bea", "\"team-b\"");
        assertThat(page.uri().toString()).endsWith(PAGE);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(GuardedStudies.CLUB);
        assertThat(browser.open("/").body()).contains(GuardedStudies.CLUB).doesNotContain(GuardedStudies.VAULT);
        assertThat(browser.open("/s/vault/").statusCode()).isEqualTo(403);
    }

    @Test
    void whoIsOfNoAllowedGroupIsToldSo() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> page = browser.signIn(browser.open(PAGE), "eve", "\"team-z\"");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("is not open to eve").doesNotContain(GuardedStudies.CLUB);
    }

    @Test
    void theStartPageOffersToSignIn() {
        given().get("/")
                .then()
                .body(containsString("href=\"/sign-in?to=/\""), not(containsString(GuardedStudies.CLUB)));
    }

    @Test
    void signingInLeadsNowhereElse() throws Exception {
        for (String to : List.of("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example")) {
            Browser browser = new Browser();
            HttpResponse<String> page = browser.signIn(
                    browser.open("/sign-in?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8)), "bea", "\"team-b\"");
            assertThat(page.uri().toString()).isEqualTo("http://localhost:" + RestAssured.port + "/");
        }
    }

    @Test
    void aProgramSendsABearerToken() {
        String address = "/s/club/api/v1/study";
        assertThat(bearer(token(GuardedStudies.ISSUER, List.of("team-b")), address)
                        .jsonPath()
                        .getString("data.title"))
                .isEqualTo(GuardedStudies.CLUB);
        bearer(token(GuardedStudies.ISSUER, List.of("team-z")), address).then().statusCode(403);
        // signed by somebody else
        bearer(token("somebody", List.of("team-b")), address).then().statusCode(401);
        bearer("nonsense", address).then().statusCode(401);
        given().get(address)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .contentType("application/problem+json");
    }

    @Test
    void aPartOfAPageAsksForTheWholePageInstead() {
        given().header("HX-Request", "true")
                .redirects()
                .follow(false)
                .get("/s/club/concepts")
                .then()
                .statusCode(401)
                .header("HX-Refresh", equalTo("true"));
    }

    /** An open page asks nobody, so what stands in the header does not matter there. */
    @Test
    void openPagesNeverAskTheProvider() {
        bearer("nonsense", "/s/library/concepts").then().statusCode(200);
    }

    private static String token(String issuer, List<String> groups) {
        return GuardedStudies.provider()
                .issueToken(
                        issuer,
                        GuardedStudies.CLIENT,
                        new DefaultOAuth2TokenCallback(
                                issuer, "bea", "JWT", List.of(GuardedStudies.CLIENT), Map.of("groups", groups), 600))
                .serialize();
    }

    private static Response bearer(String token, String address) {
        return given().header("Authorization", "Bearer " + token)
                .redirects()
                .follow(false)
                .get(address);
    }
}
