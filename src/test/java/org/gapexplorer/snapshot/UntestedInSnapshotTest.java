package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.gapexplorer.model.Meaning;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What to test next. */
class UntestedInSnapshotTest {
    private static final String LABEL = "kinds of cheese";
    /** Fires on no item of the study. */
    private static final int SILENT = 3 * 49;

    @TempDir
    Path folder;

    @Test
    void aConceptThatFiresNowhereInTheStudyIsMissingToo() {
        GeneratedRun run = new GeneratedRun(3, 2, 20, 50, 1, 8);
        run.concepts.replaceAll(c -> c.concept() == SILENT ? meant(c) : c);
        assertThat(run.saliency).noneMatch(s -> s.concept() == SILENT);
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        try (Snapshots snapshots = Snapshots.open(folder.resolve("snapshots"));
                Snapshot snapshot = snapshots.current().orElseThrow();
                Meaning meaning = Meaning.open()) {
            Untested first =
                    snapshot.untested("b0", List.of(meaning.of(LABEL)), 5).getFirst();
            assertThat(first.concept().concept()).isEqualTo(SILENT);
            // the label says what the scope says; 3 = log10(10 / 0.01), the most there is
            assertThat(first.nearness()).isCloseTo(1, within(0.05));
            assertThat(first.score()).isCloseTo(3 * Math.pow(first.nearness(), 3), within(1e-9));
            assertThat(first.concept().coverage().get("b0").status()).isEqualTo(Status.MISSING);
        }
    }

    private static RunFolder.Concept meant(RunFolder.Concept c) {
        return GeneratedRun.changed(c, LABEL, 0.9, "meaning", false);
    }
}
