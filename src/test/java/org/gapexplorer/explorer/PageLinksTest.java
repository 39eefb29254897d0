package org.gapexplorer.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages count and list, and where it leads. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class PageLinksTest {
    private static RequestSpecification given() {
        return RestAssured.given().urlEncodingEnabled(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?models=m1&models=m1", "?models=m1", "?models=%20", "?sort=first&order=desc"})
    void theListOfAPairThatIsNotChosenYetIsEmpty(String query) {
        given().urlEncodingEnabled(false)
                .header("HX-Request", "true")
                .get("/models/compare" + query)
                .then()
                .statusCode(200)
                .body(not(containsString("<table")));
    }

    @Test
    void aMissingConceptIsZeroAndAnUndefinedScoreIsNot() {
        String missing =
                given().get("/concepts?benchmark=b0&status=missing&columns=b0").asString();
        assertThat(missing)
                .contains("<span class=\"tag missing\">missing</span> 0</td>", "<td class=\"num tint zero\">0</td>")
                .doesNotContain("N/A</td>");
        String undefined = given().get("/concepts?face=model&benchmark=b0&status=missing&columns=b0")
                .asString();
        assertThat(undefined).contains("<td class=\"num na\">N/A</td>", "<td class=\"num tint na\">N/A</td>");
    }

    @Test
    void filtersThatAreSetCanBeTakenOffOneByOne() {
        String page = given().get("/concepts?q=money&benchmark=b0&face=model&status=present&status=over&minSupport=2")
                .asString();
        assertThat(page)
                .contains(
                        "href=\"/concepts?benchmark=b0&amp;face=model&amp;minSupport=2&amp;status=present&amp;status=over\"");
        assertThat(page)
                .contains(
                        "href=\"/concepts?benchmark=b0&amp;face=model&amp;minSupport=2&amp;q=money&amp;status=over\"");
        assertThat(page).contains("support ≥ 2", "in Benchmark 0");
    }

    @Test
    void anEmptyListSaysWhatToTry() {
        given().get("/concepts?q=zzzzqqqq").then().statusCode(200).body(containsString("No concept matches"));
        given().get("/concepts/9?right=m0&wrong=m0").then().statusCode(200).body(containsString("No item passes"));
        given().get("/models/m0?minSupport=900000").then().statusCode(200).body(containsString("Lower “support”"));
    }

    @Test
    void aListIsReadToItsEndPageByPage() {
        List<String> seen = new ArrayList<>();
        String path = "/concepts?sort=id";
        while (path != null) {
            String page = given().get(path).asString();
            var rows = Pattern.compile("<th scope=\"row\" class=\"label[^\"]*\"><a href=\"(/concepts/\\d+)\"")
                    .matcher(page);
            while (rows.find()) seen.add(rows.group(1));
            var next = Pattern.compile("<a href=\"([^\"]+)\" rel=\"next\"").matcher(page);
            path = next.find() ? next.group(1).replace("&amp;", "&") : null;
        }
        assertThat(seen).hasSize(200).doesNotHaveDuplicates().startsWith("/concepts/0", "/concepts/3");
    }

    @Test
    void aCountOfAComparisonLeadsToAListOfThatLength() {
        String page = given().get("/compare?benchmarks=b0,b1,b3&kind=all").asString();
        Matcher counts =
                Pattern.compile("<dd><a href=\"([^\"]+)#rows\">([\\d,]+)</a>").matcher(page);
        int lists = 0;
        while (counts.find()) {
            String list = given().get(counts.group(1).replace("&amp;", "&")).asString();
            assertThat(list).as(counts.group(1)).contains(">" + counts.group(2) + " concepts; sort by any column");
            lists++;
        }
        assertThat(lists).isGreaterThan(1);
    }

    @Test
    void whereNoTieIsListedThePageSaysWhatAListedOneNeeds() {
        // it fires nowhere
        assertThat(given().get("/concepts/147").asString())
                .contains("No other concept shares five or more of its items, and clearly more than chance would");
    }

    @Test
    void anItemOpenedFromAConceptIsShadedByIt() {
        String items = given().get("/concepts/9").asString();
        Matcher opened =
                Pattern.compile("href=\"(/datapoints/[^\"]+concept=9)\"").matcher(items);
        int shaded = 0;
        while (opened.find()) {
            assertThat(given().get(opened.group(1)).asString())
                    .contains("Shaded where <a href=\"/concepts/9\"><bdi>crates of tangerines</bdi></a> fires");
            shaded++;
        }
        assertThat(shaded).isPositive();
    }

    @Test
    void anItemsPromptCanBeChangedAndReadByTheLens() {
        String item = "/datapoints/%s/i%%2F3";
        Matcher again = Pattern.compile("<a href=\"(/try\\?text=[^\"]+)\" rel=\"nofollow\">Change its words")
                .matcher(given().get(item.formatted("b0")).asString());
        assertThat(again.find()).isTrue();
        String prompt = given().get("/api/v1" + item.formatted("b0")).jsonPath().getString("data.prompt");
        assertThat(given().get(again.group(1)).htmlPath().getString("**.find { it.@id == 'text' }"))
                .isEqualTo(prompt);
        // the text of these is not shown
        assertThat(given().get(item.formatted("b2")).asString())
                .contains("text is not shown")
                .doesNotContain("/try?text");
    }

    @Test
    void aCountOfAPairLeadsToThatManyItems() {
        String page = given().get("/models/compare?models=m0,m1&minSupport=8&kind=all&limit=4")
                .asString();
        Matcher counts =
                Pattern.compile("<a href=\"([^\"]+)#items\">([\\d,]+)</a>").matcher(page);
        int lists = 0;
        while (counts.find()) {
            String list = given().get(counts.group(1).replace("&amp;", "&")).asString();
            assertThat(list).as(counts.group(1)).contains(" of " + counts.group(2) + " items</p>");
            lists++;
        }
        assertThat(lists).isGreaterThan(15);
    }

    @Test
    void pairedConceptsAreReadToTheirEndInOrder() {
        List<String> seen = new ArrayList<>();
        String path = "/models/compare?models=m0,m1&minSupport=0&kind=all&sort=label&limit=50";
        while (path != null) {
            String page = given().get(path).asString();
            Matcher rows = Pattern.compile("<th scope=\"row\" class=\"label[^\"]*\"><a href=\"(/concepts/\\d+)\"")
                    .matcher(page);
            while (rows.find()) seen.add(rows.group(1));
            Matcher next = Pattern.compile("<a href=\"([^\"]+)\" rel=\"next\"").matcher(page);
            path = next.find() ? next.group(1).replace("&amp;", "&") : null;
        }
        int all = given().get("/api/v1/models/compare?models=m0,m1&minSupport=0&kind=all")
                .jsonPath()
                .getInt("data.rows.total.atLeast");
        assertThat(seen).hasSize(all).doesNotHaveDuplicates();
        assertThat(all).isGreaterThan(100);
    }

    @Test
    void everyCandidateOfASuiteIsALinkThatAddsIt() {
        String page = given().get("/suite?benchmarks=b2&least=3").asString();
        for (String b : List.of("b0", "b1", "b3")) {
            assertThat(page).contains("<a class=\"add\" href=\"/suite?benchmarks=b2," + b + "&amp;least=3\">");
        }
        assertThat(page).contains("<a class=\"remove\" href=\"/suite?least=3\">");
        assertThat(given().get("/suite?benchmarks=b2,b0&least=3").asString())
                .contains("value=\"b0\" checked", "value=\"b2\" checked")
                .doesNotContain("value=\"b1\" checked");
    }

    @Test
    void itemsCanBeWrongByTwoModelsAndTheFormKeepsBoth() {
        String page = given().get("/concepts/0?wrong=m0&wrong=m1").asString();
        assertThat(page)
                .contains(
                        "<option value=\"m0\" selected>Model 0</option><option value=\"m1\">",
                        "<option value=\"m1\" selected>Model 1</option>");
        assertThat(page.split("name=\"wrong\"")).hasSize(3);
        assertThat(page.split("name=\"right\"")).hasSize(2);
    }

    @Test
    void aPinnedVersionStaysInEveryLink() {
        String page = given().get("/concepts?sort=id&snapshot=" + ServedStudy.version())
                .asString();
        assertThat(page).contains("Pinned to snapshot", "href=\"/concepts/9?snapshot=" + ServedStudy.version() + "\"");
    }

    @Test
    void everyNumberOfATableLeadsToItsExplanation() {
        String about = given().get("/about").asString();
        for (String path : List.of(
                "/",
                "/concepts?columns=b0",
                "/concepts?face=benchmark",
                "/concepts/9",
                "/benchmarks",
                "/benchmarks/b0",
                "/compare?benchmarks=b0,b1",
                "/suite?benchmarks=b0",
                "/models",
                "/models/m0",
                "/models/compare?models=m0,m1",
                "/correlation?minSupport=1",
                "/datapoints/b0/i%2F3")) {
            var anchors = Pattern.compile("href=\"/about#([a-z]+)\"")
                    .matcher(given().get(path).asString());
            while (anchors.find()) {
                assertThat(about).as("%s on %s", anchors.group(1), path).contains("id=\"" + anchors.group(1) + "\"");
            }
        }
    }

    @Test
    void everyCircleOfTheMapLeadsToItsFamily() {
        String page = given().get("/?benchmark=b1&model=m0").asString();
        String map = page.substring(page.indexOf("<svg class=\"chart map\""));
        map = map.substring(0, map.indexOf("</svg>"));
        var circles = Pattern.compile(
                        "<a href=\"(/concepts\\?family=\\d+&amp;(?:model=m0|face=benchmark)&amp;benchmark=b1)\" tabindex=\"-1\"><title>[^<]+"
                                + "</title><circle class=\"(g[0-6]|none|hollow)\"")
                .matcher(map);
        List<String> links = new ArrayList<>();
        while (circles.find()) links.add(circles.group(1));
        assertThat(links).hasSize(8).doesNotHaveDuplicates();
        given().get(links.getFirst().replace("&amp;", "&")).then().body(containsString("family "));
    }

    @Test
    void everyPointOfTheScatterLeadsToItsConceptAndEverySquareToItsScatter() {
        String page = given().get("/correlation?minSupport=1&kind=all").asString();
        assertThat(page)
                .contains("tabindex=\"-1\"><title>", "Every one of the ")
                .contains("href=\"/correlation?kind=all&amp;minSupport=1&amp;x=coverage:b0&amp;y=coverage:b1\"");
        assertThat(Pattern.compile("<a href=\"/concepts/\\d+\" tabindex=\"-1\">")
                        .matcher(page)
                        .results()
                        .count())
                .isGreaterThan(50);
    }

    @Test
    void aScatterWithoutPointsSaysWhatToTry() {
        given().get("/correlation?minSupport=900000").then().statusCode(200).body(containsString("Lower the support"));
    }
}
