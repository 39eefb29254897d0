package org.gapexplorer.explorer.overview;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.view.Figure;
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

class OverviewViewTest {
    @TempDir
    Path folder;

    @Test
    void whereEveryLiveConceptFiresThoseThatNeverDoAreCounted() {
        GeneratedRun run = new GeneratedRun(11, 4, 30, 200, 2, 25);
        assertThat(livesWithoutItems(run)).isZero();
        overview(run, view -> {
            // of 200 concepts every fiftieth is dead
            assertThat(view.figures())
                    .contains(new Figure(
                            "Never fire in the study",
                            "4",
                            "2.0% of the dictionary, which no benchmark touches",
                            "",
                            "missing"))
                    .noneMatch(f -> f.name().equals("Missing from the suite"));
            assertThat(view.missingHref()).isEmpty();
        });
    }

    @Test
    void liveConceptsThatNoBenchmarkHasAreMissingFromTheSuite() {
        GeneratedRun run = new GeneratedRun(11, 2, 10, 200, 1, 5);
        long missing = livesWithoutItems(run);
        assertThat(missing).isPositive();
        overview(run, view -> {
            Figure figure = view.figures().getLast();
            assertThat(figure.name()).isEqualTo("Missing from the suite");
            assertThat(figure.value()).isEqualTo(String.valueOf(missing));
            assertThat(figure.link()).isEqualTo("/concepts?status=missing");
            assertThat(view.missingHref()).contains("status=missing", "kind=meaning");
        });
    }

    @Test
    void ownPromptsAndReferencesDoNotCountAsBenchmarks() {
        GeneratedRun run = new GeneratedRun(11, 4, 30, 200, 2, 25);
        overview(
                run,
                view -> assertThat(view.figures().getFirst())
                        .isEqualTo(new Figure("Benchmarks", "4", "120 items", "/benchmarks", "items")));
        run.setKind("b1", "traffic");
        run.setKind("b2", "reference");
        overview(
                run,
                view -> assertThat(view.figures().getFirst())
                        .isEqualTo(new Figure(
                                "Benchmarks",
                                "2",
                                "120 items, with 2 sets outside the suite",
                                "/benchmarks",
                                "items")));
    }

    private static long livesWithoutItems(GeneratedRun run) {
        Set<Integer> fire =
                run.saliency.stream().map(RunFolder.Saliency::concept).collect(Collectors.toSet());
        return run.concepts.stream()
                .filter(c -> c.live() && !fire.contains(c.concept()))
                .count();
    }

    private void overview(GeneratedRun run, Consumer<OverviewView> look) {
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        try (Snapshots snapshots = Snapshots.open(folder.resolve("snapshots"));
                Snapshot snapshot = snapshots.current().orElseThrow()) {
            look.accept(OverviewView.of(
                    snapshot,
                    Names.of(snapshot),
                    new Links("", ""),
                    new Params(new MultivaluedHashMap<>()),
                    new Url("/")));
        }
    }
}
