package org.gapexplorer.explorer.access;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may come in.
 *
 * @param users and {@code groups}: who is in one of them; with both empty everybody who is known
 */
record Rule(By by, Set<String> users, Set<String> groups) {
    static final Rule OPEN = new Rule(By.OPEN, Set.of(), Set.of());

    Rule {
        users = Set.copyOf(users);
        groups = Set.copyOf(groups);
    }

    static Rule of(By by, List<String> users, List<String> groups) {
        return new Rule(by, Set.copyOf(users), Set.copyOf(groups));
    }

    boolean isOpen() {
        return by == By.OPEN;
    }

    /** For administrators. */
    String words() {
        if (isOpen()) return "open to everybody";
        String named = Stream.concat(
                        users.stream().sorted(), groups.stream().sorted().map(g -> "group " + g))
                .collect(Collectors.joining(", "));
        return (by == By.OIDC ? "who signs in" : "whom a proxy names") + ": "
                + (named.isEmpty() ? "everybody known" : named);
    }

    /** @param known the visitor as each way of knowing it tells */
    boolean admits(Map<By, Visitor> known) {
        if (isOpen()) return true;
        Visitor visitor = known.getOrDefault(by, Visitor.UNKNOWN);
        if (!visitor.isKnown()) return false;
        return (users.isEmpty() && groups.isEmpty())
                || users.contains(visitor.user())
                || !Collections.disjoint(groups, visitor.groups());
    }
}
