package org.gapexplorer.explorer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views handed on, in a real browser: in a frame on another site, as a picture, as text to copy. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class FramedTest {
    private static Playwright playwright;
    private static Browser browser;

    @TestHTTPResource("/")
    URL home;

    /** Another site: the same machine by another name and port. */
    private HttpServer blog;

    private volatile String post;
    private BrowserContext context;

    @BeforeAll
    static void startBrowser() {
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    @AfterAll
    static void stopBrowser() {
        if (playwright != null) playwright.close();
    }

    @BeforeEach
    void openBlog() throws IOException {
        blog = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        blog.createContext("/", exchange -> {
            byte[] body = post.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        blog.start();
    }

    @AfterEach
    void close() {
        context.close();
        blog.stop(0);
    }

    private Page page(boolean script) {
        context = browser.newContext(
                new Browser.NewContextOptions().setBaseURL(home.toString()).setJavaScriptEnabled(script));
        return context.newPage();
    }

    private Page readBlog(Page page, String body) {
        post = "<!DOCTYPE html><title>A blog</title><h1>A blog</h1>" + body;
        page.navigate("http://localhost:" + blog.getAddress().getPort() + "/");
        return page;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFramedViewIsSortedInItsFrameAndOtherPagesOpenBesideIt(boolean script) {
        Page page = page(script);
        page.navigate("/compare?benchmarks=b0,b1");
        String snippet = page.locator("#frame").inputValue();
        readBlog(page, snippet);
        FrameLocator frame = page.frameLocator("iframe");
        assertThat(frame.locator(".slim")).containsText("Benchmark 0 against Benchmark 1");
        assertThat(frame.locator(".nav")).hasCount(0);

        frame.locator("th a.sort").getByText("Benchmark 1").click();
        assertThat(frame.locator("th[aria-sort]")).containsText("Benchmark 1");
        Frame inner = page.frames().getLast();
        assertThat(inner.url()).contains("embed=true", "sort=b1", "snapshot=" + ServedStudy.version());
        assertThat(frame.locator(".slim")).isVisible();

        Page concept = context.waitForPage(
                () -> frame.locator("#live tbody th a").first().click());
        assertThat(concept.url()).contains("/concepts/").doesNotContain("embed");
        assertThat(concept.locator("#find")).isVisible();
        Page whole = context.waitForPage(() -> frame.getByRole(
                        AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Open in Gap Explorer"))
                .click());
        assertThat(whole.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Benchmark 0 against Benchmark 1");
    }

    @Test
    void aWholePageRefusesToBeFramed() {
        Page page = page(true);
        page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                        .setPredicate(m -> m.text().contains("frame-ancestors")),
                () -> readBlog(page, "<iframe src='" + home + "compare?benchmarks=b0,b1'></iframe>"));
        assertThat(page.getByText("A blog")).isVisible();
        assertThat(page.frameLocator("iframe").locator("main")).hasCount(0);
    }

    @Test
    void theToolsFollowWhatIsShownAndAChartIsHadAsPng() throws IOException {
        Page page = page(true);
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.navigate("/compare?benchmarks=b0,b1");
        page.locator("th a.sort").getByText("Benchmark 1").click();
        assertThat(page).hasURL(Pattern.compile(".*sort=b1.*"));
        page.locator(".tools summary").getByText("Cite").click();
        assertThat(page.locator("#citation")).hasValue(Pattern.compile("&sort=b1}"));
        page.getByText("Copy citation").click();
        assertThat(page.getByText("Copied")).isVisible();
        assertThat((String) page.evaluate("navigator.clipboard.readText()")).startsWith("@misc{");
        page.keyboard().press("Escape");
        assertThat(page.locator("#citation")).isHidden();

        page.navigate("/benchmarks/b0");
        Download download =
                page.waitForDownload(() -> page.locator("[data-png]").first().click());
        assertThat(download.suggestedFilename()).isEqualTo("gap-explorer-coverage.png");
        BufferedImage png = ImageIO.read(download.path().toFile());
        assertThat(png.getWidth()).isEqualTo(2 * (440 + 32));
        assertThat(png.getRGB(4, 4) & 0xffffff).isEqualTo(0xfdfdfb);
        // the bars' own colour: the file's styles hold where it is an image
        boolean bars = false;
        for (int x = 0; x < png.getWidth(); x++) bars |= (png.getRGB(x, 2 * (40 + 145)) & 0xffffff) == 0x7a93a6;
        assertThat(bars).isTrue();
    }
}
