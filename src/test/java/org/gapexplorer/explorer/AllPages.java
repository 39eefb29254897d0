package org.gapexplorer.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.explorer.api.ReferenceResource;
import org.gapexplorer.explorer.view.Url;

/** Every page that a visitor can come to, with the ids of the study that a server shows. */
public final class AllPages {
    /** Routes that answer with part of a page. */
    public static final List<String> FRAGMENTS = List.of("GET /concepts/suggest");

    private static final String NONE = "";
    /** What cannot be read comes back in the form. */
    private static final String TROUBLE = "POST /footprint with what cannot be read";

    private static final Pattern SECRET = Pattern.compile("(/(?:v|footprint)/[a-z0-9]+)/delete\\?secret=([^\"]+)\"");

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private AllPages() {}

    /**
     * @param route the resource's method and path; empty for what no route answers
     * @param address where to begin
     * @param then what to do there to come to the page; nothing for most
     * @param status that the address answers with
     */
    record Entry(String route, String address, Consumer<Page> then, int status) {
        void open(Page page) {
            int answered = page.navigate(address).status();
            if (answered != status) throw new AssertionError(address + " answers with " + answered);
            then.accept(page);
        }

        /** What the page itself is answered with. */
        int told() {
            return plain() ? status : TROUBLE.equals(route) ? 400 : 200;
        }

        /** A page that is come to by its address alone. */
        boolean plain() {
            return route.startsWith("GET") || route.isEmpty();
        }

        @Override
        public String toString() {
            return plain() ? address : route + " from " + address;
        }
    }

    /** @param http with the server's address as base; a view and a footprint are saved there */
    public static List<Entry> of(APIRequestContext http) {
        Map<String, String> ids = ids(http);
        String[] view = saved(
                http,
                "/v",
                form().set("path", "/compare?benchmarks=" + ids.get("both"))
                        .set("snapshot", ids.get("version"))
                        .set("term", "30d"));
        String[] footprint = saved(
                http,
                "/footprint",
                form().set("text", "Two boats left the harbour.").set("keep", "yes"));
        ids.put("view", view[0]);
        ids.put("footprint", footprint[0]);
        List<Entry> all = new ArrayList<>();
        for (String[] page : PAGES) all.add(entry(page[0], filled(page[1], ids), 200));
        for (String[] page : FAILURES) all.add(entry(NONE, filled(page[0], ids), Integer.parseInt(page[1])));
        all.add(new Entry("POST /v", filled("/compare?benchmarks={both}", ids), AllPages::save, 200));
        all.add(entry("GET /admin", "/admin", 404));
        all.add(new Entry("POST /flags", filled("/concepts/{concept}", ids), AllPages::flag, 200));
        all.add(new Entry("POST /v/{short}/delete", deletion(view), AllPages::delete, 200));
        all.add(new Entry("POST /footprint", "/footprint", page -> read(page, "Two boats left the harbour."), 200));
        all.add(new Entry(TROUBLE, "/footprint", page -> read(page, "{"), 200));
        all.add(new Entry("POST /footprint/{id}/delete", deletion(footprint), AllPages::delete, 200));
        return all;
    }

    private static final String[][] PAGES = {
        {"GET /", "/"},
        {"GET /", "/?map=benchmarks&benchmark={benchmark}&minSupport=1&minBenchmarks=1"},
        {"GET /concepts", "/concepts"},
        {"GET /concepts", "/concepts?q=number&model={model}&status=under&minSupport=1"},
        {"GET /concepts", "/concepts?face=benchmark&columns={both}"},
        {"GET /concepts", "/concepts?q=zzzzzzzzqqqq&match=words"},
        {"GET /concepts/{id}", "/concepts/{concept}"},
        {"GET /concepts/{id}", "/concepts/{first}"},
        {"GET /benchmarks", "/benchmarks"},
        {"GET /benchmarks/{id}", "/benchmarks/{benchmark}"},
        {"GET /compare", "/compare"},
        {"GET /compare", "/compare?benchmarks={both}"},
        {"GET /suite", "/suite"},
        {"GET /suite", "/suite?benchmarks={benchmark}"},
        {"GET /models", "/models"},
        {"GET /models/{id}", "/models/{model}?minSupport=1&minBenchmarks=1"},
        {"GET /models/compare", "/models/compare"},
        {"GET /models/compare", "/models/compare?models={model},{otherModel}&minSupport=1"},
        {"GET /datapoints/{benchmark}/{item}", "/datapoints/{benchmark}/{item}"},
        {"GET /correlation", "/correlation?minSupport=1"},
        {"GET /correlation", "/correlation?minSupport=1&matrix=models&kind=all"},
        {"GET /next", "/next?benchmark={benchmark}"},
        {"GET /try", "/try"},
        {"GET /try", "/try?text=Two%20boats%20left%20the%20harbour"},
        {"GET /changes", "/changes?minSupport=0&kind=all"},
        {"GET /report", "/report?benchmark={benchmark}"},
        {"GET /report", "/report?model={model}&minSupport=1&minBenchmarks=1"},
        {"GET /api", "/api"},
        {"GET /about", "/about"},
        {"GET /footprint", "/footprint?against={footprint}"},
        {"GET /footprint/{id}", "/footprint/{footprint}"},
        {"GET /footprint/{id}", "/footprint/{footprint}?against={footprint}"},
        {"GET /footprint/{id}/delete", "/footprint/{footprint}/delete?secret=none"},
        {"GET /v/{short}", "/v/{view}"},
        {"GET /v/{short}/note", "/v/{view}/note"},
        {"GET /v/{short}/delete", "/v/{view}/delete?secret=none"},
        {NONE, "/?embed=true&minSupport=1"},
        {NONE, "/compare?benchmarks={both}&embed=true"},
        {NONE, "/concepts/{concept}?embed=true"},
        {NONE, "/concepts?snapshot={version}"},
    };

