package org.gapexplorer.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaveatsTest {
    @TempDir
    Path folder;

    private List<String> caveats(GeneratedRun run) {
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        try (Snapshots all = Snapshots.open(folder.resolve("snapshots"));
                Snapshot snapshot = all.current().orElseThrow()) {
            return Caveats.of(snapshot, Names.of(snapshot), snapshot.model("m0").orElseThrow(), null, List.of());
        }
    }

    @Test
    void ofABenchmarkThatAModelWasNotScoredOnNothingIsKnown() {
        GeneratedRun run = new GeneratedRun(7, 3, 20, 40, 1, 10);
        run.models.removeIf(m -> m.benchmark().equals("b2"));
        assertThat(caveats(run))
                .contains("It was scored on 2 of the study’s 3 benchmarks; of the others nothing is known.");
    }

    @Test
    void ownPromptsAreNoBenchmarkThatAModelWasNotScoredOn() {
        GeneratedRun run = new GeneratedRun(7, 3, 20, 40, 1, 10);
        run.setKind("b2", "traffic");
        run.models.removeIf(m -> m.benchmark().equals("b2"));
        assertThat(caveats(run)).noneMatch(c -> c.startsWith("It was scored on"));
    }
}
