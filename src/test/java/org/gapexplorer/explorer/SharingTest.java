package org.gapexplorer.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.qute.Engine;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gapexplorer.explorer.view.HistogramChart;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** What hands a view on: citation, frame, link preview, charts as files. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class SharingTest {
    @Inject
    Engine engine;

    private static RequestSpecification given() {
        return RestAssured.given().urlEncodingEnabled(false);
    }

    private static String origin() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }

    private static String textArea(String page, String id) {
        Matcher m = Pattern.compile("<textarea id=\"" + id + "\"[^>]*>(.*?)</textarea>", Pattern.DOTALL)
                .matcher(page);
        assertThat(m.find()).as(id).isTrue();
        return unescaped(m.group(1));
    }

    private static String meta(String page, String name) {
        Matcher m = Pattern.compile("<meta (?:property|name)=\"" + name + "\" content=\"([^\"]*)\">")
                .matcher(page);
        assertThat(m.find()).as(name).isTrue();
        return unescaped(m.group(1));
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    @Test
    void aViewIsCitedWithItsVersionAndItsPinnedLink() {
        String cited = textArea(given().get("/compare?sort=b1&benchmarks=b0,b1").asString(), "citation");
        assertThat(cited)
                .startsWith("@misc{gapexplorer-")
                .contains("title        = {{Benchmark 0 against Benchmark 1: A served study}}")
                .contains("version      = {" + ServedStudy.version() + "}")
                .contains("url          = {" + origin() + "/compare?benchmarks=b0,b1&snapshot=" + ServedStudy.version()
                        + "&sort=b1}")
                .contains("urldate      = {" + LocalDate.now(ZoneOffset.UTC) + "}")
                .contains("Gap Explorer", "Bohacek et al.", "arXiv:2512.20638");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/concepts/0", "/concepts/3", "/concepts/6", "/concepts/12", "/concepts?q=%7D%25%5C_%24x"})
    void hostileTitlesLeaveTheCitationWhole(String path) {
        String cited = textArea(given().get(path).asString(), "citation");
        int depth = 0;
        for (char c : cited.strip().toCharArray()) {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            assertThat(depth).as(cited).isNotNegative();
        }
        assertThat(depth).isZero();
        assertThat(cited).doesNotContain("\u202E").doesNotContain("<textarea");
        String title =
                cited.lines().filter(l -> l.contains("title  ")).findFirst().orElseThrow();
        assertThat(title).doesNotContainPattern("(?<!\\\\)[&%$#_]").hasSizeLessThan(700);
    }

    @Test
    void whatIsSavedAfterASwapIsWhatIsThenShown() {
        String fragment = given().header("HX-Request", "true")
                .get("/compare?benchmarks=b0,b1&sort=b1")
                .asString();
        assertThat(fragment)
                .contains("id=\"share\" hx-swap-oob=\"true\"")
                .contains("name=\"path\" value=\"/compare?benchmarks=b0,b1&amp;snapshot=" + ServedStudy.version()
                        + "&amp;sort=b1\"");
    }

    @Test
    void aViewInAFrameHasNothingAroundItAndKeepsToItsFrame() {
        Response framed = given().get("/compare?benchmarks=b0,b1&embed=true");
        framed.then()
                .statusCode(200)
                .header("Content-Security-Policy", endsWith("frame-ancestors *"))
                .header("Cross-Origin-Opener-Policy", nullValue());
        String page = framed.asString();
        assertThat(page)
                .contains("<base target=\"_blank\">")
                .contains("class=\"slim\"", "A served study", "Snapshot " + ServedStudy.version())
                .contains("href=\"/compare?benchmarks=b0,b1&amp;snapshot=" + ServedStudy.version()
                        + "\" target=\"_blank\" rel=\"noopener\"")
                .contains("class=\"sort\" target=\"_self\" href=\"/compare?benchmarks=b0,b1&amp;embed=true&amp;sort=")
                .contains("<input type=\"hidden\" name=\"embed\" value=\"true\">")
                .doesNotContain("id=\"find\"", "class=\"nav\"", "class=\"foot\"", "method=\"post\"", "id=\"share\"");
        // whatever stays in the frame must itself be allowed there
        Matcher stays = Pattern.compile("<a [^>]*target=\"_self\"[^>]*>").matcher(page);
        while (stays.find()) assertThat(stays.group()).contains("embed=true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/concepts?face=benchmark",
                "/concepts/9",
                "/benchmarks/b0",
                "/suite?benchmarks=b0",
                "/models",
                "/models/m0",
                "/models/compare?models=m0,m1",
                "/correlation?minSupport=1",
                "/next",
                "/try?text=Two%20boats"
            })
    void everyLinkThatStaysInTheFrameIsAllowedThere(String path) {
        String page = given().get(path + (path.contains("?") ? "&" : "?") + "embed=true")
                .asString();
        Matcher stays = Pattern.compile("<a [^>]*target=\"_self\"[^>]*>").matcher(page);
        while (stays.find()) assertThat(stays.group()).contains("embed=true");
        Matcher forms = Pattern.compile("<form target=\"_self\".*?</form>", Pattern.DOTALL)
                .matcher(page);
        while (forms.find()) assertThat(forms.group()).contains("name=\"embed\" value=\"true\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/compare?benchmarks=b0,b1&embed=false",
                "/v/2222222222/delete?embed=true",
                "/%76/2222222222/delete?embed=true",
                "/api/v1/study?embed=true",
                "/app.css?embed=1"
            })
    void nothingElseMayStandInAFrame(String path) {
        given().get(path).then().header("Content-Security-Policy", endsWith("frame-ancestors 'none'"));
    }

    @Test
    void aMistakeInAFrameIsToldInTheFrame() {
        given().get("/concepts?sort=colour&embed=true")
                .then()
                .statusCode(400)
                .header("Content-Security-Policy", endsWith("frame-ancestors *"))
                .body(containsString("sort: there is no"), not(containsString("id=\"find\"")));
    }

    @Test
    void theSnippetFramesThePinnedView() {
        String snippet =
                textArea(given().get("/concepts/" + ServedStudy.HOSTILE).asString(), "frame");
        assertThat(snippet)
                .startsWith("<iframe src=\"" + origin() + "/concepts/0?snapshot=" + ServedStudy.version()
                        + "&amp;embed=true\" title=\"&lt;script&gt;")
                .endsWith("></iframe>")
                .doesNotContain("<script");
    }

    @ParameterizedTest
    @CsvSource({"/, true", "/concepts, true", "/about, true", "/api, false"})
    void everyViewIsHandedOn(String path, boolean framed) {
        String page = given().get(path).asString();
        assertThat(page).contains("data-copy=\"" + path + "?snapshot=" + ServedStudy.version() + "\"");
        assertThat(textArea(page, "citation"))
                .contains("{" + origin() + path + "?snapshot=" + ServedStudy.version() + "}");
        assertThat(page.contains("<textarea id=\"frame\"")).isEqualTo(framed);
        given().get(path + "?embed=true")
                .then()
                .header("Content-Security-Policy", endsWith("frame-ancestors " + (framed ? "*" : "'none'")));
    }

    @Test
    void aSavedViewIsNeverAFrame() {
        assertThat(given().get("/concepts?embed=true&q=money").asString()).doesNotContain("action=\"/v\"");
        String page = given().get("/concepts?q=money&chart=none").asString();
        assertThat(page).doesNotContain("embed=true");
    }

    @Test
    void theLinkPreviewSaysWhatThePageSays() throws IOException {
        String page = given().get("/concepts/9").asString();
        Matcher figure =
                Pattern.compile("Coverage in the suite</bdi>.*?<dd>([^<]+)<").matcher(page);
        assertThat(figure.find()).isTrue();
        assertThat(meta(page, "og:description")).contains("Coverage in the suite: " + figure.group(1) + " (");
        assertThat(meta(page, "og:title")).isEqualTo("crates of tangerines · A served study");
        assertThat(meta(page, "og:type")).isEqualTo("website");
        assertThat(meta(page, "twitter:card")).isEqualTo("summary_large_image");
        assertThat(meta(page, "og:url")).isEqualTo(origin() + "/concepts/9?snapshot=" + ServedStudy.version());

        BufferedImage tangerines = picture(meta(page, "og:image").substring(origin().length()));
        BufferedImage other =
                picture(meta(given().get("/concepts/15").asString(), "og:image").substring(origin().length()));
        assertThat(pixels(tangerines)).isNotEqualTo(pixels(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/concepts",
                "/concepts?face=benchmark&columns=b0,b1,b2,b3",
                "/concepts?q=nothingatall",
                "/concepts/0",
                "/concepts/3",
                "/concepts/6",
                "/benchmarks",
                "/benchmarks/b2",
                "/compare",
                "/compare?benchmarks=b0,b1",
                "/suite",
                "/models",
                "/models/m0",
                "/models/compare",
                "/models/compare?models=m0,m1",
                "/correlation?minSupport=900000",
                "/datapoints/b0/i%2F3",
                "/next",
                "/try"
            })
    void everyViewHasAPicture(String path) throws IOException {
        String page = given().get(path).asString();
        assertThat(meta(page, "og:description")).isNotBlank().hasSizeLessThanOrEqualTo(300);
        BufferedImage picture = picture(meta(page, "og:image").substring(origin().length()));
        Set<Integer> colours = new HashSet<>();
        for (int pixel : pixels(picture)) colours.add(pixel);
        assertThat(colours.size()).isGreaterThan(20);
    }

    private static BufferedImage picture(String path) throws IOException {
        Response answer = given().get(path);
        answer.then().statusCode(200).contentType("image/png");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.asByteArray()));
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(1200, 630);
        return image;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @ParameterizedTest
    @CsvSource({
        "/?chart=map, circle",
        "/?chart=coverage, rect",
        "/?chart=scores, rect",
        "/concepts/9?chart=activations, rect",
        "/benchmarks?chart=overlap, rect",
        "/benchmarks/b0?chart=support, rect",
        "/compare?benchmarks=b0;b1&chart=overlap, rect",
        "/suite?benchmarks=b0&chart=curve, polyline",
        "/correlation?minSupport=1&chart=scatter, circle",
        "/correlation?minSupport=1&chart=matrix, rect",
        "/models/m0?chart=scores, rect",
        "/concepts/0?chart=activations, rect"
    })
    void aChartIsAFileThatStandsAlone(String path, String shape) throws Exception {
        Response file = given().get(path.replace(';', ','));
        file.then()
                .statusCode(200)
                .contentType(startsWith("image/svg+xml"))
                .header(
                        "Content-Security-Policy",
                        startsWith("default-src 'none'; style-src 'unsafe-inline'; sandbox"));
        assertThat(file.headers().getValues("Content-Security-Policy")).hasSize(1);
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(file.asByteArray()));
        assertThat(svg.getDocumentElement().getNamespaceURI()
                        + svg.getDocumentElement().getTagName())
                .endsWith("svg");
        assertThat(svg.getElementsByTagName(shape).getLength()).isGreaterThan(1);
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(file.asString())
                .contains(ServedStudy.version(), "Gap Explorer")
                .doesNotContain("var(--", "NaN");
        String page = given().get(path.replace(';', ',').replaceAll("[?&]chart=.*", ""))
                .asString();
        assertThat(page).contains("chart=" + path.replaceAll(".*chart=", "") + "\" download");
    }

    @Test
    void whatABenchmarkMissesIsANumberInTheChart() {
        Map<String, Long> missing = new HashMap<>();
        RunFolder.COVERAGE.forEach(ServedStudy.run().coverage(), row -> {
            if (row.status().equals("missing")) missing.merge(row.benchmark(), 1L, Long::sum);
        });
        for (String benchmark : List.of("b0", "b1", "b2", "b3")) {
            for (String chart : List.of("coverage", "support")) {
                assertThat(given().get("/benchmarks/" + benchmark + "?chart=" + chart)
                                .asString())
                        .containsPattern("<text class=\"mid\" x=\"61\" y=\"[\\d.]+\">" + missing.get(benchmark) + "<");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10, false", "11, true"})
    void aColumnThatIsCutShowsABreak(int missing, boolean broken) {
        // ten is where the axis ends
        Histogram h = new Histogram(List.of(0.0, 1.0, 2.0), List.of(10, 4), missing);
        String svg = engine.parse("{#histogramparts h=h /}")
                .data("h", HistogramChart.of(h, "x", "things", "missing", Numbers::score, List.of()))
                .render();
        assertThat(svg).contains(">" + missing + "</text>");
        assertThat(svg.contains("<path class=\"gap\"")).isEqualTo(broken);
    }

    /** Colours alone tell the direction of a gap to nobody who prints in grey. */
    @Test
    void gapsBelowZeroHaveADashedEdgeInTheFileAndInItsLegend() {
        String svg = given().get("/?chart=map").asString();
        assertThat(svg)
                .containsPattern("\\.map :is\\(\\.g0, \\.g1, \\.g2\\) \\{[^}]*stroke-dasharray: 3 2;")
                .contains("gap (dashed edge: below zero)");
        Matcher legend = Pattern.compile("<g class=\"([^\"]*)\"[^>]*><circle class=\"g0\" cx=\"5\" r=\"5\"/></g>")
                .matcher(svg);
        assertThat(legend.find()).isTrue();
        assertThat(legend.group(1)).isEqualTo("chart map");
    }

    @Test
    void aChartThatIsNotThereNamesThoseThatAre() {
        given().get("/?chart=pie").then().statusCode(404).body(containsString("It has: map, coverage, scores."));
    }

    @Test
    void whatABrowserHasIsNotSentAgain() {
        for (String path : List.of("/", "/concepts?q=money", "/api/v1/study", "/concepts/9?picture=png")) {
            Response first = given().get(path);
            String tag = first.header("ETag");
            assertThat(tag).as(path).startsWith("W/\"");
            assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
            Response again = given().header("If-None-Match", tag).get(path);
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.asString()).isEmpty();
            assertThat(again.header("ETag")).isEqualTo(tag);
            assertThat(given().header("If-None-Match", "\"other\", " + tag)
                            .get(path)
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void differentAnswersOfOnePathHaveDifferentTags() {
        Set<String> tags = new HashSet<>();
        for (String path : List.of(
                "/concepts",
                "/concepts?embed=true",
                "/concepts?q=a",
                "/concepts?view=2222222222",
                "/concepts?snapshot=" + ServedStudy.version())) {
            tags.add(given().get(path).header("ETag"));
        }
        tags.add(given().header("HX-Request", "true").get("/concepts").header("ETag"));
        tags.add(given().header("Host", "elsewhere.example").get("/concepts").header("ETag"));
        assertThat(tags).hasSize(7).doesNotContainNull();
    }

    @Test
    void pinnedAnswersMayBeKeptAndOthersAreAskedForAgain() {
        given().get("/concepts?snapshot=" + ServedStudy.version())
                .then()
                .header("Cache-Control", "public, max-age=3600");
        given().get("/try?text=Boats&snapshot=" + ServedStudy.version())
                .then()
                .header("Cache-Control", "private, no-cache");
        for (String path : List.of("/?snapshot=none", "/concepts?sort=colour", "/v/2222222222")) {
            Response answer = given().header("If-None-Match", "W/\"0123\"").get(path);
            assertThat(answer.statusCode()).as(path).isGreaterThanOrEqualTo(400);
            assertThat(answer.header("ETag")).as(path).isNull();
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        }
    }
}
