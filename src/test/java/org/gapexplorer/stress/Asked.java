package org.gapexplorer.stress;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as it goes over the wire.
 *
 * @param uri path and query, not necessarily well-formed
 * @param body null for none
 */
record Asked(String method, String uri, Map<String, String> headers, String body) {
    static Asked get(String uri) {
        return new Asked("GET", uri, Map.of(), null);
    }

    /** What to type to ask it again. */
    String curl(String address) {
        List<String> words = headers.entrySet().stream()
                .map(h -> "-H " + quoted(h.getKey() + ": " + h.getValue()))
                .collect(Collectors.toList());
        if (body != null) words.add("--data-binary " + quoted(body));
        return "curl -X " + method + " " + String.join(" ", words) + " --path-as-is -g " + quoted(address + uri);
    }

    private static String quoted(String text) {
        return "$'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "'";
    }
}
