package org.gapexplorer.score.log;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gapexplorer.study.Problem;

/** One of the metrics, filters, scorers or detectors of a log: the only one there is, or the one the study names. */
final class Choice {
    private static final int MAX_LISTED = 40;

    private final String where;
    private final String option;
    private final String wanted;
    private final Set<String> seen = new LinkedHashSet<>();
    private String taken;

    /** @param wanted null where the study does not say */
    Choice(String where, String option, String wanted) {
        this.where = where;
        this.option = option;
        this.wanted = wanted;
        taken = wanted;
    }

    /** Whether this is the one that is meant; without a word from the study, the first is, until a second comes. */
    boolean takes(String one) {
        if (seen.size() <= MAX_LISTED || one.equals(wanted)) {
            seen.add(one);
        }
        if (taken == null) {
            taken = one;
        }
        return taken.equals(one);
    }

    /** The one of these that is meant. */
    String of(Collection<String> there) {
        there.forEach(this::takes);
        settle();
        return taken;
    }

    /** After the last: there was exactly one, or the one that is wanted was there. */
    void settle() {
        if (wanted == null ? seen.size() > 1 : !seen.isEmpty() && !seen.contains(wanted)) {
            throw new Problem(
                    where,
                    wanted == null
                            ? "holds several under '" + option + "': " + listed()
                            : "holds nothing named '" + wanted + "' under '" + option + "', but " + listed(),
                    "say which is meant, for instance " + option + ": "
                            + seen.iterator().next());
        }
    }

    private String listed() {
        List<String> some = seen.stream().limit(MAX_LISTED).toList();
        return String.join(", ", some) + (seen.size() > MAX_LISTED ? ", …" : "");
    }
}
