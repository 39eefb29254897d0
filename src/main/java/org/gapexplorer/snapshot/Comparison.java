package org.gapexplorer.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Benchmarks side by side. The counts are over the live concepts with a label of the query's kinds, whatever its words and
 * other filters.
 *
 * @param benchmarks the compared ones
 * @param rows concepts with their coverage in each
 * @param alone concepts present in this benchmark and in no other of the compared, by benchmark
 * @param shared concepts present in all of them
 * @param missing concepts missing from all of them
 * @param union concepts present in at least one
 */
public record Comparison(
        List<String> benchmarks,
        Page<Row> rows,
        Map<String, Integer> alone,
        int shared,
        int missing,
        int union,
        Optional<String> meant) {
    public Comparison {
        benchmarks = List.copyOf(benchmarks);
    }

    /**
     * @param chi chi_bench in each compared benchmark, in their order; 0 is missing
     * @param difference first minus second of two; largest minus smallest of more
     */
    public record Row(ConceptRow concept, List<Double> chi, double difference) {
        public Row {
            chi = List.copyOf(chi);
        }
    }

    /** Which concepts are listed. */
    public enum Which {
        ALL,
        /** Present in one of the compared benchmarks and in no other. */
        ALONE,
        /** Present in every one. */
        SHARED,
        /** Present in none, though live. */
        MISSED
    }

    /** @param alone for {@link Which#ALONE}: which benchmark, by its place among the compared; -1 otherwise */
    public record Show(Which which, int alone) {
        public static final Show ALL = new Show(Which.ALL, -1);
        public static final Show SHARED = new Show(Which.SHARED, -1);
        public static final Show MISSED = new Show(Which.MISSED, -1);

        public static Show alone(int place) {
            return new Show(Which.ALONE, place);
        }
    }
}
