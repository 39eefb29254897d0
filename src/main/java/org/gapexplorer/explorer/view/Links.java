package org.gapexplorer.explorer.view;

import java.util.List;
import java.util.Map;

/**
 * Addresses of a study's pages. Where the visitor pinned a snapshot's version every link keeps it.
 *
 * @param base what they begin with where a server shows several studies: {@code /s/{study}}; else empty
 * @param pin the pinned version; empty for the current one
 */
public record Links(String base, String pin) {
    public static final String PIN = "snapshot";

    /** Characters of a text that an address may hold. */
    public static final int LONGEST_TEXT = 2_000;

    public Url to(String path) {
        return pin.isEmpty() ? new Url(base + path) : new Url(base + path, Map.of(PIN, List.of(pin)));
    }

    /** What the lens sees in a text; empty where the text is too long for an address. */
    public String trial(String text) {
        return text.length() > LONGEST_TEXT ? "" : to("/try").with("text", text).toString();
    }

    public String concept(int id) {
        return to("/concepts/" + id).toString();
    }

    public String benchmark(String id) {
        return to("/benchmarks/" + Url.segment(id)).toString();
    }

    public String model(String id) {
        return to("/models/" + Url.segment(id)).toString();
    }

    public String datapoint(String benchmark, String item) {
        return datapoint(benchmark, item, null);
    }

    /** @param concept what shades the item; null for what is most salient */
    public String datapoint(String benchmark, String item, Integer concept) {
        return to("/datapoints/" + Url.segment(benchmark) + "/" + Url.segment(item))
                .with("concept", concept == null ? "" : concept.toString())
                .toString();
    }
}
