package org.gapexplorer.snapshot;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.lucene.index.QueryTimeout;

/**
 * How long searches may take that a thread makes. Lucene asks between stretches of documents whether the time is over, and
 * ends the search; what it found until then is not given out, for nobody could tell it from the whole.
 */
public final class TimeLimit {
    /** Lucene's view of the limit of the thread that searches. */
    static final QueryTimeout OF_THREAD = TimeLimit::isOver;

    /** {@link System#nanoTime()} at which the time is over; null for no limit. */
    private static final ThreadLocal<Long> END = new ThreadLocal<>();

    private TimeLimit() {}

    /** A search took longer than it may. */
    public static final class Over extends RuntimeException {
        Over() {
            super("the search took too long", null, false, false);
        }
    }

    /**
     * Does what may take so long at most. What runs already within a limit keeps that one.
     *
     * @throws Over where a search within took longer
     */
    public static <T> T within(Duration longest, Supplier<T> searches) {
        if (END.get() != null) {
            return searches.get();
        }
        END.set(System.nanoTime() + longest.toNanos());
        try {
            return searches.get();
        } finally {
            END.remove();
        }
    }

    /** To be called after a search: what it gave is not whole where the time was over. */
    static void check() {
        if (isOver()) {
            throw new Over();
        }
    }

    private static boolean isOver() {
        Long end = END.get();
        return end != null && System.nanoTime() - end >= 0;
    }
}
