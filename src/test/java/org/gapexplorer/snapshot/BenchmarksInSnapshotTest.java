package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;

/** What a snapshot tells of its study, benchmarks and models, against a plain loop over the rows it was built from. */
class BenchmarksInSnapshotTest extends GeneratedSnapshot {
    @Test
    void theStudyIsToldWithItsSizes() {
        StudyFacts study = snapshot.study();
        assertThat(study.title()).isEqualTo("Tiny");
        assertThat(study.ran()).hasToString("2026-01-31T12:00:00Z");
        assertThat(study.lens().layer()).isEqualTo("3");
        assertThat(study.under()).isEqualTo(0.2);
        assertThat(study.over()).isEqualTo(5);
        assertThat(study.settings()).containsExactly(new Fact("tokens", "item"));
        long scored = run.scores.stream().filter(s -> !Double.isNaN(s.score())).count();
        assertThat(study.counts()).isEqualTo(new StudyFacts.Counts(400, 392, 4, 3, 240, run.saliency.size(), scored));
    }

    @Test
    void benchmarksTellTheirStatusCountsAndHistogram() {
        assertThat(snapshot.benchmarks()).extracting(BenchmarkView::id).containsExactly("b0", "b1", "b2", "b3");
        BenchmarkView b = snapshot.benchmark("b1").orElseThrow();
        assertThat(b.chance()).isEmpty();
        assertThat(b.items()).isEqualTo(60);
        assertThat(b.over())
                .isEqualTo(coverage("b1", c -> c.status().equals("over")).size());
        assertThat(b.under())
                .isEqualTo(coverage("b1", c -> c.status().equals("under")).size());
        assertThat(b.present()).isEqualTo(coverage("b1", c -> c.support() > 0).size());
        assertThat(b.chi().absent())
                .isEqualTo(coverage("b1", c -> c.support() == 0).size());
        for (int i = 0; i < b.chi().counts().size(); i++) {
            double from = i == 0 ? 0 : b.chi().edges().get(i);
            double to = b.chi().edges().get(i + 1);
            assertThat(b.chi().counts().get(i))
                    .isEqualTo(coverage("b1", c -> c.support() > 0 && c.chi() >= from && c.chi() < to)
                            .size());
        }
        assertThat(snapshot.benchmark("none")).isEmpty();
    }

    @Test
    void modelsTellTheirHeadlineScores() {
        ModelView model = snapshot.model("m2").orElseThrow();
        assertThat(model.scores()).hasSize(4);
        assertThat(model.score("b3").orElseThrow().mean()).isEqualTo(new Estimate(0.6000000000000001, 0.3, 0.8));
        assertThat(model.concepts()).isEqualTo(performance("m2", "*", p -> true).size());
        assertThat(model.chi().absent()).isEqualTo(392 - model.concepts());
    }

    @Test
    void overlapIsSymmetricWithOnesOnTheDiagonal() {
        Overlap overlap = snapshot.overlap();
        for (int i = 0; i < 4; i++) {
            assertThat(overlap.jaccard().get(i).get(i)).isEqualTo(1);
            for (int j = 0; j < 4; j++) {
                assertThat(overlap.jaccard().get(i).get(j))
                        .isEqualTo(overlap.jaccard().get(j).get(i))
                        .isNotNaN();
            }
        }
    }

    @Test
    void benchmarksCompareSideBySide() {
        for (List<String> chosen : List.of(List.of("b0", "b3"), List.of("b1", "b2", "b3"))) {
            Comparison comparison = snapshot.compare(
                    chosen,
                    Comparison.Show.ALL,
                    ConceptQuery.all()
                            .limit(500)
                            .sortedBy(SortKey.of(SortKey.Column.SPREAD), true)
                            .build());
            List<Integer> live = run.concepts.stream()
                    .filter(RunFolder.Concept::live)
                    .map(RunFolder.Concept::concept)
                    .toList();
            Predicate<Integer> inAll = c -> chosen.stream().allMatch(b -> coverage(b, c, r -> r.support()) > 0);
            Predicate<Integer> inNone = c -> chosen.stream().noneMatch(b -> coverage(b, c, r -> r.support()) > 0);
            assertThat(comparison.shared())
                    .isEqualTo((int) live.stream().filter(inAll).count());
            assertThat(comparison.missing())
                    .isEqualTo((int) live.stream().filter(inNone).count());
            assertThat(comparison.union() + comparison.missing()).isEqualTo(392);
            String one = chosen.getFirst();
            assertThat(comparison.alone().get(one)).isEqualTo((int) live.stream()
                    .filter(c -> chosen.stream().allMatch(b -> (coverage(b, c, r -> r.support()) > 0) == b.equals(one)))
                    .count());
            assertThat(comparison.rows().rows()).hasSize(400);
            assertThat(comparison.rows().rows())
                    .extracting(r -> chosen.size() == 2 ? Math.abs(r.difference()) : r.difference())
                    .isSortedAccordingTo(Comparator.reverseOrder());
            // of two, what the second covers more is no less of a difference
            assertThat(comparison.rows().rows().subList(0, 50)).anyMatch(r -> chosen.size() > 2 || r.difference() < 0);
            Comparison.Row row = comparison.rows().rows().getFirst();
            List<Double> chi = chosen.stream()
                    .map(b -> orZero(coverage(b, row.concept().concept(), r -> r.chi())))
                    .toList();
            assertThat(row.chi()).isEqualTo(chi);
        }
    }

