package org.gapexplorer.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes requests out of a corpus by changing sound ones. The number of a request and the seed decide what it is. */
final class AskedMaker {
    private static final List<String> OTHER_METHODS =
            List.of("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "HEAD", "TRACE");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    /** What stands in an address only where a client does not escape it. */
    private static final List<String> UNESCAPED =
            List.of("<gxmark>", "\"ongxmark=1", "'", "{", "|", "^", "`", "[", "é", "%", "\\");

    private final Corpus corpus;
    private final List<String> names;
    private final String snapshot;

    AskedMaker(Corpus corpus, String snapshot) {
        this.corpus = corpus;
        this.snapshot = snapshot;
        names = new ArrayList<>(corpus.parameters.keySet());
    }

    Asked number(long number) {
        Random random = new Random(Stress.SEED * 1_000_003 + number);
        // the first numbers of seeds that follow each other are alike
        random.nextLong();
        return switch (random.nextInt(20)) {
            case 0 -> form(random);
            case 1 -> body(random);
            case 2 -> new Asked(pick(OTHER_METHODS, random), address(random), headers(random), null);
            default -> new Asked("GET", address(random), headers(random), null);
        };
    }

    private String address(Random random) {
        String base = pick(corpus.addresses, random);
        String path = base.replaceFirst("[?].*", "");
        List<String> query = new ArrayList<>(Corpus.query(base));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            switch (random.nextInt(8)) {
                case 0 -> path = otherSegment(path, random);
                case 1 -> query.addAll(query);
                case 2 -> {
                    if (!query.isEmpty()) query.remove(random.nextInt(query.size()));
                }
                case 3 -> query.add(HostileText.escaped(random) + "=" + HostileText.escaped(random));
                case 4, 5 -> {
                    if (!query.isEmpty()) {
                        int place = random.nextInt(query.size());
                        query.set(place, query.get(place).replaceFirst("=.*", "") + "=" + HostileText.escaped(random));
                    }
                }
                default -> {
                    String name = pick(names, random);
                    List<String> values = new ArrayList<>(corpus.parameters.get(name));
                    query.add(name + "="
                            + (values.isEmpty() || random.nextBoolean()
                                    ? HostileText.escaped(random)
                                    : Corpus.encoded(pick(values, random))));
                }
            }
        }
        String address = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        if (random.nextInt(40) == 0) {
            int place = 1 + random.nextInt(address.length());
            address = address.substring(0, place) + pick(UNESCAPED, random) + address.substring(place);
        }
        return address;
    }

    private static String otherSegment(String path, Random random) {
        String[] segments = path.substring(1).split("/", -1);
        String escaped = HostileText.escaped(random).replace("+", "%20");
        int place = random.nextInt(segments.length + 1);
        if (place == segments.length) return path + "/" + escaped;
        segments[place] = escaped;
        return "/" + String.join("/", segments);
    }

    private static Map<String, String> headers(Random random) {
        Map<String, String> headers = new LinkedHashMap<>();
        String odd = HostileText.text(random).replaceAll("[^\\x20-\\x7e]", "?");
        odd = odd.substring(0, Math.min(500, odd.length()));
        switch (random.nextInt(24)) {
            case 0, 1, 2 -> headers.put("HX-Request", "true");
            case 3 -> headers.put("Accept", odd);
            case 4 -> headers.put("If-None-Match", odd);
            case 5 -> headers.put("X-Forwarded-For", odd);
            case 6 -> headers.put("Range", "bytes=5-1");
            case 7 -> headers.put("If-Modified-Since", odd);
            case 8 -> headers.put("Accept", "application/json");
            case 9 -> headers.put("Cookie", odd);
            case 10 -> headers.put("Accept-Encoding", odd);
            case 11 -> headers.put("HX-Target", odd);
            default -> {}
        }
        return headers;
    }

    private Asked form(Random random) {
        Map<String, String> fields = new LinkedHashMap<>();
        boolean view = random.nextBoolean();
        String to = view ? "/v" : "/footprint";
        if (random.nextInt(4) == 0) {
            to += "/2222222222/delete";
            fields.put("secret", "x");
        } else if (view) {
            fields.put("path", pick(corpus.addresses, random));
            fields.put("title", "t");
            fields.put("note", "n");
            fields.put("snapshot", snapshot);
            fields.put("term", "30d");
        } else {
            fields.put("text", "Two boats left the harbour.");
            fields.put("title", "t");
            fields.put("keep", "yes");
            fields.put("against", "");
        }
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            fields.put(pick(new ArrayList<>(fields.keySet()), random), HostileText.text(random));
        }
        String body = fields.entrySet().stream()
                .map(f -> f.getKey() + "="
                        + (random.nextInt(8) == 0 ? HostileText.escaped(random) : Corpus.encoded(f.getValue())))
                .collect(Collectors.joining("&"));
        return new Asked("POST", to, Map.of("Content-Type", random.nextInt(20) == 0 ? "text/html" : FORM), body);
    }

    private Asked body(Random random) {
        String text = jsonText(HostileText.text(random));
        if (random.nextBoolean()) {
            String body =
                    random.nextInt(3) == 0 ? HostileText.text(random) : "[" + text + ",{\"prompt\":" + text + "}]";
            return new Asked("POST", "/api/v1/footprint", Map.of("Content-Type", JSON), body);
        }
        String tool = pick(List.of("search_concepts", "concept", "compare_benchmarks", "coverage", "x"), random);
        String name = jsonText(pick(names, random));
        String body = random.nextInt(4) == 0
                ? HostileText.text(random)
                : "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":" + (random.nextBoolean() ? "\"tools/call\"" : text)
                        + ",\"params\":{\"name\":\"" + tool + "\",\"arguments\":{" + name + ":" + text + "}}}";
        return new Asked("POST", "/mcp", Map.of("Content-Type", JSON, "Accept", JSON + ", text/event-stream"), body);
    }

    private static String jsonText(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
