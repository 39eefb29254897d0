package org.gapexplorer.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A concept in a list.
 *
 * @param highlights where the query's words stand in the label
 * @param byMeaning whether none of the words stands in the label, and it was found because it means what they mean
 * @param quality how well the label tells what fires the concept, where measured (AUC)
 * @param family the family of concepts it belongs to, -1 for none
 * @param benchmarks of the suite in which it is present
 * @param suite coverage over the whole suite
 * @param coverage coverage by benchmark id, every benchmark of the study, in its order; fewer where the query asks for {@code only} some
 * @param performance by model id, then by benchmark id ({@link Snapshot#OVERALL} for overall): every model overall, the
 *     query's model (and {@code scoresOf}) on every benchmark, every model on the query's benchmark, or {@code only} some; N/A has no entry
 */
public record ConceptRow(
        int concept,
        String label,
        List<Span> highlights,
        boolean byMeaning,
        LabelKind kind,
        OptionalDouble quality,
        int family,
        double density,
        boolean live,
        int benchmarks,
        Coverage suite,
        Map<String, Coverage> coverage,
        Map<String, Map<String, Performance>> performance) {

    /** The model's performance on a benchmark ({@link Snapshot#OVERALL} for overall); empty is N/A. */
    public Optional<Performance> performance(String model, String benchmark) {
        return Optional.ofNullable(performance.getOrDefault(model, Map.of()).get(benchmark));
    }
}
