package org.gapexplorer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gapexplorer.method.Coverage;
import org.gapexplorer.method.Performance;
import org.gapexplorer.method.Permutation;
import org.gapexplorer.method.Saliency;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;

/** What the starter study's run says, held against plain loops over its own tables and against gaps planted in it. */
class StarterStudyTest {
    private final StarterRun run = StarterRun.get();

    @Test
    void coverageAndPerformanceAreWhatPlainLoopsOverTheTablesGive() {
        Map<String, Map<Integer, Double>> mass = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        RunFolder.DATAPOINTS.forEach(run.folder().datapoints(), i -> sizes.merge(i.benchmark(), 1, Integer::sum));
        Map<String, Double> scoreOf = new HashMap<>();
        String model = run.study().models().getFirst().id();
        RunFolder.SCORES.forEach(run.folder().scores(), s -> {
            if (s.model().equals(model)) {
                scoreOf.put(s.benchmark() + "/" + s.item(), s.score());
            }
        });
        Map<String, double[]> weighted = new HashMap<>();
        RunFolder.SALIENCY.forEach(run.folder().saliencyParts(), s -> {
            mass.computeIfAbsent(s.benchmark(), b -> new TreeMap<>())
                    .merge(s.concept(), (double) s.saliency(), Double::sum);
            double[] sums = weighted.computeIfAbsent(s.benchmark() + "/" + s.concept(), k -> new double[2]);
            sums[0] += s.saliency() * scoreOf.get(s.benchmark() + "/" + s.item());
            sums[1] += s.saliency();
        });
        int live = run.live().cardinality();
        for (RunFolder.Coverage row : RunFolder.COVERAGE.read(run.folder().coverage())) {
            if (row.benchmark().equals(RunFolder.ALL)) {
                continue;
            }
            Map<Integer, Double> ofBenchmark = mass.get(row.benchmark());
            double mean = ofBenchmark.values().stream().mapToDouble(m -> m).sum() / live;
            double expected = ofBenchmark.getOrDefault(row.concept(), 0.0) / mean;
            assertThat(row.chi()).isCloseTo(expected, within(1e-9 + 1e-6 * expected));
        }
        for (RunFolder.Performance row : RunFolder.PERFORMANCE.read(run.folder().performance())) {
            if (row.model().equals(model) && !row.benchmark().startsWith("*")) {
                double[] sums = weighted.get(row.benchmark() + "/" + row.concept());
                assertThat(row.chi()).isCloseTo(sums[0] / sums[1], within(1e-6));
                assertThat(row.low()).isLessThanOrEqualTo(row.chi() + 1e-9);
                assertThat(row.high()).isGreaterThanOrEqualTo(row.chi() - 1e-9);
            }
        }
        assertThat(Provenance.read(run.folder()).lens().live()).isEqualTo(live);
    }

    @Test
    void tokensAreKeptOfWhatAnItemsPageListsAndTheirMeanIsTheSaliency() {
        var meant = new BitSet();
        RunFolder.CONCEPTS.forEach(
                run.folder().concepts(),
                c -> meant.set(c.concept(), c.labelKind().equals("meaning")));
        Map<String, Integer> tokens = new HashMap<>();
        RunFolder.DATAPOINTS.forEach(
                run.folder().datapoints(), i -> tokens.put(i.benchmark() + "/" + i.item(), i.tokens()));
        Map<String, Map<Integer, Double>> means = new HashMap<>();
        RunFolder.EXAMPLES.forEach(run.folder().examples(), e -> {
            String item = e.benchmark() + "/" + e.item();
            double sum = IntStream.range(0, e.activations().length)
                    .mapToDouble(i -> e.activations()[i])
                    .sum();
            means.computeIfAbsent(item, i -> new HashMap<>()).put(e.concept(), sum / tokens.get(item));
        });
        Map<String, List<RunFolder.Saliency>> fired = new HashMap<>();
        RunFolder.SALIENCY.forEach(
                run.folder().saliencyParts(),
                s -> fired.computeIfAbsent(s.benchmark() + "/" + s.item(), i -> new ArrayList<>())
                        .add(s));
        fired.forEach((item, all) -> {
            all.sort(Comparator.comparingDouble((RunFolder.Saliency s) -> -s.saliency())
                    .thenComparing(RunFolder.Saliency::concept));
            Stream.concat(
                            all.stream().limit(30),
                            all.stream().filter(s -> meant.get(s.concept())).limit(30))
                    .forEach(s -> assertThat(means.get(item))
                            .as(item)
                            .hasEntrySatisfying(
                                    s.concept(), mean -> assertThat(mean).isCloseTo(s.saliency(), within(1e-5))));
        });
        assertThat(fired).hasSameSizeAs(tokens);
    }

    @Test
    void theStatedChanceIsThatOfGuessingAmongTheChoices() {
        run.study()
                .benchmarks()
                .forEach(b -> assertThat(b.chance())
                        .as(b.id())
                        .isCloseTo(
                                run.data().items().get(b.id()).stream()
                                        .mapToDouble(i -> 1.0 / i.choices().size())
                                        .average()
                                        .orElseThrow(),
                                within(0.0001)));
    }

