package org.gapexplorer.snapshot.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * Which versions stay: each that one of these rules keeps, and the current one always.
 *
 * @param newest so many of the newest; empty: this rule keeps none
 * @param days those built within so many days; empty: this rule keeps none
 * @param pinned by saved views or citations
 */
public record Retention(OptionalInt newest, OptionalInt days, Set<String> pinned) {
    public Retention {
        if (newest.isEmpty() && days.isEmpty()) {
            throw new Problem("--keep, --keep-days", "neither is given", "say how many versions, or days, to keep");
        }
        if (newest.orElse(1) < 1 || days.orElse(0) < 0) {
            throw new Problem(
                    "--keep, --keep-days", "at least 1 version, and no less than 0 days", "choose larger ones");
        }
        pinned = Set.copyOf(pinned);
    }

    /** Those that no rule keeps, newest first. A version built in the future, by a clock that is wrong, is young. */
    List<Edition> superfluous(List<Edition> all, String current, Instant now) {
        List<Edition> sorted = all.stream().sorted(Edition.NEWEST_FIRST).toList();
        Instant young = days.isPresent() ? now.minus(Duration.ofDays(days.getAsInt())) : Instant.MAX;
        return sorted.stream()
                .skip(newest.orElse(0))
                .filter(e -> e.built().isBefore(young))
                .filter(e -> !pinned.contains(e.version()) && !e.version().equals(current))
                .toList();
    }
}
