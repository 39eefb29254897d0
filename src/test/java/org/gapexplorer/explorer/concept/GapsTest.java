package org.gapexplorer.explorer.concept;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.nio.file.Path;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapsTest {
    private static Gaps gaps(Snapshot snapshot, String model, String benchmark) {
        MultivaluedHashMap<String, String> query = new MultivaluedHashMap<>();
        query.putSingle("benchmark", benchmark);
        return Gaps.of(
                snapshot,
                Names.of(snapshot),
                new Links("", ""),
                new Params(query),
                new Url("/models/" + model, query),
                snapshot.model(model).orElseThrow(),
                false,
                5);
    }

    @Test
    void aBenchmarkThatTheModelWasNotScoredOnIsNoMatterOfSupport(@TempDir Path folder) {
        GeneratedRun run = new GeneratedRun(7, 3, 20, 40, 2, 10);
        run.models.removeIf(m -> m.model().equals("m0") && m.benchmark().equals("b2"));
        run.performance.removeIf(p -> p.model().equals("m0") && p.benchmark().equals("b2"));
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        try (Snapshots all = Snapshots.open(folder.resolve("snapshots"));
                Snapshot snapshot = all.current().orElseThrow()) {
            assertThat(gaps(snapshot, "m0", "b2").unscored()).isEqualTo("Benchmark 2");
            assertThat(gaps(snapshot, "m0", "b1").unscored()).isEmpty();
            assertThat(gaps(snapshot, "m1", "b2").unscored()).isEmpty();
            assertThat(gaps(snapshot, "m0", "").unscored()).isEmpty();
        }
    }
}
