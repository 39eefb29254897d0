package org.gapexplorer.explorer.access;

import java.util.Set;

/**
 * Who asks.
 *
 * @param user empty where it is not known
 */
public record Visitor(String user, Set<String> groups) {
    public static final Visitor UNKNOWN = new Visitor("", Set.of());

    public Visitor {
        groups = Set.copyOf(groups);
    }

    public boolean isKnown() {
        return !user.isEmpty();
    }
}
