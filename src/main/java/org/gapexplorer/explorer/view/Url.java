package org.gapexplorer.explorer.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An address within the site, immutable: a path and its query, in order. */
public record Url(String path, Map<String, List<String>> query) {
    public Url(String path) {
        this(path, Map.of());
    }

    /** The same address with one parameter set anew; an empty value takes it off. */
    public Url with(String name, String value) {
        return with(name, value == null || value.isEmpty() ? List.of() : List.of(value));
    }

    public Url with(String name, List<String> values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(query);
        if (values.isEmpty()) changed.remove(name);
        else changed.put(name, List.copyOf(values));
        return new Url(path, changed);
    }

    /** The same address without these parameters. */
    public Url without(String... names) {
        Url url = this;
        for (String name : names) url = url.with(name, List.of());
        return url;
    }

    /** The parameters in the order of their names: one view, one address. */
    public Url inOrder() {
        return new Url(path, new TreeMap<>(query));
    }

    /** The query's pairs, but for those named: the hidden fields of a form. */
    public List<Controls.Kept> keptBut(List<String> names) {
        List<Controls.Kept> kept = new ArrayList<>();
        query.forEach((name, values) -> {
            if (!names.contains(name)) values.forEach(v -> kept.add(new Controls.Kept(name, v)));
        });
        return kept;
    }

    /** A text as one segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(path);
        char mark = '?';
        for (Map.Entry<String, List<String>> entry : query.entrySet()) {
            for (String value : entry.getValue()) {
                text.append(mark)
                        .append(segment(entry.getKey()))
                        .append('=')
                        .append(segment(value).replace("%2C", ",").replace("%3A", ":"));
                mark = '&';
            }
        }
        return text.toString();
    }
}
