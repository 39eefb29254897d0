package org.gapexplorer.explorer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a visitor does, in a real browser. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class JourneyTest {
    private static final LocatorAssertions.HasTextOptions INNER =
            new LocatorAssertions.HasTextOptions().setUseInnerText(true);

    private static Playwright playwright;
    private static Browser browser;

    @TestHTTPResource("/")
    URL home;

    /** What the browser complained about: refused code, failed requests, script errors. */
    private final List<String> complaints = new ArrayList<>();

    private BrowserContext context;

    @BeforeAll
    static void startBrowser() {
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    static void stopBrowser() {
        if (playwright != null) playwright.close();
    }

    @AfterEach
    void nothingWasRefused() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    private Page visit(Browser.NewContextOptions options) {
        context = browser.newContext(options.setBaseURL(home.toString()));
        Page page = context.newPage();
        page.onConsoleMessage(m -> {
            if (m.type().equals("error") || m.type().equals("warning")) complaints.add(m.text());
        });
        page.onPageError(complaints::add);
        page.onRequestFailed(r -> complaints.add(r.url() + " failed"));
        page.navigate("/");
        return page;
    }

    private Page visit() {
        return visit(new Browser.NewContextOptions());
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void aListOfItemsThatTakesLongShowsItsSkeleton() {
        Page page = visit();
        page.navigate("/concepts/" + ServedStudy.KNOWN);
        List<Route> held = new ArrayList<>();
        page.route("**/concepts/*?*", held::add);
        page.locator("#live .items").waitFor();
        assertThat(page.locator("#live .items p").first()).not().hasCSS("color", "rgba(0, 0, 0, 0)");
        page.locator("#live form.filters button").click();
        assertThat(page.locator("#live .items p").first()).hasCSS("color", "rgba(0, 0, 0, 0)");
        assertThat(page.locator("#live .items a").first()).hasCSS("opacity", "0");
        held.forEach(Route::resume);
        assertThat(page.locator("#live .items p").first()).not().hasCSS("color", "rgba(0, 0, 0, 0)");
    }

    @Test
    void findAConceptOpenItAndSeeShadedTokens() {
        Page page = visit();
        page.keyboard().press("/");
        page.keyboard().type("tangerines");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/concepts\\?q=tangerines"));
        assertThat(page.locator("tbody mark").first()).hasText("tangerines");
        link(page, "crates of tangerines").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("crates of tangerines");
        Locator token = page.locator(".prompt mark").first();
        assertThat(token).isVisible();
        assertThat(token.getAttribute("title")).matches("activation [0-9.]+");
    }

    @Test
    void filtersMoveThePartThatMovesAndStayInTheAddress() {
        Page page = visit();
        page.navigate("/concepts");
        page.evaluate("window.stayed = true");
        page.locator("select[name=benchmark]").selectOption("b1");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Search").setExact(true))
                .click();
        assertThat(page.locator(".chips")).containsText("in Benchmark 1");
        assertThat(page.url()).contains("benchmark=b1");
        assertThat(page.evaluate("window.stayed")).isEqualTo(true);
        page.getByRole(AriaRole.COLUMNHEADER).getByText("Gap").click();
        assertThat(page.locator("th[aria-sort]")).containsText("Gap");
        page.goBack();
        assertThat(page.locator("th[aria-sort]")).containsText("q");
        page.reload();
        assertThat(page.locator(".chips")).containsText("in Benchmark 1");
    }

    @Test
    void buildASuiteTickByTickAndByWhatAddsMost() {
        Page page = visit();
        page.navigate("/suite");
        page.evaluate("window.stayed = true");
        Locator missing = page.locator(".facts div:has(bdi:text-is('Missing')) > dd a");
        int all = count(missing);
        page.getByLabel("Benchmark 1").check();
        assertThat(page).hasURL(Pattern.compile(".*benchmarks=b1.*"));
        int one = count(missing);
        assertThat(one).isLessThan(all);
        page.locator("a.add").first().click();
        assertThat(page.locator("a.remove")).hasCount(2);
        assertThat(count(missing)).isLessThan(one);
        assertThat(page.locator("input[name=benchmarks]:checked")).hasCount(2);
        assertThat(page.evaluate("window.stayed")).isEqualTo(true);
        page.goBack();
        assertThat(page.locator("input[name=benchmarks]:checked")).hasCount(1);
        assertThat(count(missing)).isEqualTo(one);
    }

    private static int count(Locator figure) {
        return Integer.parseInt(figure.innerText().replace(",", ""));
    }

    @Test
    void suggestionsStandBelowTheBoxAndObeyTheKeyboard() {
        Page page = visit();
        Locator box = page.locator("#find");
        Locator options = page.locator("#suggestions [role=option]");
        assertThat(box).hasAttribute("aria-expanded", "false");
        box.pressSequentially("tangerin");
        assertThat(options.first()).containsText("crates of tangerines");
        assertThat(options.first().locator("mark")).hasText("tangerines");
        assertThat(box).hasAttribute("aria-expanded", "true");
        box.press("ArrowDown");
        assertThat(box).hasAttribute("aria-activedescendant", "option-0");
        assertThat(options.first()).hasAttribute("aria-selected", "true");
        box.press("Escape");
        assertThat(page.locator("#suggestions")).isHidden();
        assertThat(box).hasValue("tangerin");
        assertThat(box).not().hasAttribute("aria-activedescendant", "option-0");
        box.pressSequentially("e");
        assertThat(options.first()).isVisible();
        box.press("ArrowDown");
        box.press("Enter");
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/concepts/" + ServedStudy.KNOWN));
    }

    @Test
    void aSuggestionCanBeClickedAndAMisspeltWordIsAskedAbout() {
        Page page = visit();
        page.locator("#find").pressSequentially("tangerinse");
        Locator option = page.locator("#suggestions [role=option]").first();
        assertThat(option).containsText("tangerines");
        option.click();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/concepts/" + ServedStudy.KNOWN));
        page.locator("#find").pressSequentially("<script>");
        assertThat(page.locator("#suggestions [role=option]").first()).containsText("<script>document.title");
        assertThat(page.locator("#suggestions script").count()).isZero();
    }

    @Test
    void theFacesAndTheirColumnsStayInTheAddress() {
        Page page = visit();
        page.navigate("/concepts");
        link(page, "Benchmark gaps").click();
        assertThat(page.locator("caption")).hasText("Benchmark gaps");
        page.locator("summary").getByText("Columns").click();
        page.locator("input[name=columns][value=b1]").check();
        page.getByText("Show these columns").click();
        assertThat(page.locator("th.tint")).containsText("Benchmark 1");
        assertThat(page.url()).contains("face=benchmark", "columns=b1");
        page.locator("th.tint a.sort").click();
        assertThat(page.locator("th[aria-sort]")).containsText("Benchmark 1");
        page.goBack();
        assertThat(page.locator("th[aria-sort]")).containsText("Coverage");
        page.goBack();
        assertThat(page.locator("th.tint")).hasCount(0);
        page.goBack();
        assertThat(page.locator("caption")).hasText("Model gaps");
        page.goForward();
        assertThat(page.locator("caption")).hasText("Benchmark gaps");
    }

    @Test
    void compareThreeBenchmarksSaveAndOpenTheShortLinkElsewhere() {
        Page page = visit();
        String shown = compareAndSave(page);
        String link = page.locator("#short").getAttribute("href");
        context.close();

        Page other = visit();
        other.navigate(link);
        assertThat(other.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Benchmark 0, Benchmark 1, Benchmark 3 side by side");
        assertThat(other.getByText("for the report")).isVisible();
        assertThat(other.url()).contains("snapshot=" + ServedStudy.version());
        assertThat(other.locator("#live").innerText()).isEqualTo(shown);
    }

    @Test
    void everythingWorksWithoutJavaScript() {
        Page page = visit(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.getByPlaceholder("Search concepts").fill("tangerines");
        page.getByPlaceholder("Search concepts").press("Enter");
        link(page, "crates of tangerines").click();
        assertThat(page.locator(".prompt mark").first()).isVisible();
        page.getByLabel("Order").selectOption("worst");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                .click();
        assertThat(page.url()).contains("items=worst");
        compareAndSave(page);
        String delete = page.getByText("delete this view").getAttribute("href");
        link(page, page.locator("#short").textContent()).first().click();
        assertThat(page.getByText("A saved view")).isVisible();
        link(page, "Its title and note").click();
        assertThat(page.getByText("for the report")).isVisible();
        page.navigate(delete);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete it"))
                .click();
        assertThat(page.getByText("leads nowhere now")).isVisible();
    }

    @Test
    void listsSuitesAndPromptsWorkWithoutJavaScript() {
        Page page = visit(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        assertThat(page.getByText("Copy link")).isHidden();
        page.navigate("/concepts");
        link(page, "Benchmark gaps").click();
        assertThat(page.locator("caption")).hasText("Benchmark gaps");
        page.locator("th a.sort").getByText("Concept").click();
        assertThat(page.locator("th[aria-sort=ascending]")).containsText("Concept");
        assertThat(page.url()).contains("sort=label", "face=benchmark");
        page.locator("select[name=status]").selectOption("missing");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Search").setExact(true))
                .click();
        assertThat(page.locator(".chips")).isVisible();
        assertThat(page.url()).contains("status=missing", "sort=label");

        page.navigate("/suite");
        page.getByLabel("Benchmark 1").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                .click();
        assertThat(page.locator("a.remove")).hasCount(1);
        page.locator("a.add").first().click();
        assertThat(page.locator("input[name=benchmarks]:checked")).hasCount(2);

        page.navigate("/try");
        page.locator("#text").fill("Two boats left the harbour <b>at dawn</b>.");
        page.getByText("Read it").click();
        assertThat(page.locator(".prompt").first()).containsText("<b>at dawn</b>");
        assertThat(page.locator("main table").first()).isVisible();
    }

    /** What is copied is what is shown in its version, also after the part that moves has moved. */
    @Test
    void aCopiedLinkIsPinnedAndOpensWhatIsShown() {
        Page page = visit(new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
        page.navigate("/concepts?minSupport=1");
        String before = page.url();
        page.locator("th:not([aria-sort]) a.sort").first().click();
        page.waitForURL(url -> !url.equals(before));
        assertThat(page.locator("th[aria-sort]")).containsText("Concept");
        String shown = page.locator("#live").innerText();
        page.getByText("Copy link").click();
        assertThat(page.getByText("Copied")).isVisible();
        String copied = (String) page.evaluate("navigator.clipboard.readText()");
        Set<String> asked =
                new HashSet<>(List.of(URI.create(page.url()).getQuery().split("&")));
        asked.add("snapshot=" + ServedStudy.version());
        assertThat(copied).startsWith(home + "concepts?");
        assertThat(URI.create(copied).getQuery().split("&")).containsExactlyInAnyOrderElementsOf(asked);
        page.navigate(copied);
        assertThat(page.getByText("Pinned to snapshot " + ServedStudy.version()))
                .isVisible();
        assertThat(page.locator("#live")).hasText(shown, INNER);
    }

    /** What is shown is what the address says, whichever way one came to it. */
    @Test
    void goingBackAndForwardShowsWhatTheAddressSays() {
        Page page = visit();
        page.navigate("/concepts?minSupport=1");
        page.evaluate("window.stayed = true");
        List<String> addresses = new ArrayList<>(List.of(page.url()));
        List<String> shown = new ArrayList<>(List.of(page.locator("#live").innerText()));
        Locator face = page.locator("p.seg a:not([aria-current])");
        Locator sort = page.locator("th:not([aria-sort]) a.sort").first();
        for (Locator step : List.of(face, sort, face)) {
            String before = page.url();
            step.click();
            page.waitForURL(url -> !url.equals(before));
            assertThat(page.locator("#live")).not().hasText(shown.getLast(), INNER);
            addresses.add(page.url());
            shown.add(page.locator("#live").innerText());
        }
        assertThat(page.evaluate("window.stayed")).isEqualTo(true);
        for (int i = 2; i >= 0; i--) {
            page.goBack();
            assertThat(page).hasURL(addresses.get(i));
            assertThat(page.locator("#live")).hasText(shown.get(i), INNER);
        }
        for (int i = 1; i <= 3; i++) {
            page.goForward();
            assertThat(page).hasURL(addresses.get(i));
            assertThat(page.locator("#live")).hasText(shown.get(i), INNER);
        }
        page.reload();
        assertThat(page.locator("#live")).hasText(shown.get(3), INNER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/concepts?minSupport=0",
                "/concepts?face=benchmark&columns=b0,b1",
                "/compare?benchmarks=b0,b1,b3&kind=all",
                "/models/compare?models=m0,m1&minSupport=1&kind=all"
            })
    void theHeadOfALongTableStaysInSight(String list) {
        for (int width : List.of(1000, 1200, 1400)) {
            Page page = visit(new Browser.NewContextOptions().setViewportSize(width, 700));
            page.navigate(list);
            Locator row = page.locator("main table").last().locator("tbody tr").nth(20);
            row.scrollIntoViewIfNeeded();
            Locator head = page.locator("main table").last().locator("thead th").first();
            assertThat(row.boundingBox().y).isBetween(0.0, 700.0);
            assertThat(head.boundingBox().y).as(list + " at " + width).isBetween(0.0, 300.0);
            context.close();
        }
    }

    /** An address can ask for more than a select offers. */
    @Test
    void aFormKeepsWhatTheAddressAsksFor() {
        Page page = visit();
        page.navigate("/concepts?face=benchmark&minQuality=0.35&status=under,present&kind=meaning&kind=syntax");
        Locator total = page.locator("#live p[role=status]");
        Locator chips = page.locator(".chips li");
        String before = total.innerText();
        List<String> set = chips.allInnerTexts();
        assertThat(set).contains("label AUC ≥ 0.35", "under-represented", "present", "meaning", "syntax");
        page.locator("input[type=number][name=minSupport]").fill("1");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Search").setExact(true))
                .click();
        // what is present fires on an item at least
        assertThat(chips).hasCount(set.size() + 1);
        assertThat(chips.allInnerTexts()).containsAll(set);
        assertThat(total).hasText(before, INNER);
        page.locator(".chips a").getByText("under-represented").click();
        assertThat(chips).hasCount(set.size());
        assertThat(page.locator("select[name=status]")).hasValue("present");
        assertThat(page.locator("select[name=kind]")).hasValue("meaning,syntax");
    }

    @ParameterizedTest
    @CsvSource({
        "640, /concepts, q",
        "320, /concepts, q",
        "320, /concepts?sort=shrunk, Shrunk",
        "320, /concepts?sort=id, Id",
        "320, /concepts?face=benchmark&sort=density, Firing rate",
        "320, /benchmarks, ''"
    })
    void noColumnOfANarrowTableIsOutOfReach(int width, String address, String sorted) {
        Page page = visit(new Browser.NewContextOptions().setViewportSize(width, 700));
        page.navigate(address);
        Locator table = page.locator("main .scroll").first();
        for (Locator head : table.locator("thead th:not(.pic, .least)").all())
            assertThat(head).isVisible();
        if (!sorted.isEmpty()) {
            assertThat(table.locator("th[aria-sort]")).isVisible();
            assertThat(table.locator("th[aria-sort]")).containsText(sorted);
            int at = (int) table.locator("th[aria-sort]").evaluate("e => e.cellIndex");
            assertThat(table.locator("tbody tr").first().locator("th, td").nth(at))
                    .isVisible();
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(table.locator("th[aria-sort]")).isVisible();
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        }
        table.locator("thead th").first().scrollIntoViewIfNeeded();
        table.focus();
        for (int i = 0; i < 40; i++) page.keyboard().press("ArrowRight");
        assertThat(table.locator("thead th").last()).isInViewport();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    }

    @Test
    void whatIsAwaitedIsShownAsASkeletonInItsPlace() {
        Page page = visit();
        page.navigate("/concepts?face=benchmark");
        List<Route> held = new ArrayList<>();
        page.route("**/concepts?*sort=*", held::add);
        Locator cell = page.locator("#live tbody td").last();
        page.locator("th a.sort").first().click();
        assertThat(cell).hasCSS("color", "rgba(0, 0, 0, 0)");
        held.getFirst().resume();
        assertThat(page.locator("th[aria-sort]")).containsText("Concept");
        assertThat(cell).not().hasCSS("color", "rgba(0, 0, 0, 0)");
    }

    @Test
    void hostileLabelsAreShownAsText() {
        Page page = visit();
        page.navigate("/concepts/" + ServedStudy.HOSTILE);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(ServedStudy.SCRIPT);
        assertThat(page.title()).doesNotContain("owned\n").contains("Gap Explorer");
        page.navigate("/datapoints/b0/i%2F3");
        assertThat(page.locator(".prompt").first()).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("main img").count()).isZero();
    }

    /** The tables are made in the background after the start. */
    private static void awaitTables(Page page) {
        for (int i = 0; i < 100 && page.request().get("/v/2222222222").status() == 503; i++) page.waitForTimeout(200);
    }

    /** What the comparison showed when it was saved: its figures and rows. */
    private String compareAndSave(Page page) {
        awaitTables(page);
        page.navigate("/compare");
        page.getByLabel("Benchmark 0").check();
        page.getByLabel("Benchmark 1").check();
        page.getByLabel("Benchmark 3").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compare"))
                .click();
        assertThat(page.getByText("Shared by all")).isVisible();
        String shown = page.locator("#live").innerText();
        page.getByText("Save this view").click();
        page.getByLabel("Note").fill("for the report");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Save").setExact(true))
                .click();
        assertThat(page.locator("#short")).isVisible();
        return shown;
    }
}
