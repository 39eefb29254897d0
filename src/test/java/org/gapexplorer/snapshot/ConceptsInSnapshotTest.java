package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;

/** Queries for concepts, against a plain loop over the rows the snapshot was built from. */
class ConceptsInSnapshotTest extends GeneratedSnapshot {
    @Test
    void everyColumnSortsBothWaysWithRowsWithoutValueLast() {
        SortKey q = SortKey.performance(SortKey.Column.Q, "m2", "**");
        Map<SortKey, ToDoubleFunction<Integer>> keys = Map.of(
                SortKey.of(SortKey.Column.ID),
                c -> c,
                SortKey.of(SortKey.Column.QUALITY),
                c -> concept(c).labelQuality(),
                SortKey.of(SortKey.Column.DENSITY),
                c -> concept(c).density(),
                SortKey.coverage(SortKey.Column.COVERAGE, null),
                c -> coverage("*", c, RunFolder.Coverage::chi),
                SortKey.coverage(SortKey.Column.COVERAGE, "b2"),
                c -> coverage("b2", c, RunFolder.Coverage::chi),
                SortKey.coverage(SortKey.Column.COVERAGE_SUPPORT, "b1"),
                c -> coverage("b1", c, r -> r.support()),
                SortKey.performance(SortKey.Column.GAP, "m1", null),
                c -> value("m1", "*", c, RunFolder.Performance::gap),
                SortKey.performance(SortKey.Column.SCORE, "m0", "b3"),
                c -> value("m0", "b3", c, p -> p.chi()),
                q,
                c -> value("m2", "**", c, p -> p.q()),
                SortKey.performance(SortKey.Column.EFFECTIVE_SUPPORT, "m2", "b0"),
                c -> value("m2", "b0", c, p -> p.effectiveSupport()));
        keys.forEach((key, value) -> {
            for (boolean descending : new boolean[] {true, false}) {
                List<Integer> expected = run.concepts.stream()
                        .map(RunFolder.Concept::concept)
                        .sorted(Comparator.<Integer>comparingDouble(c -> {
                                    double v = value.applyAsDouble(c);
                                    return Double.isNaN(v) ? Double.POSITIVE_INFINITY : descending ? -v : v;
                                })
                                .thenComparingDouble(c -> {
                                    // among concepts of one q, here those without any, the widest shortfall comes first
                                    double gap = key.equals(q) ? value("m2", "**", c, p -> p.gap()) : 0;
                                    return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
                                }))
                        .toList();
                assertThat(ids(ConceptQuery.all().sortedBy(key, descending).build()))
                        .as("%s", key)
                        .isEqualTo(expected);
            }
        });
    }

    @Test
    void filtersTakeWhatAPlainLoopTakes() {
        assertSet(
                ConceptQuery.all().statuses(Set.of(Status.MISSING)).benchmark("b0"),
                c -> status("b0", c).equals("missing"));
        assertSet(
                ConceptQuery.all().statuses(Set.of(Status.UNDER, Status.OVER)),
                c -> Set.of("under", "over").contains(status("*", c)));
        assertSet(ConceptQuery.all().minSupport(4).benchmark("b2"), c -> coverage("b2", c, r -> r.support()) >= 4);
        assertSet(ConceptQuery.all().model("m1"), c -> !Double.isNaN(value("m1", "*", c, p -> p.chi())));
        assertSet(
                ConceptQuery.all().model("m1").benchmark("b1"), c -> !Double.isNaN(value("m1", "b1", c, p -> p.chi())));
        assertSet(ConceptQuery.all().model("m0").minSupport(9), c -> value("m0", "*", c, p -> p.support()) >= 9);
        assertSet(ConceptQuery.all().minQuality(0.6), c -> concept(c).labelQuality() >= 0.6);
        assertSet(ConceptQuery.all().family(3), c -> concept(c).family() == 3);
        assertSet(
                ConceptQuery.all().kinds(Set.of(LabelKind.DEAD)),
                c -> !concept(c).live());
        assertSet(
                ConceptQuery.all().minBenchmarks(3),
                c -> run.coverage.stream()
                                .filter(r -> r.concept() == c && !r.benchmark().equals("*") && r.support() > 0)
                                .count()
                        >= 3);
        assertSet(
                ConceptQuery.all().model("m2").minBenchmarks(4),
                c -> run.performance.stream()
                                        .filter(p -> p.concept() == c
                                                && p.model().equals("m2")
                                                && p.benchmark().startsWith("b"))
                                        .count()
                                >= 4
                        && !Double.isNaN(value("m2", "*", c, p -> p.chi())));
        assertSet(ConceptQuery.all().model("nobody"), c -> false);
        assertSet(ConceptQuery.all().benchmark("nothing"), c -> false);
    }

