package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bit of one file is wrong: both ways of looking at a snapshot name the file. */
class FlippedBitTest {
    private static final int FLIPS_PER_FILE = 3;

    @TempDir
    Path folder;

    @Test
    void aFlippedBitAnywhereIsFoundByVerifyAndAtOpening() throws IOException {
        Path run = new GeneratedRun(3, 2, 10, 40, 2, 5).write(folder.resolve("run"), "Run");
        Files.createDirectories(run.resolve("lens"));
        Files.write(run.resolve("lens/model.onnx"), new byte[50_000]);
        Path home = folder.resolve("snapshots")
                .resolve(SnapshotBuilder.build(run, folder.resolve("snapshots"), Progress.SILENT));
        List<Path> files;
        try (Stream<Path> all = Files.walk(home)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files)
                .extracting(f -> f.getFileName().toString())
                .contains("manifest.json", "manifest.sha256", "study.json", "model.onnx", "segments_1");
        Random random = new Random(20261122);
        for (Path file : files) {
            for (int i = 0; i < FLIPS_PER_FILE; i++) {
                flip(file, random, home);
            }
        }
        assertThat(SnapshotVerifier.verify(home)).isEqualTo(SnapshotVerifier.verifyToOpen(home));
    }

    private static void flip(Path file, Random random, Path home) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long place = random.nextLong(bytes.length());
            int bit = 1 << random.nextInt(8);
            turn(bytes, place, bit);
            String what = file.getFileName() + ", bit " + bit + " of byte " + place;
            // a sum that is wrong says that the manifest it is of is not the one that was written
            String named = file.getFileName().toString().replace("manifest.sha256", "manifest.json");
            assertThatThrownBy(() -> SnapshotVerifier.verify(home), what)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(named);
            assertThatThrownBy(() -> new SnapshotIndex(home), what)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(named);
            turn(bytes, place, bit);
        }
    }

    private static void turn(RandomAccessFile bytes, long place, int bit) throws IOException {
        bytes.seek(place);
        int old = bytes.read();
        bytes.seek(place);
        bytes.write(old ^ bit);
    }
}
