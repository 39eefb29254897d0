package org.gapexplorer.explorer.concept;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.nio.file.Path;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConceptDetailTest {
    private static final int CONCEPT = 3;

    @Test
    void ownPromptsAreNoBenchmarkThatHoldsAConcept(@TempDir Path folder) {
        GeneratedRun run = new GeneratedRun(7, 4, 20, 40, 1, 10);
        run.setKind("b2", "traffic");
        run.setKind("b3", "reference");
        run.coverage.removeIf(c -> c.concept() == CONCEPT);
        for (String b : new String[] {"b1", "b2", "b3"}) {
            run.coverage.add(new RunFolder.Coverage(b, CONCEPT, 1, 2, 5, "present"));
        }
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        try (Snapshots all = Snapshots.open(folder.resolve("snapshots"));
                Snapshot snapshot = all.current().orElseThrow()) {
            ConceptDetail detail = ConceptDetail.of(
                    snapshot,
                    Names.of(snapshot),
                    snapshot.concept(CONCEPT).orElseThrow(),
                    new Params(new MultivaluedHashMap<>()),
                    new Url("/concepts/" + CONCEPT),
                    new Links("", ""));
            assertThat(detail.figures().get(1).note()).isEqualTo("in 1 of 2 benchmarks");
            assertThat(detail.byBenchmark().rows()).hasSize(4);
        }
    }
}
