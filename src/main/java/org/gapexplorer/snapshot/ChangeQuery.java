package org.gapexplorer.snapshot;

import java.util.Set;

/**
 * Which changes between two snapshots to list.
 *
 * @param benchmark look at this one alone; null for the suite, and for scores the mean over benchmarks
 * @param modelBefore the model whose scores in the earlier snapshot are held against {@code modelAfter}'s in the later one;
 *     null where scores do not matter
 * @param of null for the first list that holds a concept: of coverage, else the longer one of scores
 * @param minSupport items that a concept fires on, at least, in one of the two (coverage) or in both (scores)
 * @param kinds of label; empty for all
 */
public record ChangeQuery(
        String benchmark,
        String modelBefore,
        String modelAfter,
        Of of,
        int minSupport,
        Set<LabelKind> kinds,
        int offset,
        int limit) {
    public ChangeQuery {
        kinds = Set.copyOf(kinds);
    }

    /** What is listed; the largest change first. */
    public enum Of {
        /** Every concept, by the difference of its coverage. */
        COVERAGE,
        /** Concepts that fire now and did not before. */
        APPEARED,
        /** Concepts that fired before and do not now. */
        VANISHED,
        /** Concepts whose score rose, the largest rise first. */
        BETTER,
        /** Concepts whose score fell, the largest fall first. */
        WORSE;

        /** Whether it compares scores rather than coverage. */
        public boolean ofScores() {
            return this == BETTER || this == WORSE;
        }
    }
}