    @Test
    void aTopicTakenOutOfABenchmarkLeavesItsConceptsAmongTheLeastCovered() {
        String benchmark = "boundaries";
        List<RunFolder.Item> items = run.data().items().get(benchmark);
        Saliency whole = run.data().saliency().get(benchmark);
        String topic = "money";
        int[] rest = IntStream.range(0, items.size())
                .filter(i -> !topic.equals(items.get(i).category()))
                .toArray();
        int[] taken = IntStream.range(0, items.size())
                .filter(i -> topic.equals(items.get(i).category()))
                .toArray();
        assertThat(taken).hasSizeGreaterThanOrEqualTo(8);
        double[] inTopic = whole.only(taken).sums();
        double[] inRest = whole.only(rest).sums();
        int[] supportInTopic = whole.only(taken).support();
        List<Integer> planted = IntStream.range(0, StarterRun.CONCEPTS)
                .filter(c -> supportInTopic[c] >= 3)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -inTopic[c] / (inTopic[c] + inRest[c])))
                .limit(5)
                .toList();

        var neighbours = new BitSet();
        List<RunFolder.Concept> concepts = RunFolder.CONCEPTS.read(run.folder().concepts());
        for (int c : planted) {
            neighbours.set(c);
            for (int similar : concepts.get(c).similar()) {
                neighbours.set(similar);
                Arrays.stream(concepts.get(similar).similar()).forEach(neighbours::set);
            }
        }
        neighbours.and(whole.present());
        Coverage before = Coverage.of(whole, run.live(), Coverage.Thresholds.DEFAULT);
        Coverage after = Coverage.of(whole.only(rest), run.live(), Coverage.Thresholds.DEFAULT);
        List<Integer> fallen = neighbours.stream()
                .boxed()
                .sorted(Comparator.comparingDouble(c -> after.chi()[c] / before.chi()[c]))
                .limit(20)
                .toList();
        assertThat(neighbours.cardinality()).isGreaterThan(40);
        assertThat(fallen).containsAll(planted);
    }

    @Test
    void answersFlippedWhereOneConceptFiresMakeItLeadTheGaps() {
        String benchmark = "social";
        Saliency saliency = run.data().saliency().get(benchmark);
        int[] support = saliency.support();
        int concept = IntStream.range(0, StarterRun.CONCEPTS)
                .filter(c -> support[c] >= 20 && support[c] <= 40)
                .findFirst()
                .orElseThrow();
        var random = new Random(5);
        double[] y = random.doubles(saliency.items()).map(u -> u < 0.8 ? 1 : 0).toArray();
        for (int item = 0; item < saliency.items(); item++) {
            for (int e = saliency.rowStart()[item]; e < saliency.rowStart()[item + 1]; e++) {
                if (saliency.concept()[e] == concept) {
                    y[item] = 0;
                }
            }
        }
        var scores = Performance.of(saliency, y);
        var listed = new BitSet();
        IntStream.range(0, StarterRun.CONCEPTS).filter(c -> support[c] >= 10).forEach(listed::set);
        double least = listed.stream().mapToDouble(c -> scores.gap()[c]).min().orElseThrow();
        assertThat(scores.gap()[concept]).isCloseTo(least, within(1e-9));
        var q = Permutation.test(
                List.of(saliency),
                List.of(y),
                new Permutation.Listed(List.of(listed), listed, listed),
                Permutation.Settings.DEFAULT);
        assertThat(q.benchmarks().getFirst().q()[concept]).isLessThan(0.05);
    }

    @Test
    void shuffledAnswersMakeNoMoreFindingsThanChanceAllows() {
        Saliency saliency = run.data().saliency().get("time-prose");
        double[] y =
                run.data().scores().get(run.study().models().getFirst().id()).get("time-prose");
        int[] support = saliency.support();
        var listed = new BitSet();
        IntStream.range(0, StarterRun.CONCEPTS).filter(c -> support[c] >= 10).forEach(listed::set);
        int rounds = 40;
        int withFindings = 0;
        for (int round = 0; round < rounds; round++) {
            double[] shuffled = shuffled(y, new Random(round));
            var result = Permutation.test(
                    List.of(saliency),
                    List.of(shuffled),
                    new Permutation.Listed(List.of(listed), new BitSet(), new BitSet()),
                    new Permutation.Settings(1_000, 16_000, 20, round));
            boolean finding =
                    listed.stream().anyMatch(c -> result.benchmarks().getFirst().q()[c] < 0.05);
            withFindings += finding ? 1 : 0;
        }
        // With nothing to find, q < 0.05 anywhere happens in at most 5 % of rounds: 8 or more of 40 has p = 0.0007.
        assertThat(withFindings).isLessThan(8);
    }

    private static double[] shuffled(double[] y, Random random) {
        double[] shuffled = y.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swap = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swap;
        }
        return shuffled;
    }
}
