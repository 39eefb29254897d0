package org.gapexplorer.explorer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A month's prompts, and the next month's, in a real browser. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class FootprintJourneyTest {
    @TestHTTPResource("/")
    URL home;

    /** With and without JavaScript; the second in a window of 320 pixels. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pasteReadSaveOpenAndCompare(boolean javaScript) {
        try (Playwright playwright = Playwright.create();
                Browser browser = browser(playwright);
                BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                        .setBaseURL(home.toString())
                        .setJavaScriptEnabled(javaScript)
                        .setViewportSize(javaScript ? 1200 : 320, 800))) {
            Page page = context.newPage();
            awaitTables(page);
            page.navigate("/");
            page.getByRole(AriaRole.NAVIGATION).getByText("Footprint").click();
            page.getByLabel("Prompts, one a line").fill("{not json}");
            read(page);
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("line 1: is not JSON");
            assertThat(page.getByLabel("Prompts, one a line")).hasValue("{not json}");

            page.getByLabel("Prompts, one a line").fill(prompts("Boats number %d left the harbour with nets."));
            page.getByLabel("Keep the profile").check();
            page.getByLabel("Title").fill("<b>March</b>");
            read(page);
            assertThat(heading(page)).hasText("Your footprint");
            assertThat(page.url()).doesNotContain("Boats");
            String march = page.locator("#kept").getAttribute("href");

            page.navigate(march);
            assertThat(heading(page)).hasText("<b>March</b>");
            page.getByText("Compare a new upload with it").click();
            page.locator("input[type=file]")
                    .setInputFiles(new FilePayload(
                            "april.txt",
                            "text/plain",
                            prompts("How much is %d times seven?").getBytes(StandardCharsets.UTF_8)));
            page.getByLabel("Keep the profile").check();
            read(page);
            assertThat(page.getByText("changed their share of prompts by more than chance"))
                    .isVisible();
            String april = page.locator("#kept").getAttribute("href");
            page.getByText("delete it").click();
            String delete = page.url();

            page.navigate(april);
            page.getByLabel("With an earlier saved footprint").fill(home + march.substring(1));
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Compare").setExact(true))
                    .click();
            assertThat(page.getByText("of 25 prompts then and 25 now")).isVisible();
            assertThat(page.getByText("<b>March</b>")).isVisible();
            assertThat(((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth")).intValue())
                    .isLessThanOrEqualTo(0);

            page.navigate(delete);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete it"))
                    .click();
            assertThat(heading(page)).hasText("Deleted");
            assertThat(page.navigate(april).status()).isEqualTo(404);
        }
    }

    @Test
    void axeFindsNoViolationOnWhatWasRead() {
        try (Playwright playwright = Playwright.create();
                Browser browser = browser(playwright)) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                        .setBaseURL(home.toString())
                        .setColorScheme(scheme)
                        .setBypassCSP(true))) {
                    Page page = context.newPage();
                    awaitTables(page);
                    page.navigate("/footprint");
                    page.getByLabel("Prompts, one a line").fill("{");
                    read(page);
                    assertAccessible(page);
                    page.getByLabel("Prompts, one a line").fill(prompts("Boats number %d left the harbour."));
                    page.getByLabel("Keep the profile").check();
                    read(page);
                    assertAccessible(page);
                    page.navigate(page.locator("#kept").getAttribute("href"));
                    assertAccessible(page);
                }
            }
        }
    }

    private static void assertAccessible(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(v -> v.getId() + " at " + v.getNodes().getFirst().getTarget())
                .isEmpty();
    }

    private static Browser browser(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    private static com.microsoft.playwright.Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private static void read(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read them"))
                .click();
    }

    private static String prompts(String pattern) {
        return IntStream.range(0, 25).mapToObj(pattern::formatted).collect(Collectors.joining("\n"));
    }

    /** The tables are made in the background after the start. */
    private static void awaitTables(Page page) {
        for (int i = 0; i < 100 && page.request().get("/footprint/2222222222").status() == 503; i++) {
            page.waitForTimeout(200);
        }
    }
}
