package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a suite covers and what else would add to it, against plain loops over the rows the snapshot was built from. */
class SuiteInSnapshotTest extends GeneratedSnapshot {
    private static final List<String> ALL = List.of("b0", "b1", "b2", "b3");

    @ParameterizedTest
    @ValueSource(strings = {"", "b2", "b3,b1", "b0,b1,b2,b3"})
    void aSuiteCountsWhatIsCoveredThinAndMissing(String text) {
        List<String> chosen = text.isEmpty() ? List.of() : List.of(text.split(","));
        Suite suite = snapshot.suite(new SuiteQuery(chosen, Set.of(), 4, false, 0, 500));
        List<Integer> live = live(Set.of());
        assertThat(suite.benchmarks()).isEqualTo(chosen);
        assertThat(suite.items()).isEqualTo(60 * chosen.size());
        assertThat(suite.concepts()).isEqualTo(392).isEqualTo(live.size());
        assertThat(suite.missing()).isEqualTo(count(live, c -> items(c, chosen) == 0));
        assertThat(suite.thin()).isEqualTo(count(live, c -> items(c, chosen) > 0 && items(c, chosen) < 4));
        assertThat(suite.covered()).isEqualTo(392 - suite.missing());
        assertThat(suite.rows().total()).isEqualTo(new Total(suite.missing(), true));
        List<Integer> expected = live.stream()
                .filter(c -> items(c, chosen) == 0)
                .sorted(Comparator.comparingDouble(c -> -concept(c).density()))
                .toList();
        assertThat(suite.rows().rows()).extracting(ConceptRow::concept).isEqualTo(expected);
    }

    @Test
    void thinConceptsAreListedPageByPage() {
        List<String> chosen = List.of("b0", "b1");
        List<Integer> expected = live(Set.of()).stream()
                .filter(c -> items(c, chosen) > 0 && items(c, chosen) < 3)
                .sorted(Comparator.comparingDouble(c -> -concept(c).density()))
                .toList();
        List<Integer> seen = new ArrayList<>();
        for (int from = 0; from < expected.size(); from += 20) {
            Suite suite = snapshot.suite(new SuiteQuery(chosen, Set.of(), 3, true, from, 20));
            suite.rows().rows().forEach(row -> seen.add(row.concept()));
        }
        assertThat(seen).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void candidatesTellWhatTheyWouldAddAndMembersWhatWouldBeLost() {
        List<String> chosen = List.of("b1", "b3");
        Set<LabelKind> kinds = Set.of(LabelKind.MEANING, LabelKind.SYNTAX);
        List<Integer> live = live(kinds);
        Suite suite = snapshot.suite(new SuiteQuery(chosen, kinds, 4, false, 0, 10));
        assertThat(suite.candidates()).extracting(Suite.Part::benchmark).containsExactlyInAnyOrder("b0", "b2");
        assertThat(suite.candidates()).extracting(Suite.Part::adds).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(suite.members()).extracting(Suite.Part::benchmark).isEqualTo(chosen);
        assertThat(suite.members().getFirst().adds()).isPositive();
        List<Suite.Part> parts = new ArrayList<>(suite.candidates());
        parts.addAll(suite.members());
        for (Suite.Part part : parts) {
            List<String> others =
                    chosen.stream().filter(b -> !b.equals(part.benchmark())).toList();
            List<String> with = new ArrayList<>(others);
            with.add(part.benchmark());
            assertThat(part.items()).isEqualTo(60);
            assertThat(part.adds()).isEqualTo(count(live, c -> items(c, others) == 0 && items(c, with) > 0));
            assertThat(part.lifts()).isEqualTo(count(live, c -> items(c, others) < 4 && items(c, with) >= 4));
            double expected = live.stream()
                    .filter(c -> items(c, others) == 0)
                    .mapToDouble(c -> met(items(c, List.of(part.benchmark()))))
                    .sum();
            assertThat(part.rarefied().orElseThrow()).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void theCurveTakesTheSuiteFirstAndThenWhateverAddsMost() {
        List<String> chosen = List.of("b2", "b0");
        List<Integer> live = live(Set.of());
        Suite suite = snapshot.suite(new SuiteQuery(chosen, Set.of(), 4, false, 0, 10));
        assertThat(suite.steps()).extracting(Suite.Step::benchmark).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(suite.steps()).extracting(Suite.Step::chosen).containsExactly(true, true, false, false);
        List<String> before = new ArrayList<>();
        for (Suite.Step step : suite.steps()) {
            int adds = added(live, before, step.benchmark());
            Collection<String> rivals = step.chosen() ? chosen : ALL;
            for (String rival : rivals) {
                if (!before.contains(rival))
                    assertThat(added(live, before, rival)).isLessThanOrEqualTo(adds);
            }
            before.add(step.benchmark());
            assertThat(step.adds()).isEqualTo(adds);
            assertThat(step.missing()).isEqualTo(count(live, c -> items(c, before) == 0));
            assertThat(step.thin()).isEqualTo(count(live, c -> items(c, before) > 0 && items(c, before) < 4));
        }
    }

    @Test
    void unknownBenchmarksAreLeftOut() {
        Suite suite = snapshot.suite(new SuiteQuery(List.of("b1", "none", "b1"), Set.of(), 0, false, 0, 10));
        assertThat(suite.benchmarks()).containsExactly("b1");
        assertThat(suite.least()).isEqualTo(1);
        assertThat(suite.thin()).isZero();
    }

    private List<Integer> live(Set<LabelKind> kinds) {
        return run.concepts.stream()
                .filter(RunFolder.Concept::live)
                .filter(c ->
                        kinds.isEmpty() || kinds.stream().anyMatch(k -> k.word().equals(c.labelKind())))
                .map(RunFolder.Concept::concept)
                .toList();
    }

    private int added(List<Integer> live, List<String> before, String benchmark) {
        return count(live, c -> items(c, before) == 0 && items(c, List.of(benchmark)) > 0);
    }

    private static int count(List<Integer> concepts, Predicate<Integer> wanted) {
        return (int) concepts.stream().filter(wanted).count();
    }

    private int items(int concept, List<String> benchmarks) {
        return benchmarks.stream()
                .mapToInt(b -> (int) orZero(coverage(b, concept, r -> r.support())))
                .sum();
    }

    /** Probability that a draw of 10 of 60 items without replacement meets one of k: the draw, item by item. */
    private static double met(int k) {
        double none = 1;
        for (int i = 0; i < 10; i++) none *= Math.max(0, 60.0 - k - i) / (60 - i);
        return 1 - none;
    }
}
