package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concepts that fire on the same items: one concept is made to follow another, and only it is found. */
class TogetherInSnapshotTest {
    private static final int LEADER = 30;
    /** Live, and so late in the dictionary that it hardly fires by itself. */
    private static final int FOLLOWER = 3 * 390;

    private static Set<String> items(GeneratedRun run, int concept, String benchmark) {
        return run.saliency.stream()
                .filter(s -> s.concept() == concept && s.benchmark().equals(benchmark))
                .map(RunFolder.Saliency::item)
                .collect(Collectors.toSet());
    }

    @Test
    void aConceptThatFollowsAnotherIsNamedOnBothPagesWithTheCountsOfAPlainLoop(@TempDir Path folder) {
        GeneratedRun run = new GeneratedRun(9, 3, 60, 400, 1, 25);
        for (RunFolder.Saliency s : new ArrayList<>(run.saliency)) {
            if (s.concept() == LEADER && !items(run, FOLLOWER, s.benchmark()).contains(s.item())) {
                run.saliency.add(new RunFolder.Saliency(s.benchmark(), s.item(), FOLLOWER, 0.5f, 1, 0));
            }
        }
        int together = 0;
        double expected = 0;
        for (RunFolder.BenchmarkFacts b : run.benchmarks) {
            Set<String> left = items(run, LEADER, b.benchmark());
            Set<String> right = items(run, FOLLOWER, b.benchmark());
            expected += left.size() * right.size() / 60.0;
            left.retainAll(right);
            together += left.size();
        }
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        try (Snapshots snapshots = Snapshots.open(folder.resolve("snapshots"));
                Snapshot snapshot = snapshots.current().orElseThrow()) {
            for (int[] pair : List.of(new int[] {LEADER, FOLLOWER}, new int[] {FOLLOWER, LEADER})) {
                ConceptView.Together found =
                        snapshot.concept(pair[0]).orElseThrow().together().getFirst();
                assertThat(found.concept()).isEqualTo(pair[1]);
                assertThat(found.label())
                        .isEqualTo(snapshot.concept(pair[1]).orElseThrow().label());
                assertThat(found.items()).isEqualTo(together);
                assertThat(found.expected()).isCloseTo(expected, within(1e-9));
                assertThat(found.phi()).isGreaterThan(0.8).isLessThanOrEqualTo(1);
            }
        }
    }
}
