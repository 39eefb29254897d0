package org.gapexplorer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedScoresTest {
    @Test
    void twoModelsOnAHandfulOfItems() {
        PairedScores pair = new PairedScores(3);
        // the first benchmark: 1/6 of the saliency for the first model, 3/6 for the second
        pair.add(0, 1, 1, 0);
        pair.add(0, 3, 0, 1);
        pair.add(0, 2, 1, 1);
        pair.add(0, 9, Double.NaN, 1);
        pair.add(0, 9, 0, Double.NaN);
        // the last: one tie below a half
        pair.add(2, 5, 0.25, 0.25);
        PairedScores.Result r = pair.result();
        assertThat(r.items()).isEqualTo(4);
        assertThat(r.onlyFirst()).isEqualTo(1);
        assertThat(r.onlySecond()).isEqualTo(1);
        assertThat(r.bothRight()).isEqualTo(1);
        assertThat(r.bothWrong()).isEqualTo(1);
        assertThat(r.benchmarks()).isEqualTo(2);
        assertThat(r.difference()).isCloseTo(((1 - 3) / 6.0 + 0) / 2, within(1e-12));
    }

    /** Ten items alike in weight, four of them for the first and one for the second: the published formula, 12 items. */
    @Test
    void withEqualWeightsTheIntervalIsThatOfTwoMoreItems() {
        PairedScores pair = new PairedScores(1);
        for (int i = 0; i < 10; i++) {
            pair.add(0, 0.7, i < 4 ? 1 : 0, i == 4 || i < 2 ? 1 : 0);
        }
        // 2 both right, 2 only the first, 1 only the second, 5 both wrong; a half is added to each
        double onlyFirst = 2.5 / 12;
        double onlySecond = 1.5 / 12;
        double centre = onlyFirst - onlySecond;
        double variance = (onlyFirst + onlySecond - centre * centre) / 12;
        PairedScores.Result r = pair.result();
        assertThat(r.difference()).isCloseTo(0.1, within(1e-12));
        // the bias of the sample's variance is taken out beforehand, which widens it a little
        assertThat(r.high() - r.low()).isCloseTo(2 * 1.96 * Math.sqrt(variance), within(0.03));
        assertThat((r.high() + r.low()) / 2).isCloseTo(centre, within(1e-9));
    }

    @Test
    void itemsAddedTogetherCountAsOneByOne() {
        PairedScores each = new PairedScores(2);
        PairedScores together = new PairedScores(2);
        SplittableRandom random = new SplittableRandom(3);
        for (int part = 0; part < 4; part++) {
            PairedScores some = new PairedScores(2);
            for (int i = 0; i < 5; i++) {
                double weight = random.nextDouble();
                double first = random.nextDouble();
                double second = random.nextDouble();
                each.add(part / 2, weight, first, second);
                some.add(part / 2, weight, first, second);
            }
            together.addAll(some);
        }
        assertThat(together.result())
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
                .isEqualTo(each.result());
    }

    @Test
    void withoutItemsThereIsNoDifference() {
        PairedScores.Result r = new PairedScores(2).result();
        assertThat(r.items()).isZero();
        assertThat(r.difference()).isNaN();
        assertThat(r.low()).isNaN();
        assertThat(r.high()).isNaN();
    }

    @Test
    void theFirstMinusTheSecondIsTheSecondMinusTheFirstTurnedRound() {
        PairedScores one = new PairedScores(2);
        PairedScores other = new PairedScores(2);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 40; i++) {
            double weight = random.nextDouble(0.1, 2);
            double first = random.nextInt(2);
            double second = random.nextInt(2);
            one.add(i % 2, weight, first, second);
            other.add(i % 2, weight, second, first);
        }
        assertThat(one.result().difference()).isCloseTo(-other.result().difference(), within(1e-12));
        assertThat(one.result().low()).isCloseTo(-other.result().high(), within(1e-12));
        assertThat(one.result().high()).isCloseTo(-other.result().low(), within(1e-12));
    }

    /**
     * Simulated: two models, right with probabilities that go together through the item's difficulty, saliencies skewed. The
     * truth is the difference of the probabilities.
     */
    @ParameterizedTest
    @CsvSource({"6, 0.5, 0.5", "12, 0.7, 0.4", "30, 0.5, 0.45", "100, 0.9, 0.8", "100, 0.3, 0.3"})
    void theIntervalHoldsTheTruthAboutNineteenTimesInTwenty(int items, double first, double second) {
        SplittableRandom random = new SplittableRandom(items * 31L + 7);
        int rounds = 4_000;
        int held = 0;
        double width = 0;
        for (int round = 0; round < rounds; round++) {
            PairedScores pair = new PairedScores(1);
            for (int i = 0; i < items; i++) {
                // half of the time one draw of luck decides for both
                double luck = random.nextDouble();
                boolean common = random.nextBoolean();
                double other = common ? luck : random.nextDouble();
                double weight = -Math.log(1 - random.nextDouble());
                pair.add(0, weight, luck < first ? 1 : 0, other < second ? 1 : 0);
            }
            PairedScores.Result r = pair.result();
            held += r.low() <= first - second && first - second <= r.high() ? 1 : 0;
            width += (r.high() - r.low()) / rounds;
        }
        assertThat((double) held / rounds).as("mean width %.3f", width).isBetween(0.93, 0.999);
    }
}
