package org.gapexplorer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.gapexplorer.cli.SmallDisk;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    @TempDir
    Path folder;

    @Test
    void rowsComeBackAsTheyWent() {
        var items = List.of(
                new RunFolder.Item(
                        "a",
                        "1",
                        0,
                        "q'; DROP TABLE t",
                        "p\u0000\uD83D\uDE00",
                        new int[] {0, 4},
                        List.of("x", "y"),
                        1,
                        "c",
                        3,
                        true),
                new RunFolder.Item("a", "2", 1, "", "", new int[0], null, null, null, 0, false));
        Path file = folder.resolve("datapoints.parquet");
        RunFolder.DATAPOINTS.write(file, items);
        assertThat(RunFolder.DATAPOINTS.read(file)).usingRecursiveComparison().isEqualTo(items);
        var scores = List.of(
                new RunFolder.Score("a", "1", "m", Double.NaN, null, Double.NaN),
                new RunFolder.Score("a", "2", "m", 0.25, "B", -1e-300));
        RunFolder.SCORES.write(folder.resolve("s.parquet"), scores);
        assertThat(RunFolder.SCORES.read(folder.resolve("s.parquet"))).isEqualTo(scores);
    }

    @Test
    void arraysOfDifferentLengthsComeBack() {
        var rows = List.of(
                new RunFolder.Example("a", "1", 7, new int[] {0, 3, 5, 9}, new float[] {1.5f, 0.25f}),
                new RunFolder.Example("a", "2", 7, new int[0], new float[0]));
        RunFolder.EXAMPLES.write(folder.resolve("e.parquet"), rows);
        assertThat(RunFolder.EXAMPLES.read(folder.resolve("e.parquet")))
                .usingRecursiveComparison()
                .isEqualTo(rows);
    }

    @Test
    void sameRowsGiveTheSameBytesAndPartsAreReadInOrder() throws Exception {
        List<RunFolder.Saliency> rows = IntStream.range(0, 5000)
                .mapToObj(i -> new RunFolder.Saliency("b", "i" + i, i % 97, i * 0.5f, i, i % 40))
                .toList();
        Path one = folder.resolve("part-00000.parquet");
        Path two = folder.resolve("part-00001.parquet");
        RunFolder.SALIENCY.write(one, rows);
        RunFolder.SALIENCY.write(two, rows);
        assertThat(Files.mismatch(one, two)).isEqualTo(-1);
        var both = RunFolder.SALIENCY.read(folder.resolve("part-*.parquet"));
        assertThat(both).hasSize(10_000).startsWith(rows.toArray(RunFolder.Saliency[]::new));
    }

    /** The columns that runs had before benchmarks had canaries. */
    record BenchmarkOfBefore(
            String benchmark,
            String title,
            String scope,
            String licence,
            String citation,
            String kind,
            String visibility,
            double chance,
            int n,
            double missingLive,
            double missingAll,
            double missingRarefied,
            int rarefiedTo) {}

    @Test
    void aTableOfARunOfBeforeIsReadWithoutTheColumnsThatCameLater() {
        Path file = folder.resolve("benchmarks.parquet");
        Table.of(BenchmarkOfBefore.class)
                .write(
                        file,
                        List.of(new BenchmarkOfBefore(
                                "b", "B", "s", "CC0", null, "suite", "public", 0.25, 3, 0.1, 0.2, 0.3, 3)));
        assertThat(RunFolder.BENCHMARKS.read(file))
                .containsExactly(new RunFolder.BenchmarkFacts(
                        "b", "B", "s", "CC0", null, "suite", "public", 0.25, 3, 0.1, 0.2, 0.3, 3, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4k", "64k"})
    void aFullDiskIsToldInTheSystemsWords(String size) throws Exception {
        Random random = new Random(1);
        List<RunFolder.Saliency> rows = IntStream.range(0, 20_000)
                .mapToObj(i -> new RunFolder.Saliency("b", Long.toHexString(random.nextLong()), i, i, i, i))
                .toList();
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), size)) {
            Path file = disk.folder().resolve("part-00000.parquet");
            assertThatThrownBy(() -> RunFolder.SALIENCY.write(file, rows))
                    .isInstanceOf(Problem.class)
                    .hasMessage(
                            file + ": cannot be written (No space left on device); free some space or choose a folder"
                                    + " you may write to; nothing half-written was left");
            assertThat(disk.folder()).isEmptyDirectory();
        }
    }

    @Test
    void aDamagedTableIsOneMessage() throws Exception {
        Path file = folder.resolve("scores.parquet");
        Files.writeString(file, "PAR1 but not really");
        assertThatThrownBy(() -> RunFolder.SCORES.read(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("scores.parquet");
        assertThatThrownBy(() -> RunFolder.SCORES.read(folder.resolve("none.parquet")))
                .isInstanceOf(Problem.class);
    }
}
