package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.ChangeQuery.Of;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of own prompts, or of reference texts, is no benchmark of the suite. */
class OwnPromptsInSnapshotTest {
    @TempDir
    Path folder;

    private static GeneratedRun run(String kind) {
        GeneratedRun run = new GeneratedRun(7, 4, 60, 400, 3, 25);
        run.setKind("b3", kind);
        return run;
    }

    private Snapshots snapshots(GeneratedRun from, String name) {
        Path home = folder.resolve(name);
        SnapshotBuilder.build(from.write(home.resolve("run"), "Tiny"), home.resolve("snapshots"), Progress.SILENT);
        return Snapshots.open(home.resolve("snapshots"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"traffic", "reference"})
    void itIsNotOfferedToASuite(String kind) {
        try (Snapshots all = snapshots(run(kind), "now");
                Snapshot snapshot = all.current().orElseThrow()) {
            Suite suite = snapshot.suite(new SuiteQuery(List.of("b1", "b3"), Set.of(), 4, false, 0, 10));
            assertThat(suite.benchmarks()).containsExactly("b1");
            assertThat(suite.items()).isEqualTo(60);
            assertThat(suite.candidates()).extracting(Suite.Part::benchmark).containsExactlyInAnyOrder("b0", "b2");
            assertThat(suite.steps()).extracting(Suite.Step::benchmark).containsExactlyInAnyOrder("b0", "b1", "b2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traffic", "reference"})
    void itIsNotAmongTheBenchmarksThatHoldAConcept(String kind) {
        GeneratedRun run = run(kind);
        try (Snapshots all = snapshots(run, "now");
                Snapshot snapshot = all.current().orElseThrow()) {
            ConceptPage page = snapshot.concepts(ConceptQuery.all()
                    .sortedBy(SortKey.of(SortKey.Column.BENCHMARKS), true)
                    .limit(500)
                    .build());
            assertThat(page.rows()).extracting(ConceptRow::benchmarks).isSortedAccordingTo(Comparator.reverseOrder());
            for (ConceptRow row : page.rows()) {
                long in = run.saliency.stream()
                        .filter(s ->
                                s.concept() == row.concept() && !s.benchmark().equals("b3"))
                        .map(RunFolder.Saliency::benchmark)
                        .distinct()
                        .count();
                assertThat(row.benchmarks()).isEqualTo((int) in);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traffic", "reference"})
    void whatChangesInItChangesNothingOfTheSuite(String kind) {
        GeneratedRun earlier = run(kind);
        earlier.coverage.replaceAll(
                c -> c.benchmark().equals("b3") ? new RunFolder.Coverage("b3", c.concept(), 0, 0, 0, "missing") : c);
        try (Snapshots then = snapshots(earlier, "then");
                Snapshots now = snapshots(run(kind), "now");
                Snapshot before = then.current().orElseThrow();
                Snapshot after = now.current().orElseThrow()) {
            Changes changes =
                    after.changesSince(before, new ChangeQuery(null, null, null, Of.APPEARED, 1, Set.of(), 0, 10));
            assertThat(changes.suite()).isEqualTo(new Changes.Bench(Snapshot.OVERALL, 180, 180, 180, 0, 0));
            long alone = earlier.saliency.stream()
                    .filter(s -> s.benchmark().equals("b3"))
                    .map(RunFolder.Saliency::concept)
                    .distinct()
                    .count();
            assertThat(changes.benchmarks().getLast()).isEqualTo(new Changes.Bench("b3", 60, 60, 60, (int) alone, 0));
        }
    }
}
