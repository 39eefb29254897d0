package org.gapexplorer.explorer.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Comparison;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.ConceptView;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Pairing;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.StudyFacts;
import org.gapexplorer.snapshot.Total;

/** The snapshot's answers in few words, for assistants: what the API gives, without what only a page needs. */
final class Brief {
    private static final int NEAR = 5;

    private Brief() {}

    /** @param page the same for people, pinned to the snapshot */
    record Concept(
            int concept,
            String label,
            String kind,
            OptionalDouble labelQuality,
            Coverage coverage,
            Map<String, Performance> scores,
            String page) {}

    record Concepts(Total total, Optional<String> meant, List<Concept> concepts) {}

    record OneConcept(
            int concept,
            String label,
            String kind,
            OptionalDouble labelQuality,
            Coverage suite,
            Map<String, Coverage> coverage,
            Map<String, Map<String, Performance>> scores,
            List<ConceptView.Similar> similar,
            List<ConceptView.Together> firesWith,
            String page) {}

    record Benchmark(String id, String title, String scope, int items, double missingLive, String page) {}

    record Model(String id, String title, List<ModelView.Headline> scores, String page) {}

    record Study(
            String title,
            String description,
            StudyFacts.Counts counts,
            List<Benchmark> benchmarks,
            List<Model> models) {}

    record Compared(int concept, String label, List<Double> coverage, double difference, String page) {}

    record Benchmarks(
            List<String> benchmarks,
            int sharedByAll,
            int missingFromAll,
            int inAny,
            Map<String, Integer> alone,
            List<List<Double>> jaccard,
            Total total,
            List<Compared> concepts,
            String page) {}

    record Paired(int concept, String label, Pairing.Paired pair, String page) {}

    record Models(
            String first,
            String second,
            Pairing.Paired overall,
            Map<String, Pairing.Paired> benchmarks,
            Total total,
            List<Paired> concepts,
            String page) {}

    /** @param on the benchmark that coverage and scores are of; {@link Snapshot#OVERALL} for the suite */
    static Concept concept(ConceptRow row, String on, Links links) {
        Map<String, Performance> scores = new LinkedHashMap<>();
        row.performance().forEach((model, by) -> {
            if (by.get(on) != null) scores.put(model, by.get(on));
        });
        return new Concept(
                row.concept(),
                label(row.label()),
                row.kind().word(),
                row.quality(),
                on.equals(Snapshot.OVERALL) ? row.suite() : row.coverage().get(on),
                scores,
                links.concept(row.concept()));
    }

    static OneConcept concept(ConceptView c, Links links) {
        return new OneConcept(
                c.concept(),
                label(c.label()),
                c.kind().word(),
                c.quality(),
                c.suite(),
                c.coverage(),
                c.performance(),
                c.similar().stream().limit(NEAR).toList(),
                c.together().stream().limit(NEAR).toList(),
                links.concept(c.concept()));
    }

    static Study study(Snapshot snapshot, Links links) {
        StudyFacts study = snapshot.study();
        return new Study(
                study.title(),
                Text.bounded(study.description(), 1_000),
                study.counts(),
                snapshot.benchmarks().stream().map(b -> benchmark(b, links)).toList(),
                snapshot.models().stream()
                        .map(m -> new Model(m.id(), Text.plain(m.title(), 100), m.scores(), links.model(m.id())))
                        .toList());
    }

    private static Benchmark benchmark(BenchmarkView b, Links links) {
        return new Benchmark(
                b.id(),
                Text.plain(b.title(), 100),
                Text.bounded(b.scope(), 300),
                b.items(),
                b.missingLive(),
                links.benchmark(b.id()));
    }

    static Benchmarks benchmarks(Snapshot snapshot, Comparison c, Links links) {
        List<String> order = snapshot.overlap().benchmarks();
        List<Integer> at = c.benchmarks().stream().map(order::indexOf).toList();
        return new Benchmarks(
                c.benchmarks(),
                c.shared(),
                c.missing(),
                c.union(),
                c.alone(),
                at.stream()
                        .map(i -> at.stream()
                                .map(j -> snapshot.overlap().jaccard().get(i).get(j))
                                .toList())
                        .toList(),
                c.rows().total(),
                c.rows().rows().stream()
                        .map(row -> new Compared(
                                row.concept().concept(),
                                label(row.concept().label()),
                                row.chi(),
                                row.difference(),
                                links.concept(row.concept().concept())))
                        .toList(),
                links.to("/compare")
                        .with("benchmarks", String.join(",", c.benchmarks()))
                        .toString());
    }

    static Models models(Pairing p, Links links) {
        return new Models(
                p.first(),
                p.second(),
                p.overall(),
                p.benchmarks(),
                p.rows().total(),
                p.rows().rows().stream()
                        .map(row -> new Paired(
                                row.concept().concept(),
                                label(row.concept().label()),
                                row.pair(),
                                links.concept(row.concept().concept())))
                        .toList(),
                links.to("/models/compare")
                        .with("models", p.first() + "," + p.second())
                        .toString());
    }

    private static String label(String label) {
        return Text.plain(label, Text.LABEL);
    }
}
