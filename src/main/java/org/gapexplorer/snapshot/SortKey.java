package org.gapexplorer.snapshot;

import java.util.Arrays;
import java.util.List;

/**
 * The column to sort by. Rows that have no value there come last in both directions; ties go by concept id, of q
 * by gap, lowest first.
 *
 * @param benchmark the benchmark of a coverage or performance column; null for the suite or overall
 * @param model the model of a performance column; null for the others
 */
public record SortKey(Column column, String benchmark, String model) {
    /** What can be sorted by. */
    public enum Column {
        /** How well the query's words match; by id where there are none. */
        RELEVANCE,
        ID,
        LABEL,
        QUALITY,
        DENSITY,
        FAMILY,
        /** In how many benchmarks it is present. */
        BENCHMARKS,
        /** chi_bench. */
        COVERAGE,
        /** Items on which the concept fires. */
        COVERAGE_SUPPORT,
        /** Of two compared models: first minus second chi_model. */
        DIFFERENCE,
        /** Of compared benchmarks: largest minus smallest chi_bench. */
        SPREAD,
        /** chi_model. */
        SCORE,
        SHRUNK,
        LOW,
        HIGH,
        GAP,
        Q,
        /** Scored items on which the concept fires. */
        SUPPORT,
        EFFECTIVE_SUPPORT;

        /** Whether it is known only where several are compared. */
        public boolean ofCompared() {
            return this == DIFFERENCE || this == SPREAD;
        }

        /** Whether the column belongs to a model. */
        public boolean ofModel() {
            return ordinal() >= SCORE.ordinal();
        }
    }

    /** The columns of a list in which nothing is compared. */
    public static final List<Column> COLUMNS_OF_LISTS =
            Arrays.stream(Column.values()).filter(c -> !c.ofCompared()).toList();

    public static SortKey of(Column column) {
        return new SortKey(column, null, null);
    }

    /** A coverage column; null is the suite. */
    public static SortKey coverage(Column column, String benchmark) {
        return new SortKey(column, benchmark, null);
    }

    /** A performance column; a null benchmark is overall. */
    public static SortKey performance(Column column, String model, String benchmark) {
        return new SortKey(column, benchmark, model);
    }
}
