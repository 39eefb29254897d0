package org.gapexplorer.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that is known of one concept.
 *
 * @param labelSource where the label came from
 * @param density share of corpus tokens that fire it
 * @param x place on the map
 * @param y place on the map
 * @param activations how its activations are spread
 * @param similar nearest concepts by decoder cosine, nearest first
 * @param together concepts that fire on the same items more than chance would have it, strongest tie first
 * @param coverage by benchmark id, every benchmark, in the study's order
 * @param performance by model id, then by benchmark id, {@link Snapshot#OVERALL} and {@link Snapshot#POOLED} included; N/A
 *     has no entry
 */
public record ConceptView(
        int concept,
        String label,
        String labelSource,
        OptionalDouble quality,
        LabelKind kind,
        double density,
        boolean live,
        int family,
        OptionalDouble x,
        OptionalDouble y,
        Histogram activations,
        List<Similar> similar,
        List<Together> together,
        Coverage suite,
        Map<String, Coverage> coverage,
        Map<String, Map<String, Performance>> performance) {
    public ConceptView {
        similar = List.copyOf(similar);
        together = List.copyOf(together);
    }

    /** The model's performance on a benchmark (or {@link Snapshot#OVERALL}); empty is N/A. */
    public Optional<Performance> performance(String model, String benchmark) {
        return Optional.ofNullable(performance.getOrDefault(model, Map.of()).get(benchmark));
    }

    /** A near concept and the cosine of the two decoder rows. */
    public record Similar(int concept, String label, LabelKind kind, double cosine) {}

    /**
     * A concept that fires on the same items.
     *
     * @param items on which both fire
     * @param expected items on which both would fire by chance, within each benchmark
     * @param phi correlation of firing, within benchmarks
     */
    public record Together(int concept, String label, LabelKind kind, int items, double expected, double phi) {}
}
