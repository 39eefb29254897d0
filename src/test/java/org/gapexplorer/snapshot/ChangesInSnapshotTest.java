package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.ChangeQuery.Of;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A snapshot against an earlier one, by plain loops over the rows that both were built from. */
class ChangesInSnapshotTest extends GeneratedSnapshot {
    private static final int ALL = 1_000;

    private GeneratedRun earlier;
    private Snapshots earlierSnapshots;
    private Snapshot before;

    /** As the later run, but: b3 lacks ten items, one item of b0 read otherwise, m0 did other things on b1. */
    @BeforeAll
    void buildEarlier() {
        earlier = new GeneratedRun(7, 4, 60, 400, 3, 25);
        earlier.items.removeIf(i -> i.benchmark().equals("b3") && i.ordinal() >= 50);
        Set<String> kept =
                earlier.items.stream().map(i -> i.benchmark() + i.item()).collect(Collectors.toSet());
        earlier.saliency.removeIf(s -> !kept.contains(s.benchmark() + s.item()));
        earlier.examples.removeIf(s -> !kept.contains(s.benchmark() + s.item()));
        earlier.scores.removeIf(s -> !kept.contains(s.benchmark() + s.item()));
        earlier.benchmarks.replaceAll(
                b -> b.benchmark().equals("b3") ? GeneratedRun.changed(b, b.kind(), 50, b.canary()) : b);
        earlier.items.replaceAll(i -> i.benchmark().equals("b0") && i.ordinal() == 3 ? reworded(i) : i);
        earlier.scores.replaceAll(s -> s.benchmark().equals("b1") && s.model().equals("m0")
                ? new RunFolder.Score(
                        s.benchmark(), s.item(), "m0", s.item().endsWith("7") ? 1 : 1 - s.score(), "one", s.margin())
                : s);
        earlier.coverage.replaceAll(c -> c.benchmark().equals("b1") && c.concept() % 5 == 0
                ? new RunFolder.Coverage("b1", c.concept(), 0, 0, 0, "missing")
                : c);
        earlier.performance.replaceAll(p -> p.benchmark().equals("*") && p.concept() % 2 == 0
                ? new RunFolder.Performance(
                        p.model(),
                        "*",
                        p.concept(),
                        p.chi() / 2,
                        p.low(),
                        p.high(),
                        p.shrunk(),
                        p.gap(),
                        p.q(),
                        p.support(),
                        p.effectiveSupport())
                : p);
        earlierSnapshots = snapshots(earlier, "earlier");
        before = earlierSnapshots.current().orElseThrow();
    }

    @AfterAll
    void closeEarlier() {
        before.close();
        earlierSnapshots.close();
    }

    @Test
    void itemsAreTheSameByTheirIdAndText() {
        Changes changes = snapshot.changesSince(before, query(null, Of.COVERAGE));
        assertThat(changes.benchmarks()).extracting(Changes.Bench::id).containsExactly("b0", "b1", "b2", "b3");
        assertThat(changes.benchmarks()).extracting(Changes.Bench::itemsBefore).containsExactly(60, 60, 60, 50);
        assertThat(changes.benchmarks()).extracting(Changes.Bench::itemsAfter).containsExactly(60, 60, 60, 60);
        assertThat(changes.benchmarks()).extracting(Changes.Bench::same).containsExactly(59, 60, 60, 50);
        assertThat(changes.suite().same()).isEqualTo(229);
        for (Changes.Bench b : changes.benchmarks()) {
            Set<Integer> then = covered(earlier, b.id());
            Set<Integer> now = covered(run, b.id());
            assertThat(b.appeared()).isEqualTo(without(now, then).size());
            assertThat(b.vanished()).isEqualTo(without(then, now).size());
        }
        assertThat(changes.benchmarks().get(1).appeared()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"COVERAGE", "APPEARED", "VANISHED"})
    void conceptsAreListedByTheChangeOfTheirCoverage(Of of) {
        // the other way round, what appeared has vanished
        boolean turned = of == Of.VANISHED;
        Map<Integer, RunFolder.Coverage> then = coverage(turned ? run : earlier, "b1");
        Map<Integer, RunFolder.Coverage> now = coverage(turned ? earlier : run, "b1");
        List<Integer> expected = now.keySet().stream()
                .filter(c -> concept(c).labelKind().equals("meaning"))
                .filter(c -> Math.max(now.get(c).support(), then.get(c).support()) >= 2)
                .filter(c -> now.get(c).chi() != then.get(c).chi())
                .filter(c -> of == Of.COVERAGE || (turned ? now : then).get(c).support() == 0)
                .sorted(Comparator.comparingDouble((Integer c) ->
                                -Math.abs(now.get(c).chi() - then.get(c).chi()))
                        .thenComparingInt(c -> c))
                .toList();
        Changes changes = turned
                ? before.changesSince(snapshot, query("b1", of))
                : snapshot.changesSince(before, query("b1", of));
        assertThat(changes.rows().rows())
                .isNotEmpty()
                .extracting(Changes.Row::concept)
                .isEqualTo(expected);
        assertThat(changes.rows().total()).isEqualTo(new Total(expected.size(), true));
        Changes.Row first = changes.rows().rows().getFirst();
        assertThat(first.before().chi()).isEqualTo(then.get(first.concept()).chi());
        assertThat(first.after().support()).isEqualTo(now.get(first.concept()).support());
    }

