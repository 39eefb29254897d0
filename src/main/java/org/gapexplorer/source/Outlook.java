package org.gapexplorer.source;

import java.nio.file.Path;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SourceRef;

/**
 * What fetching a source would mean.
 *
 * @param source in question
 * @param from where it is, or would come from
 * @param bytes it has in all, -1 if not known before
 * @param toCome bytes that are still to be fetched, -1 if not known before
 * @param folder where they would be written
 * @param problem why it cannot be had; null if it can
 */
public record Outlook(SourceRef source, From from, long bytes, long toCome, Path folder, Problem problem) {
    /** Where a source is found. */
    public enum From {
        HERE,
        CACHE,
        MIRROR,
        MAVEN,
        NETWORK,
        NOWHERE
    }

    static Outlook there(SourceRef source, From from, long bytes) {
        return new Outlook(source, from, bytes, 0, null, null);
    }

    static Outlook none(SourceRef source, Problem problem) {
        return new Outlook(source, From.NOWHERE, -1, 0, null, problem);
    }
}
