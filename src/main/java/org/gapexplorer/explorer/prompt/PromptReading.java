package org.gapexplorer.explorer.prompt;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.gapexplorer.lens.TextReading;
import org.gapexplorer.method.WeightedMean;
import org.gapexplorer.snapshot.Alike;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Status;

/**
 * A visitor's text as the study sees it.
 *
 * @param tokens that count
 * @param truncated whether the text went on after what the lens reads
 * @param concepts those that fire, most salient first
 * @param benchmarks by id, how far each covers them
 * @param models by id, the mean of its scores where they fire, weighed by their saliency; empty is N/A
 * @param alike items of the benchmarks with the most similar concepts
 */
public record PromptReading(
        int tokens,
        boolean truncated,
        List<Firing> concepts,
        Map<String, Covered> benchmarks,
        Map<String, OptionalDouble> models,
        List<Alike> alike) {
    /** Concepts listed; sums run over all that fire. */
    static final int LISTED = 200;

    private static final int ALIKE = 8;

    /** A concept that fires on the text, with its numbers in the study. */
    public record Firing(ConceptRow concept, double saliency, double peak) {}

    /**
     * How far a benchmark covers the text's concepts.
     *
     * @param present share of the text's saliency whose concepts are present in the benchmark
     * @param thin share of the text's saliency whose concepts are there, and under-represented
     */
    public record Covered(double present, double thin) {
        /** The thin part of what is present; NaN where nothing is. */
        double thinOfPresent() {
            return thin / present;
        }
    }

    public static PromptReading of(Snapshot snapshot, TextReading reading) {
        List<Integer> ids = Arrays.stream(reading.concepts()).boxed().toList();
        List<ConceptRow> rows = snapshot.concepts(ids);
        Map<Integer, Integer> place = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) place.put(ids.get(i), i);
        ToDoubleFunction<ConceptRow> saliency = row -> reading.saliency()[place.get(row.concept())];
        double total = rows.stream().mapToDouble(saliency).sum();

        Map<String, Covered> benchmarks = new LinkedHashMap<>();
        snapshot.benchmarks().forEach(b -> {
            double present = 0;
            double thin = 0;
            for (ConceptRow row : rows) {
                Coverage coverage = row.coverage().get(b.id());
                boolean there = coverage != null && coverage.status() != Status.MISSING;
                present += there ? saliency.applyAsDouble(row) : 0;
                thin += there && coverage.status() == Status.UNDER ? saliency.applyAsDouble(row) : 0;
            }
            benchmarks.put(b.id(), new Covered(present / total, thin / total));
        });
        Map<String, OptionalDouble> models = new LinkedHashMap<>();
        snapshot.models().forEach(m -> models.put(m.id(), mean(rows, saliency, m.id())));

        boolean[] special = reading.tokens().special();
        int tokens = 0;
        for (boolean s : special) tokens += s ? 0 : 1;
        return new PromptReading(
                tokens,
                reading.tokens().truncated(),
                rows.stream()
                        .limit(LISTED)
                        .map(row ->
                                new Firing(row, saliency.applyAsDouble(row), reading.peak()[place.get(row.concept())]))
                        .toList(),
                benchmarks,
                models,
                snapshot.alike(reading.concepts(), reading.saliency(), ALIKE));
    }

    private static OptionalDouble mean(List<ConceptRow> rows, ToDoubleFunction<ConceptRow> saliency, String model) {
        WeightedMean mean = new WeightedMean();
        rows.forEach(row -> row.performance(model, Snapshot.OVERALL)
                .ifPresent(p -> mean.add(p.chi(), saliency.applyAsDouble(row))));
        return mean.values() == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean.value());
    }
}
