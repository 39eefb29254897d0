package org.gapexplorer.explorer.footprint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.method.ExpectedScore;
import org.gapexplorer.method.Footprint;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Status;

/**
 * A footprint held against a study.
 *
 * @param concepts that fire on at least one prompt
 * @param least items of a benchmark on which a concept must fire, without being under-represented, for the benchmark to cover it
 * @param uncoveredMass share of the footprint's mass on concepts that no benchmark of the suite covers
 * @param uncoveredConcepts how many they are
 * @param nearness mean over the prompts of the cosine with the most similar item
 * @param benchmarks the one that covers most first, reference texts and own prompts among them
 * @param uncovered concepts that no benchmark of the suite covers, those with the most mass first, {@value LISTED} at most
 */
public record FootprintReport(
        int prompts,
        int truncated,
        int concepts,
        int least,
        double uncoveredMass,
        int uncoveredConcepts,
        double nearness,
        List<Benchmark> benchmarks,
        List<Uncovered> uncovered,
        List<Model> models) {
    static final int LISTED = 200;
    /** The same as makes a concept of a suite not thin. */
    static final int LEAST = 10;

    /**
     * @param covered share of the footprint's mass on concepts that the benchmark covers
     * @param shared mass that the two distributions over concepts share, 0 to 1
     */
    public record Benchmark(String benchmark, double covered, double shared) {}

    /**
     * @param prompts on which it fires
     * @param share of the footprint's mass
     * @param most the highest coverage (chi_bench) that a benchmark has of it
     */
    public record Uncovered(
            int concept,
            String label,
            LabelKind kind,
            OptionalDouble quality,
            int prompts,
            double share,
            double most) {}

    /**
     * @param similar expected score from similar items
     * @param atConcepts expected score from the concepts that fire
     * @param unscored share of the mass on concepts at which the model has no score
     * @param mean its mean score over the study's benchmarks
     */
    public record Model(
            String model, ExpectedScore similar, ExpectedScore atConcepts, double unscored, OptionalDouble mean) {}

    static FootprintReport of(Snapshot snapshot, FootprintMasses masses, FootprintProfile profile) {
        Footprint footprint = profile.concepts();
        Map<Integer, ConceptRow> rows = rows(snapshot, footprint);
        List<Benchmark> benchmarks = snapshot.benchmarks().stream()
                .map(b -> new Benchmark(
                        b.id(),
                        footprint.share(c -> covered(rows.get(c), b.id())),
                        footprint.shared(masses.of(snapshot, b.id()))))
                .sorted(Comparator.comparingDouble(Benchmark::covered)
                        .thenComparingDouble(Benchmark::shared)
                        .reversed())
                .toList();
        List<String> suite = snapshot.suiteIds();
        List<Uncovered> uncovered = uncovered(footprint, rows, suite);
        return new FootprintReport(
                footprint.prompts(),
                profile.truncated(),
                footprint.concept().length,
                LEAST,
                footprint.share(c -> !coveredByAny(rows.get(c), suite)),
                uncovered.size(),
                profile.nearness(),
                benchmarks,
                uncovered.stream().limit(LISTED).toList(),
                models(snapshot, footprint, rows, profile));
    }

    /** The footprint's concepts by number; those that this snapshot has not are absent. */
    static Map<Integer, ConceptRow> rows(Snapshot snapshot, Footprint footprint) {
        Map<Integer, ConceptRow> rows = new HashMap<>();
        List<Integer> ids = new ArrayList<>();
        for (int c : footprint.concept()) ids.add(c);
        snapshot.concepts(ids).forEach(row -> rows.put(row.concept(), row));
        return rows;
    }

    private static List<Uncovered> uncovered(Footprint footprint, Map<Integer, ConceptRow> rows, List<String> suite) {
        double total = footprint.total();
        List<Uncovered> uncovered = new ArrayList<>();
        for (int i = 0; i < footprint.concept().length; i++) {
            ConceptRow row = rows.get(footprint.concept()[i]);
            if (row != null && !coveredByAny(row, suite)) {
                uncovered.add(new Uncovered(
                        row.concept(),
                        row.label(),
                        row.kind(),
                        row.quality(),
                        footprint.firing()[i],
                        footprint.mass()[i] / total,
                        most(row, suite)));
            }
        }
        uncovered.sort(Comparator.comparingDouble(Uncovered::share).reversed().thenComparingInt(Uncovered::concept));
        return uncovered;
    }

    private static List<Model> models(
            Snapshot snapshot, Footprint footprint, Map<Integer, ConceptRow> rows, FootprintProfile profile) {
        List<Model> models = new ArrayList<>();
        for (FootprintProfile.Expected e : profile.models()) {
            ModelView model = snapshot.model(e.model()).orElse(null);
            if (model == null) continue;
            models.add(new Model(
                    e.model(),
                    e.similar(),
                    e.concepts(),
                    footprint.share(c -> rows.get(c) == null
                            || rows.get(c)
                                    .performance(e.model(), Snapshot.OVERALL)
                                    .isEmpty()),
                    ConceptTable.reference(model, null)));
        }
        return models;
    }

    /** Enough items, and not under-represented: a concept may fire faintly on many. */
    private static boolean covered(Coverage coverage) {
        return coverage.support() >= LEAST && coverage.status() != Status.UNDER && coverage.status() != Status.MISSING;
    }

    private static boolean covered(ConceptRow row, String benchmark) {
        return row != null && covered(row.coverage().get(benchmark));
    }

    private static boolean coveredByAny(ConceptRow row, List<String> suite) {
        return row != null && suite.stream().anyMatch(b -> covered(row, b));
    }

    /** The highest chi_bench. */
    private static double most(ConceptRow row, List<String> suite) {
        return suite.stream()
                .mapToDouble(b -> row.coverage().get(b).chi())
                .max()
                .orElse(0);
    }
}