    @Test
    void aConceptGoneFromEveryBenchmarkHasVanished() {
        int gone = run.coverage.stream()
                .filter(c -> c.benchmark().equals("*") && c.support() >= 2)
                .map(RunFolder.Coverage::concept)
                .filter(c -> concept(c).labelKind().equals("meaning"))
                .reduce((a, b) -> b)
                .orElseThrow();
        try (Snapshots all = snapshots(without(gone), "gone");
                Snapshot later = all.current().orElseThrow()) {
            Changes changes = later.changesSince(snapshot, query(null, Of.VANISHED));
            assertThat(changes.suite().vanished()).isEqualTo(1);
            assertThat(changes.rows().rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.concept()).isEqualTo(gone));
            assertThat(changes.counts()).containsEntry(Of.COVERAGE, 1);
        }
    }

    /** As the later run, but that the concept fires nowhere. */
    private static GeneratedRun without(int concept) {
        GeneratedRun later = new GeneratedRun(7, 4, 60, 400, 3, 25);
        later.saliency.removeIf(s -> s.concept() == concept);
        later.examples.removeIf(e -> e.concept() == concept);
        later.coverage.removeIf(c -> c.concept() == concept);
        later.performance.removeIf(p -> p.concept() == concept);
        later.concepts.replaceAll(c -> c.concept() != concept
                ? c
                : GeneratedRun.changed(c, c.label(), c.labelQuality(), c.labelKind(), false));
        return later;
    }

    @Test
    void scoresAreHeldAgainstEachOtherOverTheSameItems() {
        Changes changes = snapshot.changesSince(before, query(null, Of.BETTER));
        List<Integer> expected = run.performance.stream()
                .filter(p -> p.model().equals("m0") && p.benchmark().equals("*") && p.support() >= 2)
                .filter(p -> p.concept() % 2 == 0 && p.chi() > 0)
                .filter(p -> concept(p.concept()).labelKind().equals("meaning"))
                .sorted(Comparator.comparingDouble(p -> -p.chi()))
                .map(RunFolder.Performance::concept)
                .toList();
        assertThat(changes.rows().rows())
                .isNotEmpty()
                .extracting(Changes.Row::concept)
                .isEqualTo(expected);
        assertThat(snapshot.changesSince(before, query(null, Of.WORSE)).rows().rows())
                .isEmpty();
        for (Changes.Row row : changes.rows().rows()) {
            holds(row);
        }
        holdsOverItems(changes.scores().orElseThrow());
    }

    private void holds(Changes.Row row) {
        double[] weighted = new double[4];
        double[] weights = new double[4];
        int items = 0;
        for (RunFolder.Saliency s : run.saliency) {
            if (s.concept() != row.concept() || !shared(s.benchmark(), s.item())) continue;
            double now = score(run, s.benchmark(), s.item());
            double then = score(earlier, s.benchmark(), s.item());
            if (Double.isNaN(now) || Double.isNaN(then)) continue;
            int b = s.benchmark().charAt(1) - '0';
            weighted[b] += s.saliency() * (now - then);
            weights[b] += s.saliency();
            items++;
        }
        Pairing.Paired pair = row.pair().orElseThrow();
        assertThat(pair.items()).isEqualTo(items);
        double sum = 0;
        int benchmarks = 0;
        for (int b = 0; b < 4; b++) {
            if (weights[b] > 0) {
                sum += weighted[b] / weights[b];
                benchmarks++;
            }
        }
        if (benchmarks > 0) {
            assertThat(pair.difference().orElseThrow().value()).isCloseTo(sum / benchmarks, within(1e-9));
        }
    }

    private void holdsOverItems(Pairing.Paired pair) {
        int mended = 0;
        int broken = 0;
        for (RunFolder.Item i : run.items) {
            if (!shared(i.benchmark(), i.item())) continue;
            double now = score(run, i.benchmark(), i.item());
            double then = score(earlier, i.benchmark(), i.item());
            mended += now == 1 && then == 0 ? 1 : 0;
            broken += now == 0 && then == 1 ? 1 : 0;
        }
        assertThat(pair.onlyFirst()).isEqualTo(mended).isPositive();
        assertThat(pair.onlySecond()).isEqualTo(broken).isPositive();
    }

    @Test
    void snapshotsOfOtherLensesAreRefused() {
        GeneratedRun smaller = new GeneratedRun(7, 4, 60, 300, 3, 25);
        GeneratedRun retrained = new GeneratedRun(8, 4, 60, 400, 3, 25);
        for (GeneratedRun other : List.of(smaller, retrained)) {
            try (Snapshots all = snapshots(other, "other" + other.concepts.size());
                    Snapshot of = all.current().orElseThrow()) {
                assertThatThrownBy(() -> snapshot.changesSince(of, query(null, Of.COVERAGE)))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining(of.version())
                        .hasMessageContaining(snapshot.version())
                        .hasMessageContaining("different lenses");
            }
        }
    }

    private Snapshots snapshots(GeneratedRun from, String name) {
        Path home = folder.resolve(name);
        SnapshotBuilder.build(from.write(home.resolve("run"), "Tiny"), home.resolve("snapshots"), Progress.SILENT);
        return Snapshots.open(home.resolve("snapshots"));
    }

    private static ChangeQuery query(String benchmark, Of of) {
        return new ChangeQuery(benchmark, "m0", "m0", of, 2, Set.of(LabelKind.MEANING), 0, ALL);
    }

    private boolean shared(String benchmark, String item) {
        boolean reworded = benchmark.equals("b0") && item.equals("i/3");
        return !reworded
                && earlier.items.stream()
                        .anyMatch(
                                i -> i.benchmark().equals(benchmark) && i.item().equals(item));
    }

    private static double score(GeneratedRun of, String benchmark, String item) {
        return of.scores.stream()
                .filter(s -> s.model().equals("m0")
                        && s.benchmark().equals(benchmark)
                        && s.item().equals(item))
                .mapToDouble(RunFolder.Score::score)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Map<Integer, RunFolder.Coverage> coverage(GeneratedRun of, String benchmark) {
        return of.coverage.stream()
                .filter(c -> c.benchmark().equals(benchmark))
                .collect(Collectors.toMap(RunFolder.Coverage::concept, c -> c));
    }

    private static Set<Integer> covered(GeneratedRun of, String benchmark) {
        return coverage(of, benchmark).values().stream()
                .filter(c -> c.support() > 0)
                .map(RunFolder.Coverage::concept)
                .collect(Collectors.toSet());
    }

    private static Set<Integer> without(Set<Integer> all, Set<Integer> taken) {
        Set<Integer> left = new HashSet<>(all);
        left.removeAll(taken);
        return left;
    }

    private static RunFolder.Item reworded(RunFolder.Item i) {
        String prompt = i.prompt() + " Say why.";
        return new RunFolder.Item(
                i.benchmark(),
                i.item(),
                i.ordinal(),
                prompt,
                prompt,
                i.own(),
                i.choices(),
                i.answer(),
                i.category(),
                i.tokens(),
                i.truncated());
    }
}
