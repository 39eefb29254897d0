package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Footprints against plain loops over the dense table. */
class FootprintTest {
    private final Data data = Data.random(new SplittableRandom(5), 40, 30, 0.2, 0);
    private final Footprint footprint = Footprint.of(data.sparse());

    @Test
    void massAndCountsAreThoseOfAPlainLoop() {
        int at = 0;
        for (int c = 0; c < data.concepts(); c++) {
            double sum = 0;
            int fires = 0;
            for (float[] row : data.dense()) {
                sum += row[c];
                fires += row[c] > 0 ? 1 : 0;
            }
            if (fires == 0) continue;
            assertThat(footprint.concept()[at]).isEqualTo(c);
            assertThat(footprint.mass()[at]).isCloseTo(sum / 40, within(1e-6));
            assertThat(footprint.firing()[at++]).isEqualTo(fires);
        }
        assertThat(at).isEqualTo(footprint.concept().length);
        assertThat(footprint.concept()).doesNotContain(0);
    }

    @Test
    void theShareOfSomeConceptsIsTheirPartOfTheMass() {
        double even = 0;
        double all = 0;
        for (float[] row : data.dense()) {
            for (int c = 0; c < row.length; c++) {
                even += c % 2 == 0 ? row[c] : 0;
                all += row[c];
            }
        }
        assertThat(footprint.share(c -> c % 2 == 0)).isCloseTo(even / all, within(1e-9));
        assertThat(footprint.share(c -> true)).isEqualTo(1);
    }

    @Test
    void sharedMassIsOneLessTheTotalVariation() {
        Data other = Data.random(new SplittableRandom(6), 25, 30, 0.3, 0);
        double[] theirs = new double[30];
        double[] ours = new double[30];
        for (int c = 0; c < 30; c++) {
            for (float[] row : other.dense()) theirs[c] += row[c] / 25.0;
            for (float[] row : data.dense()) ours[c] += row[c] / 40.0;
        }
        double variation = 0;
        for (int c = 0; c < 30; c++) {
            variation += Math.abs(ours[c] / Arrays.stream(ours).sum()
                            - theirs[c] / Arrays.stream(theirs).sum())
                    / 2;
        }
        assertThat(footprint.shared(theirs)).isCloseTo(1 - variation, within(1e-9));
        assertThat(footprint.shared(ours)).isCloseTo(1, within(1e-9));
        assertThat(footprint.shared(new double[30])).isNaN();
    }

    @Test
    void nothingInCommonShareNothing() {
        Footprint few = new Footprint(2, new int[] {3}, new double[] {1}, new int[] {2});
        assertThat(few.shared(new double[] {1, 1})).isZero();
    }

    @Test
    void arraysThatAreNoFootprintAreRefused() {
        assertThatThrownBy(() -> new Footprint(2, new int[] {3, 3}, new double[] {1, 1}, new int[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Footprint(2, new int[] {3}, new double[] {1}, new int[] {3}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changesCoverEveryConceptOfEither() {
        Footprint before = new Footprint(10, new int[] {1, 4}, new double[] {1, 1}, new int[] {10, 2});
        Footprint after = new Footprint(20, new int[] {2, 4}, new double[] {1, 1}, new int[] {5, 4});
        List<FootprintChange> changes = FootprintChange.between(before, after);
        assertThat(changes).extracting(FootprintChange::concept).containsExactly(1, 2, 4);
        assertThat(changes).extracting(FootprintChange::before).containsExactly(10, 0, 2);
        assertThat(changes).extracting(FootprintChange::after).containsExactly(0, 5, 4);
        assertThat(changes.get(2).share().difference()).isZero();
        assertThat(changes.get(2).q()).isEqualTo(1);
        // the least of three p, times three
        assertThat(changes.getFirst().q())
                .isCloseTo(3 * changes.getFirst().share().p(), within(1e-12));
    }
}
