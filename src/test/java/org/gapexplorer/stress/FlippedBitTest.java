package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bit of a snapshot turned round, anywhere, {@code -Dgapx.rounds} times: verifying finds it, opening never does worse than refuse. */
@Tag("long")
class FlippedBitTest {
    @TempDir
    Path folder;

    @Test
    void verifyingFindsEveryFlippedBit() throws IOException {
        Path run = new GeneratedRun(5, 3, 40, 200, 2, 10).write(folder.resolve("run"), "Generated");
        Path snapshots = folder.resolve("snapshots");
        Path snapshot = snapshots.resolve(SnapshotBuilder.build(run, snapshots, Progress.SILENT));
        List<Path> files;
        try (Stream<Path> all = Files.walk(snapshot)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Random random = new Random(Stress.SEED);
        int rounds = Stress.rounds(2_000);
        Map<String, Integer> opened = new TreeMap<>();
        for (int i = 0; i < rounds; i++) {
            Path file = files.get(random.nextInt(files.size()));
            long place = (long) (random.nextDouble() * Files.size(file));
            int bit = 1 << random.nextInt(8);
            flip(file, place, bit);
            assertThatThrownBy(() -> SnapshotVerifier.verify(snapshot))
                    .as(file + " at " + place + " bit " + bit)
                    .isInstanceOf(Problem.class);
            if (opens(snapshots))
                opened.merge(file.getFileName().toString().replaceFirst("^[^.]*", "*"), 1, Integer::sum);
            flip(file, place, bit);
        }
        SnapshotVerifier.verify(snapshot);
        Stress.say(
                "%d flipped bits, seed %d: verifying found all; opening did not notice in %s",
                rounds, Stress.SEED, opened);
        assertThat(opens(snapshots)).isTrue();
    }

    private static boolean opens(Path snapshots) {
        try (Snapshots opened = Snapshots.open(snapshots)) {
            return opened.current()
                    .map(s -> {
                        s.close();
                        return true;
                    })
                    .orElse(false);
        } catch (Problem e) {
            return false;
        }
    }

    private static void flip(Path file, long place, int bit) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(place);
            int was = bytes.read();
            bytes.seek(place);
            bytes.write(was ^ bit);
        }
    }
}
