package org.gapexplorer.explorer.next;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextViewTest {
    @TempDir
    Path folder;

    private void with(GeneratedRun run, Consumer<Snapshot> look) {
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        try (Snapshots all = Snapshots.open(folder.resolve("snapshots"));
                Snapshot snapshot = all.current().orElseThrow()) {
            look.accept(snapshot);
        }
    }

    private static String shown(Snapshot snapshot, String asked) {
        MultivaluedHashMap<String, String> params = new MultivaluedHashMap<>();
        if (asked != null) params.putSingle("benchmark", asked);
        return NextView.benchmark(snapshot, Names.of(snapshot), new Params(params))
                .id();
    }

    private static List<String> offered(Snapshot snapshot, String shown) {
        return NextView.options(snapshot, Names.of(snapshot), shown).stream()
                .map(Option::value)
                .toList();
    }

    @Test
    void ownPromptsAreNotOfferedButAnswered() {
        GeneratedRun run = new GeneratedRun(7, 4, 20, 40, 1, 10);
        run.setKind("b0", "traffic");
        run.setKind("b3", "reference");
        with(run, snapshot -> {
            assertThat(shown(snapshot, null)).isEqualTo("b1");
            assertThat(offered(snapshot, "b1")).containsExactly("b1", "b2");
            assertThat(shown(snapshot, "b0")).isEqualTo("b0");
            assertThat(offered(snapshot, "b0")).containsExactly("b1", "b2", "b0");
        });
    }

    @Test
    void aStudyOfOwnPromptsAloneOffersThem() {
        GeneratedRun run = new GeneratedRun(7, 2, 20, 40, 1, 10);
        run.setKind("b0", "traffic");
        run.setKind("b1", "traffic");
        with(run, snapshot -> {
            assertThat(shown(snapshot, null)).isEqualTo("b0");
            assertThat(offered(snapshot, "b0")).containsExactly("b0", "b1");
        });
    }
}
