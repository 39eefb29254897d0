package org.gapexplorer.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A family of like concepts, taken together.
 *
 * @param family its number, as in {@link ConceptQuery#family}
 * @param name the best told label among its live concepts, those with a meaning first
 * @param words up to three more that its labels share and few others hold
 * @param concepts live ones
 * @param x centre on the map, 0 to 1, empty without one
 * @param y likewise, downwards
 * @param suite coverage of the suite
 * @param coverage by benchmark id, every benchmark of the study, in its order
 * @param performance by model id, then by benchmark id ({@link Snapshot#OVERALL} for overall); N/A has no entry
 */
public record FamilyView(
        int family,
        String name,
        List<String> words,
        int concepts,
        OptionalDouble x,
        OptionalDouble y,
        Held suite,
        Map<String, Held> coverage,
        Map<String, Map<String, Standing>> performance) {
    public FamilyView {
        words = List.copyOf(words);
        coverage = Collections.unmodifiableMap(coverage);
        performance = Collections.unmodifiableMap(performance);
    }

    /**
     * How much a benchmark, or the suite, holds of the family.
     *
     * @param chi mean of its live concepts' coverage; missing ones count as 0
     * @param missing share of them that fire on no item
     */
    public record Held(double chi, double missing) {}

    /**
     * How a model does where the family fires: means over its concepts that have a value, each weighing by its support.
     *
     * @param concepts those with a score
     * @param support their supports summed: an item counts once for every concept of the family that fires on it
     */
    public record Standing(double score, OptionalDouble gap, int concepts, long support) {}

    /** @param benchmark an id; null or {@link Snapshot#OVERALL} for the suite */
    public Held held(String benchmark) {
        return benchmark == null || benchmark.equals(Snapshot.OVERALL) ? suite : coverage.get(benchmark);
    }

    /** @param benchmark an id; null for overall */
    public Optional<Standing> standing(String model, String benchmark) {
        return Optional.ofNullable(
                performance.getOrDefault(model, Map.of()).get(benchmark == null ? Snapshot.OVERALL : benchmark));
    }

    /**
     * The same with less performance: every model overall and on the benchmark, the model on every benchmark.
     *
     * @param model an id; null for none
     * @param benchmark an id; null for none
     */
    public FamilyView only(String model, String benchmark) {
        Map<String, Map<String, Standing>> fewer = new LinkedHashMap<>();
        performance.forEach((m, on) -> {
            Map<String, Standing> kept = new LinkedHashMap<>(on);
            kept.keySet().removeIf(b -> !b.equals(Snapshot.OVERALL) && !b.equals(benchmark) && !m.equals(model));
            fewer.put(m, kept);
        });
        return new FamilyView(family, name, words, concepts, x, y, suite, coverage, fewer);
    }
}
