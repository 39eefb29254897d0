package org.gapexplorer.explorer.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see what, over a server of three studies: nothing answers for a study that is closed to who asks. */
@QuarkusTest
@TestProfile(GuardedStudies.Profile.class)
class StudyDoorTest {
    /** What is of no study, or leaves out what the visitor may not see. */
    private static final Set<String> OF_THE_SERVER = Set.of(
            "GET /",
            "GET /api/v1/studies",
            "GET /v/{short}",
            "GET /v/{short}/note",
            "GET /v/{short}/delete",
            "POST /v",
            "POST /v/{short}/delete");

    private static RequestSpecification stranger() {
        return given().urlEncodingEnabled(false).redirects().follow(false);
    }

    private static RequestSpecification member() {
        return stranger().header("X-Forwarded-User", "ada").header("X-Forwarded-Groups", "team-z, team-a");
    }

    /** Method and path of every resource there is. */
    private static Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.gapexplorer.explorer")) {
            if (!resource.isAnnotatedWith(Path.class)) continue;
            for (JavaMethod method : resource.getMethods()) {
                String verb =
                        method.isAnnotatedWith(GET.class) ? "GET" : method.isAnnotatedWith(POST.class) ? "POST" : "";
                if (!verb.isEmpty()) routes.add(verb + " " + path(resource, method));
            }
        }
        routes.add("POST /mcp");
        routes.add("GET /mcp/sse");
        routes.add("POST /mcp/messages/1");
        return routes;
    }

    private static String path(JavaClass resource, JavaMethod method) {
        String own = method.isAnnotatedWith(Path.class)
                ? method.getAnnotationOfType(Path.class).value()
                : "";
        return (resource.getAnnotationOfType(Path.class).value() + "/" + own)
                .replaceAll("\\{(\\w+):[^}]*}", "{$1}")
                .replaceAll("/+", "/")
                .replaceAll("(.)/$", "$1");
    }

    private static Response ask(RequestSpecification who, String route, String base) {
        String[] parts = route.split(" ");
        String address = base
                + parts[1].replace("{benchmark}", "b0").replace("{model}", "m0").replaceAll("\\{\\w+}", "9");
        return parts[0].equals("GET")
                ? who.get(address)
                : who.contentType("application/json").body("{}").post(address);
    }

    @Test
    void noRouteAnswersForAClosedStudy() {
        Set<String> routes = routes();
        assertThat(routes).hasSizeGreaterThan(50).contains("GET /datapoints/{benchmark}/{item}", "GET /api/v1/bulk");
        for (String route : routes) {
            Response answer = ask(stranger(), route, "/s/vault");
            assertThat(answer.statusCode()).as(route).isEqualTo(403);
            assertThat(answer.asString()).as(route).doesNotContain(GuardedStudies.VAULT, "Model 1", "Benchmark 1");
            assertThat(answer.header("Cache-Control")).as(route).isEqualTo("private, no-cache");
            assertThat(answer.header("ETag")).as(route).isNull();
        }
    }

    @Test
    void norDoesOneWhoseAddressNamesNoStudyWhereTheUsualOneIsClosed() {
        for (String route : routes()) {
            Response answer = ask(stranger(), route, "");
            if (OF_THE_SERVER.contains(route) || route.contains(" /admin")) {
                assertThat(answer.asString()).as(route).doesNotContain(GuardedStudies.VAULT, "Benchmark 1");
            } else {
                assertThat(answer.statusCode()).as(route).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//s/vault/concepts",
                "/s/vault/../vault/concepts",
                "/s/library/../vault/concepts",
                "/s/%76ault/concepts",
                "/s/vault/concepts;x=1",
                "/q/../concepts",
                "/q/%2e%2e/concepts",
                "/about/../concepts",
                "/about;x/../concepts",
                "/v/../concepts",
                "/concepts;x=1",
                "/concepts/",
                "//concepts",
                "/concepts?embed=true",
                "/?embed=true&snapshot=x&s=library",
                "/s/vault",
                "/s/vault/compare?benchmarks=b0,b1&picture=png",
                "/s/vault/compare?benchmarks=b0,b1&chart=overlap",
                "/s/vault/app.css",
            })
    void anAddressWrittenInAnotherWayIsNoWayRound(String address) throws Exception {
        // as it stands: other clients would tidy it
        String answer = raw(address);
        assertThat(answer).doesNotContain(GuardedStudies.VAULT, "secret0", "Benchmark 1");
        if (!address.startsWith("/?")) assertThat(answer).containsPattern("^HTTP/1.1 (403|404|400)");
    }

    private static String raw(String address) throws IOException {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes());
            return new String(socket.getInputStream().readAllBytes());
        }
    }

    /** The usual study is closed; pages of open ones, and those that refuse, must not stand there bare. */
    @Test
    void whatEveryPageLoadsIsEverybodys() {
        String page = stranger().get("/s/library/concepts").asString();
        List<String> files = Pattern.compile("(?:href|src|data-htmx)=\"(/assets/[^\"]+)\"")
                .matcher(page)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(files).hasSizeGreaterThanOrEqualTo(4);
        for (String file : files) {
            stranger().get(file).then().statusCode(200).header("Cache-Control", containsString("immutable"));
        }
    }

    @Test
    void whoIsOfTheGroupSeesItAndNoSharedCacheKeepsIt() {
        String version = member().get("/s/vault/api/v1/study")
                .then()
                .statusCode(200)
                .extract()
                .path("snapshot");
        Response page = member().get("/s/vault/concepts?snapshot=" + version);
        page.then().statusCode(200).body(containsString(GuardedStudies.VAULT));
        assertThat(page.header("Cache-Control")).isEqualTo("private, no-cache");
        // the tag of a page that a member had opens nothing
        stranger()
                .header("If-None-Match", page.header("ETag"))
                .get("/s/vault/concepts?snapshot=" + version)
                .then()
                .statusCode(403);
        assertThat(stranger()
                        .get("/s/library/concepts?snapshot="
                                + stranger().get("/s/library/api/v1/study").path("snapshot"))
                        .header("Cache-Control"))
                .startsWith("public");
    }

    @Test
    void whoIsNotOfTheGroupIsToldSo() {
        stranger()
                .header("X-Forwarded-User", "eve")
                .header("X-Forwarded-Groups", "team-z")
                .get("/s/vault/concepts")
                .then()
                .statusCode(403)
                .body(containsString("is not open to eve"));
        stranger()
                .get("/s/vault/api/v1/concepts")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("title", equalTo("Not open to everybody"));
    }

    @Test
    void twoNamesAreNobodys() {
        stranger()
                .header("X-Forwarded-User", "eve", "ada")
                .header("X-Forwarded-Groups", "team-a")
                .get("/s/vault/")
                .then()
                .statusCode(403);
    }

    @Test
    void onlyTheProxysWordCounts() throws Exception {
        assertThat(from("127.0.0.1")).isEqualTo(200);
        assertThat(from("127.0.0.2")).isEqualTo(403);
    }

    /** Over a connection from that address, with all that a member's request has and a claim to come from the proxy. */
    private static int from(String address) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(address))
                .build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/s/vault/"))
                                    .header("X-Forwarded-User", "ada")
                                    .header("X-Forwarded-Groups", "team-a")
                                    .header("X-Forwarded-For", "127.0.0.1")
                                    .header("Forwarded", "for=127.0.0.1")
                                    .header("X-Forwarded-Trusted-Proxy", "true")
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void aClosedStudyIsOnNoList() {
        stranger()
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString(GuardedStudies.LIBRARY), not(containsString(GuardedStudies.VAULT)));
        assertThat(stranger().get("/api/v1/studies").jsonPath().getList("studies.id"))
                .isEqualTo(List.of("library"));
        assertThat(member().get("/api/v1/studies").jsonPath().getList("studies.id"))
                .isEqualTo(List.of("library", "vault"));
        assertThat(stranger().get("/").header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void aSavedViewIsItsStudys() throws InterruptedException {
        String version = member().get("/s/vault/api/v1/study").path("snapshot");
        Response saved = null;
        for (int i = 0; i < 100; i++) {
            saved = save(member(), version);
            if (saved.statusCode() != 503) break;
            Thread.sleep(200);
        }
        String link = saved.header("Location").replaceAll(".*(/v/.*)", "$1");
        stranger().get(link).then().statusCode(403).body(not(containsString("b0,b1")));
        stranger().get(link + "/note").then().statusCode(403).body(not(containsString("hush")));
        stranger().get("/s/library" + link + "/note").then().statusCode(403).body(not(containsString("hush")));
        member().get(link).then().statusCode(302);
        member().get(link + "/note").then().statusCode(200).body(containsString("hush"));
        assertThat(save(stranger(), version).statusCode()).isEqualTo(403);
    }

    private static Response save(RequestSpecification who, String version) {
        return who.formParam("path", "/s/vault/compare?benchmarks=b0,b1&snapshot=" + version)
                .formParam("title", "hush")
                .formParam("note", "hush hush")
                .formParam("snapshot", version)
                .formParam("term", "30d")
                .post("/v");
    }

    @Test
    void assistantsComeThroughTheSameDoor() {
        String call =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
        for (String address : List.of("/mcp", "/s/vault/mcp")) {
            mcp(stranger(), call, address).then().statusCode(403);
            mcp(member(), call, address).then().statusCode(200);
        }
        mcp(stranger(), call, "/s/library/mcp").then().statusCode(200);
    }

    /** A session of an open study is no key to another's tools. */
    @Test
    void aSessionOfAnOpenStudyOpensNoOther() {
        String open =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
        String session = mcp(stranger(), open, "/s/library/mcp").header("Mcp-Session-Id");
        String tool =
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"study\",\"arguments\":{}}}";
        mcp(stranger().header("Mcp-Session-Id", session), tool, "/s/vault/mcp")
                .then()
                .statusCode(403);
        mcp(stranger().header("Mcp-Session-Id", session), tool, "/mcp").then().statusCode(403);
    }

    private static Response mcp(RequestSpecification who, String call, String address) {
        return who.contentType("application/json")
                .header("Accept", "application/json, text/event-stream")
                .body(call)
                .post(address);
    }
}
