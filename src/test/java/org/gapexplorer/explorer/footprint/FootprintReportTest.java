package org.gapexplorer.explorer.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.gapexplorer.method.Footprint;
import org.gapexplorer.method.Saliency;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintReportTest {
    private static final int COVERED = 3;
    private static final int IN_TRAFFIC = 6;

    @Test
    void aSetOfOwnPromptsCoversNothingForTheSuite(@TempDir Path folder) {
        GeneratedRun run = new GeneratedRun(7, 3, 30, 40, 1, 10);
        run.setKind("b2", "traffic");
        run.coverage.removeIf(c -> c.concept() == COVERED || c.concept() == IN_TRAFFIC);
        run.coverage.add(new RunFolder.Coverage("b1", COVERED, 1, 2, 20, "present"));
        run.coverage.add(new RunFolder.Coverage("b2", IN_TRAFFIC, 1, 3, 20, "present"));
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        Saliency.Builder prompts = Saliency.builder(2, 10);
        prompts.add(0, COVERED, 0.25f);
        prompts.add(0, IN_TRAFFIC, 0.5f);
        prompts.add(1, IN_TRAFFIC, 0.25f);
        FootprintProfile profile = new FootprintProfile(Footprint.of(prompts.build()), 0, 0.5, List.of());
        try (Snapshots all = Snapshots.open(folder.resolve("snapshots"));
                Snapshot snapshot = all.current().orElseThrow()) {
            FootprintReport report = FootprintReport.of(snapshot, new FootprintMasses(), profile);
            assertThat(report.uncoveredMass()).isEqualTo(0.75);
            assertThat(report.uncovered()).singleElement().satisfies(u -> {
                assertThat(u.concept()).isEqualTo(IN_TRAFFIC);
                assertThat(u.most()).isZero();
            });
            assertThat(report.benchmarks().getFirst()).satisfies(b -> {
                assertThat(b.benchmark()).isEqualTo("b2");
                assertThat(b.covered()).isEqualTo(0.75);
            });
        }
    }
}
