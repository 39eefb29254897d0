package org.gapexplorer.snapshot;

import java.util.Map;
import java.util.Optional;

/**
 * Two models side by side, over the same items.
 *
 * @param overall over all items; its difference is the mean of the benchmarks'
 * @param benchmarks by benchmark, those with items both were scored on
 * @param rows concepts for which both have a score
 */
public record Pairing(
        String first,
        String second,
        Paired overall,
        Map<String, Paired> benchmarks,
        Page<Row> rows,
        Optional<String> meant) {

    /** @param pair over the items on which the concept fires, each weighing by its saliency */
    public record Row(ConceptRow concept, Paired pair) {}

    /**
     * Two models on the items both were scored on.
     *
     * @param items how many these are
     * @param onlyFirst of these, those where the first scored at least one half and the second less
     * @param bothWrong those where both scored less than one half
     * @param difference first minus second: mean over benchmarks of the weighted mean difference, with its 95 % interval;
     *     empty where there are no items
     */
    public record Paired(
            int items, int onlyFirst, int onlySecond, int bothRight, int bothWrong, Optional<Estimate> difference) {}
}
