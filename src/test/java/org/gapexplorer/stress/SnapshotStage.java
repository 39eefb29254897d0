package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.snapshot.Snapshots;

/** {@code gapx snapshot build}. Stopped, it leaves what was published as it was, or the new one, whole. */
record SnapshotStage(Path run) implements Stage {
    @Override
    public List<String> words(Path out) {
        return List.of("snapshot", "build", run.toString(), "--out", out.toString());
    }

    @Override
    public void afterStop(Path out) throws Exception {
        if (!Files.exists(out.resolve("current"))) return;
        String version = Files.readString(out.resolve("current")).strip();
        SnapshotVerifier.verify(out.resolve(version));
        try (Snapshots opened = Snapshots.open(out);
                Snapshot snapshot = opened.current().orElseThrow()) {
            assertThat(snapshot.version()).isEqualTo(version);
        }
    }

    @Override
    public List<String> result(Path out) throws Exception {
        afterStop(out);
        List<String> rows = new ArrayList<>();
        try (Snapshots opened = Snapshots.open(out);
                Snapshot snapshot = opened.current().orElseThrow()) {
            ConceptQuery all = ConceptQuery.all().build();
            snapshot.forEachConcept(all, Integer.MAX_VALUE, row -> {
                rows.add(text(row));
                rows.add(text(snapshot.concept(row.concept())));
            });
            rows.add(text(snapshot.benchmarks()));
            rows.add(text(snapshot.models()));
            rows.add(text(snapshot.families()));
            rows.add(text(snapshot.overlap()));
        }
        return rows;
    }

    private static String text(Object value) {
        try {
            return new ObjectMapper().findAndRegisterModules().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
