package org.gapexplorer.snapshot;

/**
 * Concepts with one kind of label, in a benchmark.
 *
 * @param live how many live ones there are
 * @param present of these, those that fire on at least one of its items
 */
public record KindCount(LabelKind kind, int live, int present) {
    public int missing() {
        return live - present;
    }
}
