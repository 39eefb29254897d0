package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
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
                    ConceptQuery.all()
                            .limit(500)
                            .sortedBy(SortKey.of(SortKey.Column.DIFFERENCE), true)
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
                    .extracting(Comparison.Row::difference)
                    .isSortedAccordingTo(Comparator.reverseOrder());
            Comparison.Row row = comparison.rows().rows().getFirst();
            List<Double> chi = chosen.stream()
                    .map(b -> orZero(coverage(b, row.concept().concept(), r -> r.chi())))
                    .toList();
            assertThat(row.chi()).isEqualTo(chi);
        }
    }
}
