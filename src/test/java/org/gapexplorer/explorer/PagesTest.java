package org.gapexplorer.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class PagesTest {
    /** Addresses in these tests are written as they go over the wire. */
    private static RequestSpecification given() {
        return RestAssured.given().urlEncodingEnabled(false);
    }

    @Test
    void anItemsConceptsAreThoseWithAMeaningUnlessEveryKindIsAskedFor() {
        var api = given().get("/api/v1/datapoints/b0/i%2F3").jsonPath();
        List<Integer> ids = api.getList("data.concepts.concept");
        List<String> kinds = api.getList("data.concepts.kind");
        List<Integer> meant = IntStream.range(0, ids.size())
                .filter(i -> kinds.get(i).equals("MEANING"))
                .mapToObj(ids::get)
                .toList();
        assertThat(meant).isNotEmpty().hasSizeLessThan(ids.size());
        assertThat(concepts("/datapoints/b0/i%2F3")).isEqualTo(meant.subList(0, Math.min(30, meant.size())));
        assertThat(concepts("/datapoints/b0/i%2F3?kind=all")).isEqualTo(ids.subList(0, Math.min(30, ids.size())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/?map=benchmarks&model=m1 | face=benchmark | model= | Coverage in the whole suite",
                "/?map=benchmarks&benchmark=b1 | face=benchmark | model= | Coverage in Benchmark 1",
                "/?model=m1 | model=m1 | face= | Scores of Model 1, mean over benchmarks",
                "/?model=m1&benchmark=b3 | model=m1&amp;benchmark=b3 | face= | Scores of Model 1 on Benchmark 3",
                "/ | family= | model= | Scores of Model 0, mean over benchmarks",
            })
    void aFamilyOfTheMapLeadsToTheSameFaceAndModel(String path, String with, String without, String shown) {
        String page = given().get(path).asString();
        List<String> discs = Pattern.compile("<a href=\"([^\"]+)\" tabindex=\"-1\"><title>[^<]*</title><circle")
                .matcher(page.substring(page.indexOf("class=\"chart map\"")))
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(discs).isNotEmpty().allMatch(d -> d.contains(with) && !d.contains(without));
        assertThat(given().get(discs.getFirst().replace("&amp;", "&")).asString())
                .contains(shown)
                .doesNotContain("No concept matches");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/concepts?kind=meaning | every kind of label | /concepts?face=model",
                "/compare?benchmarks=b0,b1&kind=all&page=2 | meanings only | /compare?benchmarks=b0,b1",
                "/compare?benchmarks=b0,b1&show=shared&page=2 | shared by all | /compare?benchmarks=b0,b1",
                "/compare?benchmarks=b0,b1&q=tangerines | “tangerines” | /compare?benchmarks=b0,b1",
                "/suite?benchmarks=b0&show=thin&page=2 | missing | /suite?benchmarks=b0",
                "/concepts?limit=7&page=2 | CSV | /concepts.csv?face=model",
            })
    void aLinkThatTakesAFilterOffTakesThePageOffToo(String path, String text, String to) {
        String page = given().get(path).asString();
        List<String> links = Pattern.compile("<a [^>]*href=\"([^\"]*)\"[^>]*>(?:<bdi>)?" + Pattern.quote(text))
                .matcher(page.substring(page.indexOf("<main")))
                .results()
                .map(m -> m.group(1).replace("&amp;", "&"))
                .toList();
        assertThat(links).isNotEmpty().contains(to);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minSupport=1&kind=all | 1 scored item of Model 0 | false",
                "minSupport=2&kind=all&x=coverage:b0&y=coverage:b1 | 2 items of the suite | false",
                "minSupport=3&kind=all&x=gap:m1:b1&y=coverage | 3 scored items of Model 1 on Benchmark 1 | false",
                "minSupport=1&kind=all&x=score:m0:b0&y=gap:m0:b0 | 1 scored item of Model 0 on Benchmark 0 | false",
                "minSupport=1&kind=all&x=score:m0&y=score:m1 | 1 scored item of Model 1 | true",
            })
    void thePointsThatATableHasNoRoomForAreInTheListThatIsNamed(String asked, String support, boolean wider) {
        String page = given().get("/correlation?" + asked).asString();
        Matcher listed = Pattern.compile("<a href=\"/concepts([^\"]*)\">the list of concepts with at least <bdi>"
                        + support + "</bdi></a>[^<]*\\.</p>")
                .matcher(page);
        assertThat(listed.find()).isTrue();
        Matcher counted = Pattern.compile("<bdi>Concepts</bdi>.*?<dd>(\\d+)<")
                .matcher(page.substring(page.indexOf("class=\"facts\"")));
        assertThat(counted.find()).isTrue();
        int points = Integer.parseInt(counted.group(1));
        int all = given().get("/api/v1/concepts" + listed.group(1).replace("&amp;", "&"))
                .jsonPath()
                .getInt("data.total.atLeast");
        if (wider) assertThat(all).isGreaterThan(points);
        else assertThat(all).isEqualTo(points);
        assertThat(page.contains("which holds others too")).isEqualTo(wider);
    }

    @ParameterizedTest
    @CsvSource({"/benchmarks, 4", "/compare, 4", "'/compare?benchmarks=b0,b3', 2"})
    void overlapIsShownAsItIsAndRarefied(String path, int benchmarks) {
        List<RunFolder.Overlap> pairs = new ArrayList<>();
        RunFolder.OVERLAP.forEach(ServedStudy.run().overlap(), pairs::add);
        if (benchmarks == 2)
            pairs.removeIf(p -> !(p.left().equals("b0") && p.right().equals("b3")));
        String raw = given().get(path).asString();
        Matcher link =
                Pattern.compile("href=\"([^\"]*overlap=rarefied)#overlap\"").matcher(raw);
        assertThat(link.find()).isTrue();
        String rarefied = given().get(link.group(1).replace("&amp;", "&")).asString();
        assertThat(raw).contains("Share of concepts that two benchmarks have in common");
        assertThat(rarefied).contains("Share of concepts that 10 items of each have in common");
        for (RunFolder.Overlap p : pairs) {
            String note = "title=\"Benchmark %s and Benchmark %s\"><a [^>]*>%.2f</a>";
            String left = p.left().substring(1);
            String right = p.right().substring(1);
            assertThat(raw).containsPattern(note.formatted(left, right, p.jaccard()));
            assertThat(rarefied).containsPattern(note.formatted(left, right, p.jaccardRarefied()));
        }
        String file = given().get(link.group(1).replace("&amp;", "&") + "&chart=overlap")
                .asString();
        assertThat(file)
                .contains("10 items of each", "%.2f".formatted(pairs.getFirst().jaccardRarefied()));
    }

    private static List<Integer> concepts(String page) {
        String text = given().get(page).asString();
        return Pattern.compile("<th scope=\"row\" class=\"label[^\"]*\"><a href=\"/concepts/(\\d+)\"")
                .matcher(text)
                .results()
                .map(m -> Integer.valueOf(m.group(1)))
                .toList();
    }

    @Test
    void theWorklistIsTheTableOfThePageAsCsv() {
        var untested = given().get("/api/v1/next?benchmark=b1&limit=5").jsonPath();
        String[] lines = given().get("/next/worklist.csv?benchmark=b1&limit=5")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString()
                .split("\r\n");
        assertThat(lines[0]).startsWith("benchmark,concept,label,scope_part,nearness,status,coverage,items");
        assertThat(lines.length - 1).isEqualTo(untested.getList("data.untested").size());
        for (int i = 1; i < lines.length; i++) {
            assertThat(lines[i])
                    .startsWith("b1," + untested.getInt("data.untested[" + (i - 1) + "].concept.concept") + ",");
        }
    }

    @Test
    void aPageAskedForAgainIsTheSamePagePackedAlike() {
        String address = "/concepts?q=tangerines&minSupport=0";
        Response first = given().header("Accept-Encoding", "gzip").get(address);
        Response again = given().header("Accept-Encoding", "gzip").get(address);
        Response part = given().header("HX-Request", "true").get(address);
        for (Response each : List.of(first, again)) {
            each.then()
                    .statusCode(200)
                    .header("Content-Encoding", "gzip")
                    .header("Content-Type", "text/html;charset=UTF-8")
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .header("ETag", first.header("ETag"))
                    .header("Cache-Control", "no-cache");
        }
        assertThat(again.asString()).isEqualTo(first.asString()).contains("<!DOCTYPE html>");
        assertThat(part.asString()).doesNotContain("<!DOCTYPE html>").contains("tangerines");
        assertThat(part.header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | A served study",
                "/concepts | Scores of Model 0, mean over benchmarks",
                "/concepts?face=model&model=m1&benchmark=b0 | Scores of Model 1 on Benchmark 0",
                "/concepts?face=benchmark | Coverage in the whole suite",
                "/concepts?status=present | Coverage in the whole suite",
                "/concepts?sort=coverage:b1 | Coverage in the whole suite",
                "/concepts?q=tangerines | crates of <mark>tangerines</mark>",
                "/concepts/9 | crates of tangerines",
                "/benchmarks | Share of concepts that two benchmarks have in common",
                "/benchmarks/b0 | Benchmark 0",
                "/compare | Tick two to ten benchmarks",
                "/compare?benchmarks=b0,b1 | Benchmark 0 against Benchmark 1",
                "/compare?benchmarks=b0&benchmarks=b1&benchmarks=b3 | Spread",
                "/compare?benchmarks=b0,b1&show=alone%3Ab1 | only in Benchmark 1",
                "/compare?benchmarks=b0,b1&show=missed&kind=all | missed by all",
                "/compare?benchmarks=b0,b1&q=tangerines | “tangerines”",
                "/suite | Next best to add",
                "/suite?benchmarks=b0,b2&least=3 | What each brings",
                "/suite?benchmarks=b0,b1,b2,b3&show=thin&kind=all | Every benchmark of the study is in the suite",
                "/benchmarks/b0?model=m1 | What it holds and what it misses, by kind of label",
                "/models | Two models side by side",
                "/models/m0?minSupport=3&minBenchmarks=1 | Weakest against its own mean",
                "/models/compare | Compare two models",
                "/models/compare?models=m0,m1 | Only Model 0 right",
                "/models/compare?models=m0,m1&benchmark=b1&minSupport=1&kind=all | on Benchmark 1",
                "/concepts/0?wrong=m0&wrong=m1 | and by",
                "/datapoints/b0/i%2F3 | Tokens that count",
                "/next | Concepts within the scope that are missing or thin",
                "/next?benchmark=b2 | Benchmark 2",
                "/try | up to 2000 characters",
                "/try?text=Two%20boats%20left%20the%20harbour | The most similar items",
                "/about | What these numbers do not mean",
                "/?map=benchmarks | families of like concepts, sized by their coverage in the suite and coloured by it",
                "/?model=m1&benchmark=b0 | coloured by the gap of Model 1",
                "/correlation?minSupport=1 | Coverage of the suite against gap of Model 0",
                "/correlation?x=coverage:b0&y=coverage:b1&minSupport=1&kind=all | Coverage of Benchmark 0 (log scale)",
                "/correlation?x=score:m0:b1&y=score:m1&minSupport=1&matrix=models | correlation of two models",
            })
    void everyPageIsAWholePageThatNamesItsSnapshot(String path, String text) {
        given().get(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(allOf(
                        containsString("<!DOCTYPE html>"),
                        containsString(text),
                        containsString("Snapshot " + ServedStudy.version()),
                        not(containsString("NOT_FOUND")),
                        not(containsString(" style=")),
                        not(containsString("NaN"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/concepts?q=money",
                "/concepts?face=benchmark&columns=b0,b2",
                "/concepts?face=model&columns=b0&models=m1&sort=model:m1",
                "/concepts/9?items=worst",
                "/benchmarks/b0?page=2",
                "/compare?benchmarks=b0,b1&sort=b1",
                "/compare?benchmarks=b0,b1,b2&show=shared&page=2",
                "/suite?benchmarks=b0,b1&show=thin",
                "/models/m0?minSupport=3",
                "/models/compare?models=m0,m1&minSupport=1&sort=second&page=2",
                "/?map=benchmarks&benchmark=b1",
                "/correlation?minSupport=1"
            })
    void theSameAddressAnswersHtmxWithThePartThatMoves(String path) {
        Response whole = given().get(path);
        Response fragment = given().header("HX-Request", "true").get(path);
        assertThat(fragment.statusCode()).isEqualTo(200);
        assertThat(fragment.header("Vary")).contains("HX-Request");
        assertThat(whole.header("Vary")).contains("HX-Request");
        // behind it stand the tools, which htmx puts in their place
        String part = fragment.asString()
                .replaceFirst("(?s)<div class=\"tools\".*", "")
                .strip();
        assertThat(part).startsWith("<div id=\"live\"").endsWith("</div>").doesNotContain("<html");
        assertThat(whole.asString()).contains(part);
    }

    @Test
    void goingBackInTheHistoryGetsTheWholePage() {
        given().header("HX-Request", "true")
                .header("HX-History-Restore-Request", "true")
                .get("/concepts")
                .then()
                .body(containsString("<!DOCTYPE html>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/concepts/9",
                "/app.css",
                "/app.js",
                "/webjars/htmx.org/dist/htmx.min.js",
                "/nowhere",
                "/api/v1/study"
            })
    void everyResponseForbidsForeignAndInlineCode(String path) {
        given().get(path)
                .then()
                .header(
                        "Content-Security-Policy",
                        allOf(startsWith("default-src 'none'"), not(containsString("unsafe"))))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app.css", "/app.js", "/icon.svg", "/webjars/htmx.org/dist/htmx.min.js"})
    void theFilesThatPagesNameAreThere(String path) {
        given().get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/concepts/9", "/benchmarks/b0", "/datapoints/b0/i%2F3"})
    void pagesWithItemsStayOutOfSearchEngines(String path) {
        given().get(path)
                .then()
                .header("X-Robots-Tag", "noindex")
                .body(containsString("<meta name=\"robots\" content=\"noindex\">"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/concepts?minSupport=lots | minSupport: &quot;lots&quot; is not a whole number",
                "/concepts?status=gone | choose from missing, under, present, over",
                "/concepts?benchmark=b9 | benchmark: there is no &quot;b9&quot;; choose from b0, b1, b2, b3",
                "/concepts?sort=colour | sort: there is no",
                "/concepts?face=side | face: there is no &quot;side&quot;; choose from model, benchmark",
                "/concepts?columns=b0,b9 | columns: there is no &quot;b9&quot;",
                "/concepts?models=m9 | models: there is no &quot;m9&quot;; choose from m0, m1",
                "/concepts?sort=coverage:b9 | sort: there is no &quot;b9&quot;; choose from b0, b1, b2, b3",
                "/concepts?sort=model:nobody | sort: there is no &quot;nobody&quot;",
                "/concepts?family=-1 | family:",
                "/concepts?order=up | choose from asc, desc",
                "/concepts?page=0 | page:",
                "/concepts?minQuality=2 | is not a number from 0.0 to 1.0",
                "/concepts/9?right=nobody | right: there is no",
                "/compare?benchmarks=b0,b9 | benchmarks: there is no",
                "/compare?benchmarks=b0,b1&show=alone%3Ab2 | show: there is no",
                "/compare?benchmarks=b0,b1&show=some | choose from all, shared, missed, alone:b0, alone:b1",
                "/suite?benchmarks=b9 | benchmarks: there is no",
                "/suite?least=0 | least: &quot;0&quot; is not a whole number from 1",
                "/suite?by=size | by: there is no",
                "/suite?show=covered | choose from missing, thin",
                "/models/compare?models=m0,m1&sort=gap | choose from difference, first, second, support, label",
                "/models/compare?models=m0,m1&benchmark=none | benchmark: there is no",
                "/models/compare?models=m0,m9 | models: there is no",
                "/models/m0?minBenchmarks=-1 | minBenchmarks:",
                "/?map=places | map: there is no &quot;places&quot;; choose from models, benchmarks",
                "/correlation?x=colour | x: there is no &quot;colour&quot;; choose from coverage, coverage:b0",
                "/correlation?y=gap:m9 | y: there is no",
                "/correlation?minSupport=-1 | minSupport:",
                "/correlation?matrix=all | matrix: there is no",
            })
    void aBadParameterIsToldInOneSentence(String path, String message) {
        given().get(path).then().statusCode(400).contentType("text/html").body(containsString(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nowhere | There is no page at this address",
                "/concepts/1 | has no concept 1",
                "/concepts/x | made of digits",
                "/benchmarks/none | See all of them under Benchmarks",
                "/models/none | See all of them under Models",
                "/datapoints/b0/none | lists its items",
                "/v/nosuchlink | no saved view behind this link",
                "/?snapshot=none | no snapshot of that version",
                "/?snapshot=..%2F..%2Fetc | no snapshot of that version",
            })
    void whatIsNotThereGetsAPageThatSaysWhatToTry(String path, String message) {
        given().get(path).then().statusCode(404).contentType("text/html").body(containsString(message));
    }

    @Test
    void hostileTextIsShownAsText() {
        for (String path : List.of(
                "/concepts?q=document",
                "/concepts/" + ServedStudy.HOSTILE,
                "/concepts/" + ServedStudy.TURNING,
                "/concepts/" + ServedStudy.LONG,
                "/benchmarks/b0",
                "/datapoints/b0/i%2F3",
                "/concepts?q=%3Cscript%3Ealert(1)%3C/script%3E%22onfocus=x")) {
            String page = given().get(path).asString();
            assertThat(page)
                    .as(path)
                    .doesNotContain("<script>document", "<script>alert", "<img src=x", "<b>one", "\"onfocus");
            assertThat(page.length()).as(path).isLessThan(200_000);
        }
        assertThat(given().get("/concepts/0").asString()).contains("&lt;script&gt;document.title");
        assertThat(given().get("/datapoints/b0/i%2F3").asString())
                .contains("&lt;img src=x onerror=alert(1)&gt; {page.title}", "&lt;b&gt;one&lt;/b&gt;");
        String turned = given().get("/concepts/" + ServedStudy.TURNING).asString();
        assertThat(turned.substring(turned.indexOf("<title>"), turned.indexOf("</title>")))
                .doesNotContain("\u202E");
    }

    @Test
    void textThatMayNotBeShownIsOnNoPage() {
        for (String path : List.of(
                "/benchmarks/b2",
                "/datapoints/b2/i%2F3",
                "/concepts/0?benchmark=b2",
                "/api/v1/datapoints?benchmark=b2")) {
            assertThat(given().get(path).asString()).as(path).doesNotContain("secret2");
        }
        assertThat(given().get("/benchmarks/b0").asString()).contains("secret0");
    }

    @Test
    void readyMeansThatASnapshotIsOpen() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live").then().statusCode(200);
    }

    /** Nothing of the page moves until two benchmarks are chosen. */
    @Test
    void aComparisonOfNothingIsAPageForHtmxToo() {
        for (String address : List.of("/compare", "/compare?benchmarks=b0", "/compare?benchmarks=%2C%2C")) {
            given().header("HX-Request", "true")
                    .urlEncodingEnabled(false)
                    .get(address)
                    .then()
                    .statusCode(200)
                    .body(containsString("Tick two to ten benchmarks"));
        }
    }
}