    /** The addresses of pages for whose routes these ids are enough. */
    public static List<String> addresses(Map<String, String> ids) {
        return Arrays.stream(PAGES)
                .map(page -> page[1])
                .filter(address -> PLACE.matcher(address).results().allMatch(m -> ids.containsKey(m.group(1))))
                .map(address -> filled(address, ids))
                .toList();
    }

    private static final String[][] FAILURES = {
        {"/nothing-here", "404"},
        {"/concepts/999999999", "404"},
        {"/concepts?minSupport=nonsense", "400"},
        {"/concepts?snapshot=none", "404"},
        {"/compare?benchmarks=none&embed=true", "400"},
        {"/v/2222222222", "404"},
    };

    private static Entry entry(String route, String address, int status) {
        return new Entry(route, address, page -> {}, status);
    }

    private static String deletion(String[] saved) {
        return saved[1] + "/delete?secret=" + saved[2];
    }

    public static String filled(String address, Map<String, String> ids) {
        return ReferenceResource.filled(address, ids);
    }

    private static Map<String, String> ids(APIRequestContext http) {
        Map<String, String> ids = new HashMap<>();
        JsonNode benchmarks = json(http, "/api/v1/benchmarks");
        ids.put("version", benchmarks.path("snapshot").asText());
        List<String> benchmark = ids(benchmarks.at("/data/benchmarks"));
        List<String> model = ids(json(http, "/api/v1/models").at("/data/models"));
        ids.put("benchmark", benchmark.get(0));
        ids.put("both", benchmark.get(0) + "," + benchmark.get(1));
        ids.put("model", model.get(0));
        ids.put("otherModel", model.get(1));
        JsonNode most = json(http, "/api/v1/concepts?kind=meaning&sort=support&order=desc&limit=1");
        JsonNode first = json(http, "/api/v1/concepts?sort=id&order=asc&limit=1");
        ids.put("concept", most.at("/data/concepts/0/concept").asText());
        ids.put("first", first.at("/data/concepts/0/concept").asText());
        JsonNode item = json(http, "/api/v1/datapoints?limit=1&benchmark=" + benchmark.get(0));
        ids.put("item", Url.segment(item.at("/data/datapoints/0/item").asText()));
        return ids;
    }

    private static List<String> ids(JsonNode array) {
        List<String> ids = new ArrayList<>();
        array.forEach(one -> ids.add(Url.segment(one.path("id").asText())));
        return ids;
    }

    private static JsonNode json(APIRequestContext http, String address) {
        APIResponse answer = http.get(address);
        if (!answer.ok()) throw new AssertionError(address + ": " + answer.text());
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FormData form() {
        return FormData.create().set("title", "<b>A title</b> \u202Edenrut").set("note", "<i>for</i> the report");
    }

    /** Its id, its path and its secret. The tables are made in the background after the start. */
    public static String[] saved(APIRequestContext http, String to, FormData form) {
        String text = "";
        for (int i = 0; i < 100; i++) {
            APIResponse answer = to.equals("/v")
                    ? http.post(to, RequestOptions.create().setForm(form))
                    : http.post(to, RequestOptions.create().setMultipart(form));
            text = answer.text();
            Matcher link = SECRET.matcher(text);
            if (link.find()) {
                String path = link.group(1);
                return new String[] {path.replaceAll(".*/", ""), path, link.group(2)};
            }
            if (answer.status() != 503) break;
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new AssertionError("nothing was saved: " + text);
    }

    private static void save(Page page) {
        page.locator("#share summary").first().click();
        page.locator("#share form button").click();
        page.locator("#short").waitFor();
    }

    private static void flag(Page page) {
        page.locator("#flag summary").click();
        page.locator("#flag input[value=wrong]").check();
        page.locator("#flag button").click();
        page.getByText("Your flag is kept").waitFor();
    }

    private static void delete(Page page) {
        page.locator("main form button").click();
        page.getByText("leads nowhere now").waitFor();
    }

    private static void read(Page page, String text) {
        page.locator("#text").fill(text);
        page.locator("form.trial button.go").click();
        page.locator(text.equals("{") ? ".trouble" : ".facts").first().waitFor();
    }
}
