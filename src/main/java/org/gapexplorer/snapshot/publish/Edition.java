package org.gapexplorer.snapshot.publish;

import java.time.Instant;
import java.util.Comparator;

/** A whole version that is published. */
public record Edition(String version, Instant built) {
    static final Comparator<Edition> NEWEST_FIRST =
            Comparator.comparing(Edition::built).thenComparing(Edition::version).reversed();
}
