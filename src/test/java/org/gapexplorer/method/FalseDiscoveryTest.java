package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FalseDiscoveryTest {
    @Test
    void equalsTheDefinitionComparedPairByPair() {
        Random random = new Random(3);
        double[] p = random.doubles(40).map(x -> x * x * x).toArray();
        double[] q = FalseDiscovery.q(p, 100);
        for (int i = 0; i < p.length; i++) {
            double least = 1;
            for (double other : p) {
                if (other >= p[i]) {
                    int rank = 0;
                    for (double any : p) {
                        rank += any <= other ? 1 : 0;
                    }
                    least = Math.min(least, other * 100 / rank);
                }
            }
            assertThat(q[i]).isCloseTo(least, within(1e-12));
        }
    }

    @Test
    void isRightOnAnExampleWorkedByHand() {
        assertThat(FalseDiscovery.q(new double[] {0.04, 0.01, 0.03}, 4))
                .containsExactly(new double[] {0.16 / 3, 0.04, 0.16 / 3}, within(1e-12));
    }

    @Test
    void countsOnlyTheListedConceptsThatHaveAValue() {
        double[] p = {0.01, 0.04, 0.03, Double.NaN, 0.5, 0.001, 0.0001};
        BitSet listed = new BitSet();
        listed.set(0, 6);
        // 5 listed: 0.001, 0.01, 0.03, 0.04, 0.5 times 5/1, 5/2, 5/3, 5/4, 5/5, none above its right neighbour
        double[] expected = {0.025, 0.05, 0.05, Double.NaN, 0.5, 0.005, Double.NaN};
        double[] q = FalseDiscovery.q(p, listed);
        for (int c = 0; c < 7; c++) {
            assertThat(q[c]).isEqualTo(expected[c], within(1e-12));
        }
    }
}
