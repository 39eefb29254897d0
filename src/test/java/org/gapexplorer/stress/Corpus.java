package org.gapexplorer.stress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What can be asked of a server, as the server tells: addresses that its pages link, fields of its forms, and its API's
 * description.
 */
final class Corpus {
    /** Of addresses that differ in values alone. */
    private static final int ALIKE = 3;

    private static final int MOST_PAGES = 250;
    private static final int VALUES_EACH = 12;
    /** What no page links: parameters and addresses that programs use. */
    private static final List<String> UNLINKED = List.of(
            "/concepts/suggest?q=mon",
            "/?embed=true",
            "/?picture=preview",
            "/try?text=boats",
            "/next/worklist.csv?benchmark=b0",
            "/v/2222222222",
            "/v/2222222222/note",
            "/v/2222222222/delete?secret=x",
            "/footprint/2222222222",
            "/footprint/2222222222/delete?secret=x",
            "/q/health/ready",
            "/q/health/live",
            "/robots.txt",
            "/app.css",
            "/app.js",
            "/api/v1/openapi.yaml");

    final List<String> addresses = new ArrayList<>();
    /** Parameter to values it had, anywhere. */
    final TreeMap<String, Set<String>> parameters = new TreeMap<>();

    private final Map<String, Integer> alike = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    static Corpus of(Client client) throws Exception {
        Corpus corpus = new Corpus();
        corpus.readDescription(new ObjectMapper()
                .readTree(client.ask(Asked.get("/api/v1/openapi.json")).body()));
        corpus.add("/");
        UNLINKED.forEach(corpus::add);
        for (int pages = 0; pages < MOST_PAGES && !corpus.open.isEmpty(); pages++) {
            String address = corpus.open.poll();
            Told told = ask(client, address);
            if (told.type().equals("text/html")) corpus.readPage(told.text());
        }
        return corpus;
    }

    private static Told ask(Client client, String address) throws Exception {
        try {
            return client.ask(Asked.get(address));
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("no answer to " + address, e);
        }
    }

    private void readDescription(JsonNode description) {
        for (JsonNode path : description.path("paths")) {
            for (JsonNode operation : path) {
                String sample = operation.path("x-try").asText();
                if (!sample.isEmpty()) add(sample.replaceAll("\\{[^}]*}", "0"));
                for (JsonNode parameter : operation.path("parameters")) {
                    if (!parameter.path("in").asText().equals("query")) continue;
                    Set<String> values = values(parameter.path("name").asText());
                    JsonNode schema = parameter.path("schema");
                    schema.path("enum").forEach(v -> values.add(v.asText()));
                    for (String bound : List.of("minimum", "maximum", "default")) {
                        if (schema.has(bound)) values.add(schema.path(bound).asText());
                    }
                }
            }
        }
    }

    private void readPage(String html) {
        Document page = Jsoup.parse(html, "http://server/");
        for (Element link : page.select("a[href], [hx-get]")) {
            String to = link.hasAttr("hx-get") ? link.attr("hx-get") : link.attr("href");
            if (to.startsWith("/")) add(to.replaceFirst("#.*", ""));
        }
        for (Element form : page.select("form")) {
            List<String> fields = new ArrayList<>();
            for (Element field : form.select("[name]")) {
                String name = field.attr("name");
                Set<String> values = values(name);
                List<String> options = field.select("option").eachAttr("value");
                values.addAll(options.isEmpty() ? List.of(field.attr("value")) : options);
                fields.add(name + "=" + (options.isEmpty() ? "" : encoded(options.getLast())));
            }
            if (!form.attr("method").equalsIgnoreCase("post")
                    && form.attr("action").startsWith("/")) {
                add(form.attr("action").replaceFirst("[?].*", "") + "?" + String.join("&", fields));
            }
        }
    }

    private void add(String address) {
        String shape = address.replaceAll("=[^&]*", "").replaceAll("/[bm]?\\d+|/i%2F\\d+", "/0");
        if (addresses.contains(address) || alike.merge(shape, 1, Integer::sum) > ALIKE) return;
        addresses.add(address);
        open.add(address);
        for (String pair : query(address)) {
            String[] both = pair.split("=", 2);
            if (both.length == 2) values(both[0]).add(both[1]);
        }
    }

    private Set<String> values(String parameter) {
        Set<String> values = parameters.computeIfAbsent(parameter, p -> new LinkedHashSet<>());
        return values.size() < VALUES_EACH ? values : new TreeSet<>();
    }

    static List<String> query(String address) {
        int mark = address.indexOf('?');
        return mark < 0 || mark == address.length() - 1
                ? List.of()
                : Arrays.stream(address.substring(mark + 1).split("&")).collect(Collectors.toList());
    }

    static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
