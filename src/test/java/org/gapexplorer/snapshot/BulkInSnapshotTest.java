package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkInSnapshotTest {
    @TempDir
    Path folder;

    private Path built() throws IOException {
        Path run = new GeneratedRun(5, 2, 10, 40, 1, 10).write(folder.resolve("run"), "A study");
        Path snapshots = folder.resolve("snapshots");
        return snapshots.resolve(SnapshotBuilder.build(run, snapshots, Progress.SILENT));
    }

    @Test
    void theTablesWithoutTextArePackedAndVerified() throws IOException {
        Path home = built();
        try (Snapshots snapshots = Snapshots.open(home);
                Snapshot snapshot = snapshots.current().orElseThrow()) {
            assertThat(snapshot.bulk())
                    .extracting(BulkTable::name)
                    .containsExactly("benchmarks", "concepts", "coverage", "models", "overlap", "performance");
            assertThat(snapshot.bulk()).allSatisfy(t -> assertThat(t.file()).hasSize(t.bytes()));
        }
        assertThat(SnapshotVerifier.verify(home)).isEqualTo(home.getFileName().toString());
    }

    @Test
    void aSnapshotBuiltWithoutThemStillOpens() throws IOException {
        Path home = built();
        FileUtils.deleteDirectory(home.resolve("bulk").toFile());
        EditedManifest.forget(home, "bulk/");
        try (Snapshots snapshots = Snapshots.open(home);
                Snapshot snapshot = snapshots.current().orElseThrow()) {
            assertThat(snapshot.bulk()).isEmpty();
            assertThat(snapshot.benchmarks()).hasSize(2);
        }
        assertThat(Files.exists(home.resolve("bulk"))).isFalse();
    }
}