    @Test
    void conceptsSortByTheNumberOfBenchmarksTheyArePresentIn() {
        List<Integer> counts =
                ids(ConceptQuery.all()
                                .sortedBy(SortKey.of(SortKey.Column.BENCHMARKS), true)
                                .build())
                        .stream()
                        .map(c -> (int) run.benchmarks.stream()
                                .filter(b -> coverage(b.benchmark(), c, r -> r.support()) > 0)
                                .count())
                        .toList();
        assertThat(counts)
                .hasSize(400)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .contains(0, 4);
    }

    @Test
    void allRowsOfAQueryComeInTheOrderOfItsPages() {
        ConceptQuery.Builder query = ConceptQuery.all()
                .kinds(Set.of(LabelKind.MEANING, LabelKind.SYNTAX, LabelKind.PIECE, LabelKind.UNCLEAR))
                .sortedBy(SortKey.performance(SortKey.Column.GAP, "m1", null), false);
        List<ConceptRow> rows = new ArrayList<>();
        snapshot.forEachConcept(query.offset(20).limit(3).build(), 1_000, rows::add);
        assertThat(rows)
                .isEqualTo(snapshot.concepts(query.offset(0).limit(500).build()).rows());
        List<ConceptRow> few = new ArrayList<>();
        snapshot.forEachConcept(query.build(), 7, few::add);
        assertThat(few).isEqualTo(rows.subList(0, 7));
    }

    @Test
    void rowsCarryTheScoresOfTheModelsAskedForOnEveryBenchmark() {
        ConceptQuery query =
                ConceptQuery.all().scoresOf(Set.of("m1")).limit(500).build();
        for (ConceptRow row : snapshot.concepts(query).rows()) {
            for (RunFolder.BenchmarkFacts b : run.benchmarks) {
                check(row.performance("m1", b.benchmark()).orElse(null), "m1", b.benchmark(), row.concept());
                assertThat(row.performance("m0", b.benchmark())).isEmpty();
            }
        }
    }

    @Test
    void rowsCarryNoMoreThanIsShownAndThatAsEver() {
        ConceptQuery all = ConceptQuery.all()
                .benchmark("b2")
                .scoresOf(Set.of("m1"))
                .limit(500)
                .build();
        ConceptQuery some = all.toBuilder()
                .only(new ConceptQuery.Carried(Set.of("b1"), Set.of("m0")))
                .build();
        List<ConceptRow> rows = snapshot.concepts(some).rows();
        List<ConceptRow> whole = snapshot.concepts(all).rows();
        assertThat(rows).hasSameSizeAs(whole);
        for (int i = 0; i < rows.size(); i++) {
            ConceptRow row = rows.get(i);
            ConceptRow same = whole.get(i);
            assertThat(row.concept()).isEqualTo(same.concept());
            assertThat(row.suite()).isEqualTo(same.suite());
            assertThat(row.coverage()).containsOnlyKeys("b1", "b2");
            assertThat(same.coverage()).containsAllEntriesOf(row.coverage());
            for (String on : List.of("*", "b1", "b2")) {
                assertThat(row.performance("m1", on)).isEqualTo(same.performance("m1", on));
            }
            assertThat(row.performance("m1", "b0")).isEmpty();
            for (String on : List.of("*", "b2")) {
                assertThat(row.performance("m0", on)).isEqualTo(same.performance("m0", on));
                assertThat(row.performance("m2", on)).isEmpty();
            }
        }
        assertThat(whole)
                .anySatisfy(row -> assertThat(row.performance("m0", "b2")).isPresent());
    }

