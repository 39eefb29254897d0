package org.gapexplorer.score.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which parts of an entry are kept; all else is skipped unread. */
final class Wanted {
    static final Wanted ALL = new Wanted(null, Set.of());
    static final Wanted NOTHING = new Wanted(Map.of(), Set.of());

    /** Null: everything. */
    private final Map<String, Wanted> children;

    private final Set<String> left;

    private Wanted(Map<String, Wanted> children, Set<String> left) {
        this.children = children;
        this.left = left;
    }

    /** Paths such as {@code scores.*.value}; arrays on the way are gone through. */
    static Wanted of(String... paths) {
        var root = new Wanted(new LinkedHashMap<>(), Set.of());
        for (String path : paths) {
            String[] steps = path.split("\\.");
            Wanted at = root;
            for (int i = 0; i < steps.length - 1; i++) {
                at = at.children.computeIfAbsent(steps[i], s -> new Wanted(new LinkedHashMap<>(), Set.of()));
            }
            at.children.put(steps[steps.length - 1], ALL);
        }
        return root;
    }

    /** These keys of the entry itself, dots and all. */
    static Wanted keys(String... keys) {
        var root = new Wanted(new LinkedHashMap<>(), Set.of());
        for (String key : keys) {
            root.children.put(key, ALL);
        }
        return root;
    }

    /** Everything but these keys of the entry itself. */
    static Wanted except(String... keys) {
        return new Wanted(null, Set.of(keys));
    }

    /** What of a key's value is kept; null: nothing. */
    Wanted child(String key) {
        if (children == null) {
            return left.contains(key) ? null : ALL;
        }
        Wanted named = children.get(key);
        return named == null ? children.get("*") : named;
    }
}
