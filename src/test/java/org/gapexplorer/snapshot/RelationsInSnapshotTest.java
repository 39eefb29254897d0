package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;

/** Correlations over the concepts, against plain loops over the rows the snapshot was built from. */
class RelationsInSnapshotTest extends GeneratedSnapshot {
    private static final Relation.Filter ANY = new Relation.Filter(0, Set.of());

    @Test
    void coverageAgainstAGapCountsTheConceptsThatHaveBoth() {
        List<double[]> pairs = new ArrayList<>();
        for (RunFolder.Concept c : run.concepts) {
            double gap = value("m1", "b2", c.concept(), RunFolder.Performance::gap);
            if (c.live()
                    && c.labelKind().equals("meaning")
                    && coverage("*", c.concept(), r -> r.support()) >= 3
                    && value("m1", "b2", c.concept(), p -> p.support()) >= 3) {
                pairs.add(new double[] {coverage("b0", c.concept(), RunFolder.Coverage::chi), gap});
            }
        }
        Relation relation = snapshot.relation(
                Axis.coverage("b0"), Axis.gap("m1", "b2"), new Relation.Filter(3, Set.of(LabelKind.MEANING)), 500);
        assertThat(pairs).hasSizeGreaterThan(20);
        assertThat(relation.pearson().n()).isEqualTo(pairs.size());
        assertThat(relation.pearson().value()).isCloseTo(pearson(pairs), within(1e-9));
        assertThat(relation.points())
                .extracting(p -> List.of(p.x(), p.y()))
                .containsExactlyInAnyOrderElementsOf(
                        pairs.stream().map(p -> List.of(p[0], p[1])).toList());
    }

    @Test
    void aConceptThatOneBenchmarkMissesCountsThereAsZero() {
        Relation relation = snapshot.relation(Axis.coverage("b0"), Axis.coverage("b1"), ANY, 2_000);
        long live = run.concepts.stream().filter(RunFolder.Concept::live).count();
        assertThat(relation.spearman().n()).isEqualTo((int) live);
        assertThat(relation.points().stream().filter(p -> p.x() == 0).count())
                .isEqualTo(coverage("b0", r -> r.support() == 0).size())
                .isPositive();
    }

    @Test
    void theBestSupportedPointsAreGivenAndTheCorrelationIsOfAll() {
        Relation all = snapshot.relation(Axis.score("m0", null), Axis.score("m2", null), ANY, 2_000);
        Relation few = snapshot.relation(Axis.score("m0", null), Axis.score("m2", null), ANY, 10);
        assertThat(few.spearman()).isEqualTo(all.spearman());
        assertThat(all.points()).extracting(p -> -p.support()).isSorted();
        assertThat(few.points()).isEqualTo(all.points().subList(0, 10));
        for (Relation.Point p : few.points()) {
            double fewer = Math.min(
                    value("m0", "*", p.concept(), r -> r.support()), value("m2", "*", p.concept(), r -> r.support()));
            assertThat(p.support()).isEqualTo((int) fewer);
            assertThat(p.label()).isEqualTo(concept(p.concept()).label());
        }
    }

    @Test
    void theMatrixHoldsWhatEachScatterSays() {
        List<Axis> axes = List.of(Axis.coverage("b0"), Axis.coverage("b1"), Axis.score("m0", null));
        Relation.Filter filter = new Relation.Filter(2, Set.of());
        Relation.Matrix matrix = snapshot.correlations(axes, filter);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(matrix.spearman().get(i).get(j))
                        .isEqualTo(snapshot.relation(axes.get(i), axes.get(j), filter, 1)
                                .spearman());
            }
        }
    }

    private static double pearson(List<double[]> pairs) {
        double n = pairs.size();
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (double[] p : pairs) {
            x += p[0];
            y += p[1];
            xx += p[0] * p[0];
            yy += p[1] * p[1];
            xy += p[0] * p[1];
        }
        return (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
    }
}