    @Test
    void pagesFollowEachOther() {
        List<Integer> all = ids(ConceptQuery.all().build());
        List<Integer> byPage = new ArrayList<>();
        for (int offset = 0; offset < 400; offset += 30) {
            Page<ConceptRow> page = snapshot.concepts(
                            ConceptQuery.all().offset(offset).limit(30).build())
                    .page();
            assertThat(page.total()).isEqualTo(new Total(400, true));
            assertThat(page.hasNext()).isEqualTo(offset + 30 < 400);
            page.rows().forEach(row -> byPage.add(row.concept()));
        }
        assertThat(byPage).isEqualTo(all);
    }

    @Test
    void rowsAndViewsCarryTheRunsFiguresAndKeepNotAvailableApartFromZero() {
        for (ConceptRow row : snapshot.concepts(
                        ConceptQuery.all().model("m1").limit(500).build())
                .rows()) {
            for (String b : List.of("b0", "b1", "b2", "b3")) {
                assertThat(row.coverage().get(b).chi()).isEqualTo(orZero(coverage(b, row.concept(), r -> r.chi())));
                check(row.performance("m1", b).orElse(null), "m1", b, row.concept());
            }
            check(row.performance("m2", "*").orElse(null), "m2", "*", row.concept());
        }
        for (int c = 0; c < 1200; c += 3) {
            ConceptView view = snapshot.concept(c).orElseThrow();
            assertThat(view.label()).isEqualTo(concept(c).label());
            assertThat(view.suite().support()).isEqualTo((int) orZero(coverage("*", c, r -> r.support())));
            for (String m : List.of("m0", "m1", "m2")) {
                for (String b : List.of("*", "**", "b0", "b3")) {
                    check(view.performance(m, b).orElse(null), m, b, c);
                }
            }
        }
        assertThat(snapshot.concept(1)).isEmpty();
        assertThat(snapshot.concept(-1)).isEmpty();
        ConceptView first = snapshot.concept(0).orElseThrow();
        assertThat(first.activations()).isEqualTo(new Histogram(List.of(0., 1., 2.), List.of(5, 2), 0));
        assertThat(first.similar())
                .extracting(ConceptView.Similar::concept, ConceptView.Similar::cosine)
                .containsExactly(tuple(3, 0.9), tuple(6, 0.5));
    }

    @Test
    void strongestAndWeakestFollowTheGapAmongTheSupported() {
        List<Integer> expected = performance("m1", "*", p -> p.support() >= 10).stream()
                .sorted(Comparator.comparingDouble(p -> -p.gap()))
                .map(RunFolder.Performance::concept)
                .toList();
        assertThat(snapshot.strongest("m1", 10, 0, 500))
                .extracting(ConceptRow::concept)
                .isEqualTo(expected);
        assertThat(snapshot.weakest("m1", 10, 0, 5))
                .extracting(ConceptRow::concept)
                .isEqualTo(performance("m1", "*", p -> p.support() >= 10).stream()
                        .sorted(Comparator.comparingDouble(RunFolder.Performance::gap))
                        .map(RunFolder.Performance::concept)
                        .limit(5)
                        .toList());
    }

    private List<Integer> ids(ConceptQuery query) {
        return snapshot.concepts(query.toBuilder().limit(500).build()).rows().stream()
                .map(ConceptRow::concept)
                .toList();
    }

    private void assertSet(ConceptQuery.Builder chosen, Predicate<Integer> wanted) {
        ConceptQuery query = chosen.build();
        Set<Integer> expected = run.concepts.stream()
                .map(RunFolder.Concept::concept)
                .filter(wanted)
                .collect(Collectors.toSet());
        assertThat(new HashSet<>(ids(query))).as("%s", query).isEqualTo(expected);
        assertThat(snapshot.concepts(query).total()).isEqualTo(new Total(expected.size(), true));
    }

    private void check(Performance found, String model, String benchmark, int concept) {
        RunFolder.Performance row = performanceOf.get(model + benchmark + "/" + concept);
        assertThat(found == null).isEqualTo(row == null);
        if (found != null) {
            assertThat(found.chi()).isEqualTo(row.chi());
            assertThat(found.gap().orElseThrow()).isEqualTo(row.gap());
            assertThat(found.q()).isEqualTo(Columns.optional(row.q()));
            assertThat(found.support()).isEqualTo(row.support());
        }
    }

    private String status(String benchmark, int concept) {
        RunFolder.Coverage row = coverageOf.get(benchmark + concept);
        return row == null ? "none" : row.status();
    }
}
