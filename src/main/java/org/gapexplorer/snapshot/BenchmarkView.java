package org.gapexplorer.snapshot;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A benchmark and its coverage.
 *
 * @param kind suite, reference or traffic
 * @param textShown false for a benchmark whose text may not be shown (visibility ids-only)
 * @param chance score of guessing, where that is known
 * @param items datapoints
 * @param present concepts that fire on at least one item
 * @param missingLive share of the live concepts that fire on no item
 * @param missingAll share of the whole dictionary that fires on no item
 * @param missingRarefied {@code missingLive} expected for {@code rarefiedTo} items drawn at random, so that benchmarks of
 *     different sizes compare
 * @param chi how chi_bench is spread over the concepts present; {@code absent} counts the missing live ones
 * @param canary words by which training data that holds the benchmark is known; snapshots of benchmarks without are as before
 */
public record BenchmarkView(
        String id,
        String title,
        String scope,
        String licence,
        String citation,
        String kind,
        boolean textShown,
        OptionalDouble chance,
        int items,
        int present,
        int under,
        int over,
        double missingLive,
        double missingAll,
        double missingRarefied,
        int rarefiedTo,
        Histogram chi,
        Optional<String> canary) {

    /** Whether it is one of the suite's; reference texts and own prompts are seen through the lens, but no benchmark. */
    public boolean inSuite() {
        return inSuite(kind);
    }

    static boolean inSuite(String kind) {
        return !"reference".equals(kind) && !"traffic".equals(kind);
    }
}
