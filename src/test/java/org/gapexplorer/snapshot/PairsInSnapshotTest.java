package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two models paired, against plain loops over the rows the snapshot was built from. */
class PairsInSnapshotTest extends GeneratedSnapshot {
    private Map<String, Double> scores;

    @BeforeAll
    void index() {
        scores = run.scores.stream()
                .collect(Collectors.toMap(
                        s -> s.benchmark() + s.item() + s.model(), RunFolder.Score::score, (first, again) -> first));
    }

    /** @param weight the concept's saliency */
    private record Item(String benchmark, double weight, double first, double second) {}

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "b2")
    void everyConceptWithBothScoresIsListedByTheirDifference(String benchmark) {
        String on = benchmark == null ? "*" : benchmark;
        for (boolean descending : new boolean[] {true, false}) {
            ConceptQuery query = ConceptQuery.all()
                    .benchmark(benchmark)
                    .minSupport(4)
                    .kinds(Set.of(LabelKind.MEANING, LabelKind.SYNTAX))
                    .sortedBy(SortKey.of(SortKey.Column.DIFFERENCE), descending)
                    .limit(500)
                    .build();
            Pairing pairing = snapshot.pair("m2", "m0", query).orElseThrow();
            List<Integer> expected = run.concepts.stream()
                    .filter(c -> Set.of("meaning", "syntax").contains(c.labelKind()))
                    .map(RunFolder.Concept::concept)
                    .filter(c -> value("m2", on, c, p -> p.support()) >= 4 && value("m0", on, c, p -> p.support()) >= 4)
                    .sorted(Comparator.comparingDouble((Integer c) -> difference(on, c) * (descending ? -1 : 1))
                            .thenComparingInt(c -> c))
                    .toList();
            assertThat(pairing.rows().rows())
                    .isNotEmpty()
                    .extracting(r -> r.concept().concept())
                    .isEqualTo(expected);
            assertThat(pairing.rows().total()).isEqualTo(new Total(expected.size(), true));
            for (Pairing.Row row : pairing.rows().rows()) {
                List<Item> items = run.saliency.stream()
                        .filter(s -> s.concept() == row.concept().concept())
                        .filter(s -> benchmark == null || s.benchmark().equals(benchmark))
                        .map(s -> item(s.benchmark(), s.item(), s.saliency()))
                        .filter(Objects::nonNull)
                        .toList();
                holds(row.pair(), items);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"m2,m0", "m0,m2", "m1,m0"})
    void eachPairOfModelsHasItsOwnOrder(String first, String second) {
        ConceptQuery query = ConceptQuery.all()
                .sortedBy(SortKey.of(SortKey.Column.DIFFERENCE), true)
                .limit(500)
                .build();
        assertThat(snapshot.pair(first, second, query).orElseThrow().rows().rows())
                .hasSizeGreaterThan(2)
                .extracting(r -> r.concept()
                                .performance(first, "*")
                                .orElseThrow()
                                .chi()
                        - r.concept().performance(second, "*").orElseThrow().chi())
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void modelsArePairedOnEveryBenchmarkAndOnAll() {
        Pairing pairing =
                snapshot.pair("m2", "m0", ConceptQuery.all().limit(1).build()).orElseThrow();
        List<Item> all = new ArrayList<>();
        for (RunFolder.Item i : run.items) {
            Item item = item(i.benchmark(), i.item(), 1);
            if (item != null) all.add(item);
        }
        holds(pairing.overall(), all);
        assertThat(pairing.benchmarks().keySet()).containsExactly("b0", "b1", "b2", "b3");
        pairing.benchmarks()
                .forEach((b, paired) -> holds(
                        paired,
                        all.stream().filter(i -> i.benchmark().equals(b)).toList()));
    }

    @Test
    void theCountsAreThoseOfTheItemFilters() {
        ConceptQuery query = ConceptQuery.all()
                .sortedBy(SortKey.performance(SortKey.Column.SUPPORT, "m0", null), true)
                .limit(5)
                .build();
        for (Pairing.Row row :
                snapshot.pair("m0", "m1", query).orElseThrow().rows().rows()) {
            DatapointQuery items = DatapointQuery.ALL.concept(row.concept().concept());
            assertThat(total(items.rightBy(Set.of("m0")).wrongBy(Set.of("m1"))))
                    .isEqualTo(row.pair().onlyFirst());
            assertThat(total(items.rightBy(Set.of("m1")).wrongBy(Set.of("m0"))))
                    .isEqualTo(row.pair().onlySecond());
            assertThat(total(items.wrongBy(Set.of("m0", "m1"))))
                    .isEqualTo(row.pair().bothWrong());
            assertThat(total(items.rightBy(Set.of("m0", "m1"))))
                    .isEqualTo(row.pair().bothRight());
        }
    }

    @Test
    void anUnknownModelPairsWithNone() {
        assertThat(snapshot.pair("m0", "none", ConceptQuery.all().build())).isEmpty();
    }

    private int total(DatapointQuery query) {
        return snapshot.datapoints(query).total().atLeast();
    }

    private double difference(String on, int concept) {
        return value("m2", on, concept, p -> p.chi()) - value("m0", on, concept, p -> p.chi());
    }

    /** Null where one of the models has no score. */
    private Item item(String benchmark, String item, double weight) {
        double first = scores.getOrDefault(benchmark + item + "m2", Double.NaN);
        double second = scores.getOrDefault(benchmark + item + "m0", Double.NaN);
        return Double.isNaN(first) || Double.isNaN(second) ? null : new Item(benchmark, weight, first, second);
    }

    private static void holds(Pairing.Paired paired, List<Item> items) {
        assertThat(paired.items()).isEqualTo(items.size());
        assertThat(paired.onlyFirst()).isEqualTo(count(items, 1, 0));
        assertThat(paired.onlySecond()).isEqualTo(count(items, 0, 1));
        assertThat(paired.bothRight()).isEqualTo(count(items, 1, 1));
        assertThat(paired.bothWrong()).isEqualTo(count(items, 0, 0));
        double mean = items.stream().collect(Collectors.groupingBy(Item::benchmark)).values().stream()
                .mapToDouble(of -> of.stream()
                                .mapToDouble(i -> i.weight() * (i.first() - i.second()))
                                .sum()
                        / of.stream().mapToDouble(Item::weight).sum())
                .average()
                .orElse(Double.NaN);
        assertThat(paired.difference().isPresent()).isEqualTo(!items.isEmpty());
        paired.difference().ifPresent(d -> {
            assertThat(d.value()).isCloseTo(mean, within(1e-6));
            assertThat(d.low()).isBetween(-1.0, d.value());
            assertThat(d.high()).isBetween(d.value(), 1.0);
        });
    }

    private static int count(List<Item> items, double first, double second) {
        return (int) items.stream()
                .filter(i -> i.first() == first && i.second() == second)
                .count();
    }
}
