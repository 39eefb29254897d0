package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team's own prompts in a study: seen through the lens like a benchmark, and no part of the suite. */
class TrafficTest {
    @TempDir
    Path folder;

    private static SmallStudy study(Path folder) throws IOException {
        return new SmallStudy(Files.createDirectory(folder)).with("study: small", "study: small\ndictionary: all");
    }

    private static List<RunFolder.Coverage> suite(RunFolder run) {
        return RunFolder.COVERAGE.read(run.coverage()).stream()
                .filter(c -> c.benchmark().equals(RunFolder.ALL))
                .toList();
    }

    @Test
    void trafficAndReferenceTakeNoPartInTheSuiteAndShowAsWhatTheyAre() throws IOException {
        SmallStudy without = study(folder.resolve("without"));
        assertThat(without.run().code()).isZero();
        SmallStudy with = study(folder.resolve("with"));
        for (String kind : List.of("traffic", "reference")) {
            Files.writeString(with.folder.resolve(kind + ".jsonl"), """
                    {"item": "1", "question": "Please cancel my flight to Lisbon and send the money back."}
                    {"item": "2", "question": "The bicycle's chain squeaks in the rain."}
                    """);
        }
        with.with("models:", """
                  - id: tickets
                    kind: traffic
                    visibility: ids-only
                    files: {items: file:traffic.jsonl}
                    sql: "FROM read_json(getvariable('items'))"
                  - id: web
                    scope: Any text.
                    kind: reference
                    files: {items: file:reference.jsonl}
                    sql: "FROM read_json(getvariable('items'))"
                models:""");
        Called called = with.run();
        assertThat(called.code()).as(called.err()).isZero();

        var run = new RunFolder(with.out);
        assertThat(suite(run)).isNotEmpty().isEqualTo(suite(new RunFolder(without.out)));
        assertThat(RunFolder.BENCHMARKS.read(run.benchmarks()))
                .extracting(RunFolder.BenchmarkFacts::benchmark, RunFolder.BenchmarkFacts::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("facts", "suite"),
                        org.assertj.core.groups.Tuple.tuple("tickets", "traffic"),
                        org.assertj.core.groups.Tuple.tuple("web", "reference"));
        // compared at the size of the smallest benchmark of the suite, not of two tickets
        assertThat(RunFolder.BENCHMARKS.read(run.benchmarks()))
                .extracting(RunFolder.BenchmarkFacts::rarefiedTo)
                .containsOnly(3);
        assertThat(RunFolder.COVERAGE.read(run.coverage()))
                .filteredOn(c -> c.benchmark().equals("tickets") && c.support() > 0)
                .isNotEmpty();
        assertThat(RunFolder.PERFORMANCE.read(run.performance()))
                .noneMatch(p -> p.benchmark().equals("tickets") || p.benchmark().equals("web"));
    }
}