    @Test
    void aComparisonListsExactlyWhatIsAloneSharedOrMissedAndCountsIt() {
        List<String> chosen = List.of("b3", "b0", "b2");
        for (Set<LabelKind> kinds : List.of(Set.<LabelKind>of(), Set.of(LabelKind.MEANING, LabelKind.PIECE))) {
            ConceptQuery query = ConceptQuery.all()
                    .kinds(kinds)
                    .sortedBy(SortKey.of(SortKey.Column.ID), false)
                    .limit(500)
                    .build();
            Map<Comparison.Show, Predicate<List<Boolean>>> shows = Map.of(
                    Comparison.Show.SHARED,
                    in -> !in.contains(false),
                    Comparison.Show.MISSED,
                    in -> !in.contains(true),
                    Comparison.Show.alone(0),
                    List.of(true, false, false)::equals,
                    Comparison.Show.alone(2),
                    List.of(false, false, true)::equals);
            shows.forEach((show, wanted) -> {
                List<Integer> expected = run.concepts.stream()
                        .filter(RunFolder.Concept::live)
                        .filter(c -> kinds.isEmpty() || kinds.contains(kind(c)))
                        .filter(c -> wanted.test(chosen.stream()
                                .map(b -> coverage(b, c.concept(), r -> r.support()) > 0)
                                .toList()))
                        .map(RunFolder.Concept::concept)
                        .toList();
                Comparison found = snapshot.compare(chosen, show, query);
                assertThat(found.rows().rows())
                        .as("%s %s", show, kinds)
                        .extracting(r -> r.concept().concept())
                        .isEqualTo(expected);
                int count = switch (show.which()) {
                    case SHARED -> found.shared();
                    case MISSED -> found.missing();
                    default -> found.alone().get(chosen.get(show.alone()));
                };
                assertThat(count).isEqualTo(expected.size());
            });
        }
    }

    @Test
    void aBenchmarkTellsWhatItHoldsByKindOfLabel() {
        assertThat(snapshot.kinds("b1"))
                .extracting(KindCount::kind)
                .containsExactly(LabelKind.MEANING, LabelKind.SYNTAX, LabelKind.PIECE, LabelKind.UNCLEAR);
        for (KindCount count : snapshot.kinds("b1")) {
            List<RunFolder.Concept> of = run.concepts.stream()
                    .filter(c -> c.live() && kind(c) == count.kind())
                    .toList();
            assertThat(count.live()).isEqualTo(of.size());
            assertThat(count.missing()).isEqualTo((int) of.stream()
                    .filter(c -> !(coverage("b1", c.concept(), r -> r.support()) > 0))
                    .count());
        }
        assertThat(snapshot.kinds("none")).isEmpty();
    }

    @Test
    void supportAndScoresOfABenchmarkAreSpreadInBins() {
        Histogram support = snapshot.support("b2");
        assertThat(support.absent())
                .isEqualTo(coverage("b2", c -> c.support() == 0).size());
        assertThat(support.counts().get(0))
                .isEqualTo(coverage("b2", c -> c.support() == 1).size());
        assertThat(support.counts().get(2))
                .isEqualTo(
                        coverage("b2", c -> c.support() >= 4 && c.support() < 8).size());
        Histogram scores = snapshot.scores("m1", "b2");
        assertThat(scores.counts().get(7))
                .isEqualTo(performance("m1", "b2", p -> p.chi() >= 0.35 && p.chi() < 0.4)
                        .size());
        assertThat(scores.absent())
                .isEqualTo(392 - performance("m1", "b2", p -> true).size());
    }

    private static LabelKind kind(RunFolder.Concept concept) {
        return LabelKind.valueOf(concept.labelKind().toUpperCase(Locale.ROOT));
    }
}
