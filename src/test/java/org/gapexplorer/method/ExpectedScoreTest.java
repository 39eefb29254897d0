package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpectedScoreTest {
    @Test
    void aPromptsValueIsTheWeightedMeanOverConceptsThatHaveOne() {
        Data data = Data.random(new SplittableRandom(8), 20, 25, 0.3, 0);
        double[] chi = new double[25];
        for (int c = 0; c < 25; c++) chi[c] = c % 4 == 1 ? Double.NaN : c / 25.0;
        double[] expected = ExpectedScore.atConcepts(data.sparse(), chi);
        for (int x = 0; x < 20; x++) {
            double sum = 0;
            double weight = 0;
            for (int c = 0; c < 25; c++) {
                if (c % 4 != 1) {
                    sum += data.dense()[x][c] * chi[c];
                    weight += data.dense()[x][c];
                }
            }
            assertThat(expected[x]).isCloseTo(sum / weight, within(1e-9));
        }
    }

    @Test
    void aPromptWithoutAnyValueHasNone() {
        Saliency prompts = Saliency.builder(2, 3).add(0, 1, 1).add(1, 2, 1).build();
        double[] expected = ExpectedScore.atConcepts(prompts, new double[] {0.5, 0.25, Double.NaN});
        assertThat(expected).containsExactly(0.25, Double.NaN);
        ExpectedScore score = ExpectedScore.of(expected);
        assertThat(score.prompts()).isEqualTo(1);
        assertThat(score.mean()).isEqualTo(0.25);
        assertThat(score.low()).isNaN();
        assertThat(ExpectedScore.of(new double[] {Double.NaN}).mean()).isNaN();
    }

    /** For many values the bootstrap's interval is the mean -+ 1.96 standard errors. */
    @Test
    void theIntervalOfManyPromptsIsTheUsualOne() {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = random.doubles(400).map(v -> v * v).toArray();
        ExpectedScore score = ExpectedScore.of(values);
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
        double half = 1.96 * deviation / Math.sqrt(400);
        assertThat(score.mean()).isCloseTo(mean, within(1e-12));
        assertThat(score.low()).isCloseTo(mean - half, within(0.1 * half));
        assertThat(score.high()).isCloseTo(mean + half, within(0.1 * half));
        assertThat(ExpectedScore.of(values)).isEqualTo(score);
    }
}
