package org.gapexplorer.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIRequest;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of every page: nobody is shut out, nothing leaves the window, nothing hostile runs, nobody else is asked. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class EveryPageTest {
    /**
     * Elements that scroll sideways within the page, and that no keyboard reaches or that have no name; elements that stick
     * out of the window without such a box around them.
     */
    private static final String OUT_OF_REACH = """
            () => {
              const told = [];
              const scrolls = (e) => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
              for (const e of document.querySelectorAll('body *')) {
                if (e.tagName === 'TEXTAREA' || e.tagName === 'INPUT' || !scrolls(e)) continue;
                if (e.scrollWidth <= e.clientWidth + 1 || !e.checkVisibility()) continue;
                const named = e.getAttribute('aria-label') || e.getAttribute('aria-labelledby');
                if (e.tabIndex !== 0 || !named || !e.getAttribute('role')) told.push('box ' + e.outerHTML.slice(0, 120));
              }
              const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
              if (wide > 0) {
                for (const e of document.querySelectorAll('main *, header *, footer *')) {
                  const right = e.getBoundingClientRect().right;
                  if (right > document.documentElement.clientWidth + 0.5 && e.checkVisibility())
                    told.push('wide ' + right + ' ' + e.outerHTML.slice(0, 120));
                }
                told.push('the page is wider by ' + wide);
              }
              return told.slice(0, 5);
            }
            """;

    /** Scripts, handlers and images that we did not write; labels turned around that turn what stands beside them. */
    private static final String HOSTILE = """
            () => {
              const told = [];
              for (const s of document.querySelectorAll('script'))
                if (!s.src.endsWith('/app.js') && !s.src.endsWith('/htmx.min.js')) told.push('script ' + s.outerHTML.slice(0, 80));
              for (const e of document.querySelectorAll('img, iframe, object, embed, [srcdoc]'))
                told.push(e.outerHTML.slice(0, 80));
              for (const e of document.querySelectorAll('*'))
                for (const a of e.attributes)
                  if (/^on/i.test(a.name) || (/^(href|src|action)$/i.test(a.name) && /^\\s*(javascript|data):/i.test(a.value)))
                    told.push(a.name + '=' + a.value.slice(0, 60));
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const text = texts.currentNode;
                if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(text.data)) continue;
                if (!text.parentElement.closest('bdi, [dir=auto], option, textarea, title'))
                  told.push('turned ' + text.parentElement.outerHTML.slice(0, 120));
              }
              if (document.title === 'owned') told.push('owned');
              return told;
            }
            """;

    /** Links to other pages whose answer would be put into this page, in the place of its part that moves. */
    private static final String SWALLOWED = """
            () => [...document.querySelectorAll('[hx-boost] a[href]')]
              .filter((a) => a.closest('[hx-boost]').getAttribute('hx-boost') === 'true' && a.pathname !== location.pathname)
              .map((a) => 'swallows ' + a.outerHTML.slice(0, 120))
            """;

    /** Numbers without a "?" that leads to what they mean: columns, headline figures, charts, lists' totals, plain facts. */
    private static final String UNEXPLAINED = """
            () => [...document.querySelectorAll(
                'main :is(th.num, .facts dt, .heat caption, figure:has(> svg[role=img]), p[role=status], .meta dt:not(:has(bdi)))')]
              .filter((e) => e.checkVisibility({ contentVisibilityAuto: false }) && /\\S/.test(e.textContent))
              .filter((e) => !e.matches('p') || /\\d/.test(e.textContent))
              .filter((e) => !e.matches('dt') || /^[\\d,.%]+$/.test(e.nextElementSibling.firstChild.textContent))
              .filter((e) => !e.matches('th.tint, .grid th') || !document.querySelector('.ramped a.q'))
              .filter((e) => !e.querySelector('a.q[href*="/about#"]'))
              .map((e) => 'unexplained ' + e.outerHTML.slice(0, 120))
            """;

    /** Heads of tables that lie over the first row, where one comes to the table and where one comes to the row. */
    private static final String COVERED = """
            () => {
              const told = [];
              for (const table of document.querySelectorAll('main table')) {
                const row = table.tBodies[0]?.rows[0];
                if (!row || !table.tHead || !table.checkVisibility()) continue;
                for (const to of [table, row]) {
                  to.scrollIntoView();
                  const top = row.getBoundingClientRect().top;
                  for (const head of table.tHead.querySelectorAll('th, td')) {
                    const over = head.getBoundingClientRect().bottom - top;
                    if (over > 1) told.push('a head covers ' + over + ' of ' + row.outerHTML.slice(0, 120));
                  }
                }
              }
              scrollTo(0, 0);
              return told.slice(0, 5);
            }
            """;

    /** An upright phone's window, in pixels. */
    private static final int UPRIGHT = 420;

    /** The narrowest phone's window, in pixels; what axe-core tells there it tells at half a window too. */
    private static final int PHONE = 320;

    @TestHTTPResource("/")
    URL home;

    @Test
    void theListHasEveryRouteThatGivesAPage() {
        Set<String> served = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.gapexplorer.explorer")) {
            if (!resource.isAnnotatedWith(Path.class)) continue;
            for (JavaMethod method : resource.getMethods()) {
                if (givesHtml(resource, method)) served.add(route(resource, method));
            }
        }
        AllPages.FRAGMENTS.forEach(served::remove);
        try (Playwright playwright = Chromium.playwright()) {
            Set<String> listed = new TreeSet<>();
            pages(playwright).forEach(p -> listed.add(p.route()));
            listed.removeIf(route -> !route.matches("[A-Z]+ \\S+"));
            assertThat(listed).isEqualTo(served);
        }
    }

    private static boolean givesHtml(JavaClass resource, JavaMethod method) {
        if (!method.isAnnotatedWith(GET.class) && !method.isAnnotatedWith(POST.class)) return false;
        Produces produces = method.isAnnotatedWith(Produces.class)
                ? method.getAnnotationOfType(Produces.class)
                : resource.isAnnotatedWith(Produces.class) ? resource.getAnnotationOfType(Produces.class) : null;
        return produces != null && List.of(produces.value()).contains(MediaType.TEXT_HTML);
    }

    private static String route(JavaClass resource, JavaMethod method) {
        String own = method.isAnnotatedWith(Path.class)
                ? method.getAnnotationOfType(Path.class).value()
                : "";
        String path = (resource.getAnnotationOfType(Path.class).value() + "/" + own)
                .replaceAll("\\{(\\w+):[^}]*}", "{$1}")
                .replaceAll("/+", "/")
                .replaceAll("(.)/$", "$1");
        return (method.isAnnotatedWith(POST.class) ? "POST " : "GET ") + path;
    }

    private List<AllPages.Entry> pages(Playwright playwright) {
        APIRequestContext http =
                playwright.request().newContext(new APIRequest.NewContextOptions().setBaseURL(home.toString()));
        return AllPages.of(http);
    }

    /**
     * In a wide window; in half of it, which is what 200 % zoom of 1280 pixels leaves; on the narrowest phone. What axe-core
     * can tell by itself does not replace trying with a screen reader.
     */
    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "640, DARK", "320, LIGHT"})
    void everyPageIsWholeReachableAndHarmless(int width, ColorScheme scheme) {
        List<String> faults = new ArrayList<>();
        try (Playwright playwright = Chromium.playwright();
                Browser browser = Chromium.launch(playwright)) {
            List<AllPages.Entry> all = new ArrayList<>(pages(playwright));
            for (int concept :
                    List.of(ServedStudy.TURNING, ServedStudy.LONG, ServedStudy.FORMULA, ServedStudy.PICTURES)) {
                all.add(new AllPages.Entry("GET /concepts/{id}", "/concepts/" + concept, page -> {}, 200));
            }
            for (AllPages.Entry entry : all) {
                // axe's own script is injected, which the pages' policy would refuse
                try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                        .setBaseURL(home.toString())
                        .setViewportSize(width, 800)
                        .setColorScheme(scheme)
                        .setBypassCSP(true))) {
                    faults(context, entry).forEach(fault -> faults.add(entry + ": " + fault));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private List<String> faults(BrowserContext context, AllPages.Entry entry) {
        List<String> faults = new ArrayList<>();
        Page page = context.newPage();
        page.onPageError(faults::add);
        page.onDialog(dialog -> {
            faults.add("dialog " + dialog.message());
            dialog.dismiss();
        });
        page.onConsoleMessage(m -> {
            // a browser tells of every answer from 400 on; these are asked for
            boolean asked = m.text().contains("status of " + entry.told());
            if (List.of("error", "warning").contains(m.type()) && !asked) faults.add("console: " + m.text());
        });
        page.onRequest(r -> {
            if (!URI.create(r.url()).getAuthority().equals(home.getAuthority())) faults.add("asks " + r.url());
        });
        entry.open(page);
        settle(page, entry);
        faults.addAll(told(page, OUT_OF_REACH));
        faults.addAll(told(page, HOSTILE));
        faults.addAll(told(page, SWALLOWED));
        faults.addAll(told(page, UNEXPLAINED));
        boolean wide = page.viewportSize().width > PHONE;
        if (wide) faults.addAll(violations(page));
        else page.setViewportSize(UPRIGHT, page.viewportSize().height);
        faults.addAll(told(page, COVERED));
        return faults;
    }

    /** Waits for htmx, and for what it fetches unasked; half a second of silence, which is long for hundreds of pages, only there. */
    private static void settle(Page page, AllPages.Entry entry) {
        page.waitForFunction("() => window.htmx || !document.querySelector('script[data-htmx]')");
        boolean fetches = page.querySelector("[hx-trigger=load]") != null;
        if (fetches || !entry.plain()) page.waitForLoadState(LoadState.NETWORKIDLE);
    }

    private static List<String> violations(Page page) {
        List<String> faults = new ArrayList<>();
        new AxeBuilder(page)
                .analyze()
                .getViolations()
                .forEach(v -> faults.add(v.getId() + " at "
                        + v.getNodes().stream()
                                .limit(3)
                                .map(n -> n.getTarget() + " " + n.getHtml())
                                .collect(Collectors.joining(", "))));
        return faults;
    }

    @SuppressWarnings("unchecked")
    private static List<String> told(Page page, String script) {
        return (List<String>) page.evaluate(script);
    }

    /** With the pages' own policy in force: the walk above turns it off. */
    @Test
    void noPageBreaksItsOwnPolicy() {
        List<String> complaints = new ArrayList<>();
        try (Playwright playwright = Chromium.playwright();
                Browser browser = Chromium.launch(playwright);
                BrowserContext context =
                        browser.newContext(new Browser.NewContextOptions().setBaseURL(home.toString()))) {
            for (AllPages.Entry entry : pages(playwright)) {
                if (!entry.plain()) continue;
                Page page = context.newPage();
                page.onConsoleMessage(m -> {
                    if (m.text().contains("Content Security Policy")) complaints.add(entry + ": " + m.text());
                });
                entry.open(page);
                page.close();
            }
        }
        assertThat(complaints).isEmpty();
    }
}
