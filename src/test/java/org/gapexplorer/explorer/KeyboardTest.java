package org.gapexplorer.explorer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every journey without a mouse: keys alone, and what has the focus can be seen. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class KeyboardTest {
    private static final int TOO_MANY_TABS = 120;

    /** Whether the focused element has an outline, within the window, that no ancestor cuts off. */
    private static final String FOCUS_IS_SEEN = """
            () => {
              const e = document.activeElement;
              const style = getComputedStyle(e);
              const box = e.getBoundingClientRect();
              const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
              const inWindow = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
              return outlined && inWindow && box.width > 0 ? '' : e.outerHTML.slice(0, 150) + ' ' + style.outline + ' '
                + JSON.stringify(box);
            }
            """;

    @TestHTTPResource("/")
    URL home;

    private Playwright playwright;
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void start() {
        playwright = Chromium.playwright();
        Browser browser = Chromium.launch(playwright);
        context = browser.newContext(
                new Browser.NewContextOptions().setBaseURL(home.toString()).setViewportSize(1280, 800));
        page = context.newPage();
    }

    @AfterEach
    void stop() {
        playwright.close();
    }

    private void press(String key) {
        page.keyboard().press(key);
    }

    /** Presses Tab until what has the focus fits the selector; the focus is seen at every step. */
    private void tabTo(String selector) {
        for (int i = 0; i < TOO_MANY_TABS; i++) {
            press("Tab");
            if (page.evaluate("document.activeElement === document.body").equals(true)) continue;
            assertThat((String) page.evaluate(FOCUS_IS_SEEN)).isEmpty();
            if (focusIs(selector)) return;
        }
        throw new AssertionError("no Tab leads to " + selector + " on " + page.url());
    }

    private boolean focusIs(String selector) {
        return (boolean) page.evaluate("s => document.activeElement.matches(s)", selector);
    }

    @Test
    void aTypoASuggestionAConceptAndTheValueOfAToken() {
        page.navigate("/");
        press("/");
        assertThat(page.locator("#find")).isFocused();
        page.keyboard().type("tangerinse");
        assertThat(page.locator("#suggestions [role=option]").first()).isVisible();
        press("ArrowDown");
        assertThat(page.locator("#find"))
                .hasAttribute(
                        "aria-activedescendant",
                        page.locator("#suggestions [aria-selected=true]").getAttribute("id"));
        press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/concepts/" + ServedStudy.KNOWN + "$"));
        page.locator(".prompt mark").first().waitFor();
        tabTo(".prompt mark");
        Object shown = page.evaluate("getComputedStyle(document.activeElement, '::after').content");
        assertThat((String) shown).matches("\"activation [0-9.]+\"");
        assertThat((String) page.evaluate("document.activeElement.title"))
                .isEqualTo(((String) shown).replace("\"", ""));
    }

    @Test
    void theFirstTabSkipsToTheContent() {
        page.navigate("/concepts");
        press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        assertThat(page.locator(".skip")).isInViewport();
        press("Enter");
        press("Tab");
        assertThat((boolean) page.evaluate("document.querySelector('main').contains(document.activeElement)"))
                .isTrue();
    }

    @Test
    void theFacesAndTheOrderOfTheList() {
        page.navigate("/concepts");
        page.evaluate("window.stayed = true");
        tabTo("p.seg a:not([aria-current])");
        press("Enter");
        assertThat(page.locator("caption")).hasText("Benchmark gaps");
        tabTo("th a.sort");
        String column = (String) page.evaluate("document.activeElement.textContent");
        press("Enter");
        assertThat(page.locator("th[aria-sort]")).containsText(column);
        assertThat(page.evaluate("window.stayed")).isEqualTo(true);
        // the swap took the link away; the one in its place has the focus
        assertThat(page.locator("th[aria-sort] a.sort")).isFocused();
        press("Enter");
        assertThat(page.locator("th[aria-sort] a.sort")).isFocused();
    }

    @Test
    void aWideTableIsScrolledByArrowKeys() {
        page.setViewportSize(320, 700);
        page.navigate("/concepts?face=benchmark&columns=b0,b1,b2,b3");
        tabTo(".scroll");
        press("ArrowRight");
        // asked again and again from here: the page's policy refuses a function that waits in it
        String scrolled = "document.activeElement.scrollLeft > 0";
        for (int i = 0; i < 50 && !(boolean) page.evaluate(scrolled); i++) page.waitForTimeout(50);
        assertThat((boolean) page.evaluate(scrolled)).isTrue();
    }

    @Test
    void saveAViewAndDeleteIt() {
        page.navigate("/compare?benchmarks=b0,b1");
        awaitTables();
        tabTo("#share summary");
        press("Enter");
        tabTo("#share input[name=title]");
        press("Control+A");
        page.keyboard().type("By keys alone");
        tabTo("#share input[name=note]");
        page.keyboard().type("a note");
        tabTo("#share form button");
        press("Enter");
        assertThat(page.locator("#short")).isVisible();
        tabTo("a[href*='/delete?secret=']");
        press("Enter");
        page.waitForURL("**/delete?**");
        tabTo("main form button");
        press("Enter");
        assertThat(page.getByText("leads nowhere now")).isVisible();
    }

    @Test
    void aToolIsClosedByEscapeAndItsSummaryHasTheFocusAgain() {
        page.navigate("/compare?benchmarks=b0,b1");
        tabTo("#share summary");
        press("Enter");
        tabTo("#share input[name=note]");
        press("Escape");
        assertThat(page.locator("#share form")).isHidden();
        assertThat(page.locator("#share summary").first()).isFocused();
    }

    @Test
    void aBenchmarkJoinsTheSuiteBySpaceAndKeepsTheFocus() {
        page.navigate("/suite");
        page.evaluate("window.stayed = true");
        tabTo("input[name=benchmarks][value=b1]");
        press("Space");
        assertThat(page).hasURL(Pattern.compile(".*benchmarks=b1.*"));
        assertThat(page.locator("a.remove")).hasCount(1);
        assertThat(page.locator("input[name=benchmarks][value=b1]")).isFocused();
        press("Space");
        assertThat(page.locator("a.remove")).hasCount(0);
        assertThat(page.locator("input[name=benchmarks][value=b1]")).isFocused();
        assertThat(page.evaluate("window.stayed")).isEqualTo(true);
    }

    /** Points of charts are links for the mouse; the text or table beside them leads to the same. */
    @Test
    void whatAChartsPointsLeadToIsReachedBesideIt() {
        for (String address : new String[] {"/", "/?map=benchmarks", "/correlation?minSupport=1"}) {
            page.navigate(address);
            Object unreached = page.evaluate("""
                    () => {
                      const at = (a) => { const u = new URL(a.href.baseVal ?? a.href, location); u.hash = ''; return u.pathname + u.search; };
                      const reached = new Set([...document.querySelectorAll('main a:not([tabindex="-1"])')].map(at));
                      return [...document.querySelectorAll('main svg a[tabindex="-1"]')].map(at).filter(h => !reached.has(h)).length;
                    }
                    """);
            page.locator("figure details summary").first().press("Enter");
            boolean told = page.locator(".beyond a").count() > 0
                    && page.locator(".beyond a").isVisible();
            assertThat(((Number) unreached).intValue() == 0 || told)
                    .as(address + ": " + unreached
                            + " points are reached by the mouse alone, and nothing says how else")
                    .isTrue();
        }
    }

    /** The tables are made in the background after the start. */
    private void awaitTables() {
        for (int i = 0; i < 100 && page.request().get("/v/2222222222").status() == 503; i++) page.waitForTimeout(200);
    }
}
