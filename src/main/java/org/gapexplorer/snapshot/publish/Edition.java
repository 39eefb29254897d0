package org.gapexplorer.snapshot.publish;

import java.time.Instant;
import java.util.Comparator;

/** A whole version on a shelf. */
public record Edition(String version, Instant built) {
    static final Comparator<Edition> NEWEST_FIRST =
            Comparator.comparing(Edition::built).thenComparing(Edition::version).reversed();
}
