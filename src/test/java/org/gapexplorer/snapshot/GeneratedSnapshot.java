package org.gapexplorer.snapshot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot of a generated run, with the run's own rows to compare with; built once for each test class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GeneratedSnapshot {
    GeneratedRun run;
    Snapshot snapshot;
    Path folder;
    Map<String, RunFolder.Coverage> coverageOf;
    Map<String, RunFolder.Performance> performanceOf;
    private Snapshots snapshots;

    @BeforeAll
    void build(@TempDir Path folder) {
        this.folder = folder;
        run = new GeneratedRun(7, 4, 60, 400, 3, 25);
        coverageOf = run.coverage.stream().collect(Collectors.toMap(c -> c.benchmark() + c.concept(), c -> c));
        performanceOf = run.performance.stream()
                .collect(Collectors.toMap(p -> p.model() + p.benchmark() + "/" + p.concept(), p -> p));
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Tiny"), folder.resolve("snapshots"), Progress.SILENT);
        snapshots = Snapshots.open(folder.resolve("snapshots"));
        snapshot = snapshots.current().orElseThrow();
    }

    @AfterAll
    void close() {
        snapshot.close();
        snapshots.close();
    }

    final RunFolder.Concept concept(int id) {
        return run.concepts.get(id / 3);
    }

    final double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    final double coverage(String benchmark, int concept, ToDoubleFunction<RunFolder.Coverage> column) {
        RunFolder.Coverage row = coverageOf.get(benchmark + concept);
        return row == null ? Double.NaN : column.applyAsDouble(row);
    }

    final List<RunFolder.Coverage> coverage(String benchmark, Predicate<RunFolder.Coverage> wanted) {
        return run.coverage.stream()
                .filter(c -> c.benchmark().equals(benchmark) && wanted.test(c))
                .toList();
    }

    final double value(String model, String benchmark, int concept, ToDoubleFunction<RunFolder.Performance> column) {
        RunFolder.Performance row = performanceOf.get(model + benchmark + "/" + concept);
        return row == null ? Double.NaN : column.applyAsDouble(row);
    }

    final List<RunFolder.Performance> performance(
            String model, String benchmark, Predicate<RunFolder.Performance> wanted) {
        return run.performance.stream()
                .filter(p -> p.model().equals(model) && p.benchmark().equals(benchmark) && wanted.test(p))
                .toList();
    }

    final double score(String benchmark, String item, String model) {
        return run.scores.stream()
                .filter(s -> s.benchmark().equals(benchmark)
                        && s.item().equals(item)
                        && s.model().equals(model))
                .mapToDouble(RunFolder.Score::score)
                .findFirst()
                .orElse(Double.NaN);
    }
}
