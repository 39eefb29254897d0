package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    @TempDir
    Path folder;

    Path published;

    @BeforeEach
    void name() {
        published = folder.resolve("snapshots");
    }

    @Test
    void anEmptyFolderHasNoCurrentSnapshotUntilOneIsPublished() {
        try (Snapshots snapshots = Snapshots.open(published)) {
            assertThat(snapshots.current()).isEmpty();
            String version = publish(1);
            snapshots.refresh();
            try (Snapshot snapshot = snapshots.current().orElseThrow()) {
                assertThat(snapshot.version()).isEqualTo(version);
            }
            assertThat(snapshots.versions()).containsExactly(version);
        }
    }

    @Test
    void readersMoveToEachNewVersionAndNeverMeetHalfOfOne() throws Exception {
        publish(1);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (Snapshots snapshots = Snapshots.open(published)) {
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(Thread.ofPlatform().start(() -> {
                    while (!stop.get()) {
                        try (Snapshot snapshot = snapshots.current().orElseThrow()) {
                            int items = snapshot.study().counts().datapoints();
                            int found = snapshot.datapoints(DatapointQuery.ALL)
                                    .total()
                                    .atLeast();
                            if (items != found
                                    || snapshot.concepts(ConceptQuery.all().build())
                                                    .total()
                                                    .atLeast()
                                            != 20) {
                                failures.add(new AssertionError(items + " items, found " + found));
                            }
                        } catch (RuntimeException e) {
                            failures.add(e);
                        }
                    }
                }));
            }
            for (int seed = 2; seed < 6; seed++) {
                String version = publish(seed);
                snapshots.refresh();
                try (Snapshot snapshot = snapshots.current().orElseThrow()) {
                    assertThat(snapshot.version()).isEqualTo(version);
                    assertThat(snapshot.study().counts().datapoints()).isEqualTo(2 * seed);
                }
            }
            stop.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aPinnedVersionStaysReadableAndHostileVersionsLeadNowhere() {
        String first = publish(1);
        String second = publish(2);
        try (Snapshots snapshots = Snapshots.open(published)) {
            assertThat(snapshots.versions()).containsExactlyInAnyOrder(first, second);
            try (Snapshot old = snapshots.at(first).orElseThrow()) {
                assertThat(old.study().title()).isEqualTo("Run 1");
            }
            for (String hostile :
                    new String[] {"", "..", "../snapshots", "/etc", "a/b", "\0", "x".repeat(5_000), null}) {
                assertThat(snapshots.at(hostile)).isEmpty();
            }
        }
    }

    @Test
    void theSameRunIsNotBuiltTwice() {
        assertThat(publish(1)).isEqualTo(publish(1));
        assertThat(publish(2)).isNotEqualTo(publish(1));
    }

    @Test
    void whateverIsBrokenIsNamedAndNotOpened() throws IOException {
        Path home = published.resolve(publish(1));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] sound = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(sound, sound.length / 2));
                assertNamed(home, file);
                byte[] changed = sound.clone();
                changed[sound.length / 2] ^= 1;
                if (!file.getFileName().toString().equals(SnapshotFiles.MANIFEST)) {
                    Files.write(file, changed);
                    assertNamed(home, file);
                }
                Files.delete(file);
                assertNamed(home, file);
                Files.write(file, sound);
            }
        }
        Files.writeString(home.resolve("stranger"), "x");
        assertNamed(home, home.resolve("stranger"));
        Files.delete(home.resolve("stranger"));
        EditedManifest.edit(home, manifest -> manifest.put("format", 99));
        assertThatThrownBy(() -> SnapshotVerifier.verify(home))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("99");
        assertThatThrownBy(() -> Snapshots.open(published)).isInstanceOf(Problem.class);
    }

    @Test
    void aBrokenNewVersionLeavesTheOldOneInPlace() throws IOException {
        String first = publish(1);
        try (Snapshots snapshots = Snapshots.open(published)) {
            String second = publish(2);
            Path study = published.resolve(second).resolve(SnapshotFiles.STUDY);
            try (FileChannel file = FileChannel.open(study, StandardOpenOption.WRITE)) {
                file.truncate(10);
            }
            snapshots.refresh();
            assertThat(snapshots.trouble().orElseThrow()).hasMessageContaining(SnapshotFiles.STUDY);
            try (Snapshot snapshot = snapshots.current().orElseThrow()) {
                assertThat(snapshot.version()).isEqualTo(first);
            }
        }
    }

    @Test
    void aVersionThatWasMendedIsTakenThoughItWasRefusedBefore() throws IOException {
        publish(1);
        try (Snapshots snapshots = Snapshots.open(published)) {
            String second = publish(2);
            Path manifest = published.resolve(second).resolve(SnapshotFiles.MANIFEST);
            byte[] sound = Files.readAllBytes(manifest);
            Files.write(manifest, new byte[10]);
            snapshots.refresh();
            assertThat(snapshots.trouble()).isPresent();
            Files.write(manifest, sound);
            snapshots.refresh();
            assertThat(snapshots.trouble()).isEmpty();
            try (Snapshot snapshot = snapshots.current().orElseThrow()) {
                assertThat(snapshot.version()).isEqualTo(second);
            }
        }
    }

    @Test
    void aPointerSetBackAfterABrokenVersionEndsTheTrouble() throws IOException {
        String first = publish(1);
        try (Snapshots snapshots = Snapshots.open(published)) {
            Files.writeString(published.resolve(SnapshotFiles.CURRENT), "no-such-version");
            snapshots.refresh();
            assertThat(snapshots.trouble()).isPresent();
            Files.writeString(published.resolve(SnapshotFiles.CURRENT), first);
            snapshots.refresh();
            assertThat(snapshots.trouble()).isEmpty();
        }
    }

    @Test
    void aRemovedVersionIsReadToTheEndByWhoReadsItAndIsNotThereForOthers() throws IOException {
        String first = publish(1);
        String second = publish(2);
        try (Snapshots snapshots = Snapshots.open(published)) {
            try (Snapshot old = snapshots.at(first).orElseThrow()) {
                FileUtils.deleteDirectory(published.resolve(first).toFile());
                assertThat(snapshots.at(first)).isEmpty();
                assertThat(old.concepts(ConceptQuery.all().build()).rows()).isNotEmpty();
            }
            FileUtils.deleteDirectory(published.resolve(second).toFile());
            snapshots.refresh();
            assertThat(snapshots.trouble().orElseThrow()).hasMessageContaining("removed");
            try (Snapshot still = snapshots.current().orElseThrow()) {
                assertThat(still.concepts(ConceptQuery.all().build()).rows()).isNotEmpty();
            }
        }
    }

    @Test
    void aFolderThatHoldsAnotherVersionThanItsNameIsRefused() throws IOException {
        String first = publish(1);
        FileUtils.copyDirectory(
                published.resolve(first).toFile(), published.resolve("copy").toFile());
        try (Snapshots snapshots = Snapshots.open(published)) {
            assertThatThrownBy(() -> snapshots.at("copy"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(first);
        }
    }

    @Test
    void aVersionReplacedInPlaceIsReadAgain() throws IOException {
        String first = publish(1);
        Path home = published.resolve(first);
        try (Snapshots snapshots = Snapshots.open(published)) {
            Path study = home.resolve(SnapshotFiles.STUDY);
            Path other = folder.resolve("other");
            FileUtils.copyDirectory(home.toFile(), other.toFile());
            FileUtils.deleteDirectory(home.toFile());
            Files.move(other, home);
            Files.writeString(study, "changed");
            snapshots.refresh();
            assertThat(snapshots.trouble().orElseThrow()).hasMessageContaining(SnapshotFiles.STUDY);
            try (Snapshot still = snapshots.current().orElseThrow()) {
                assertThat(still.study().title()).isEqualTo("Run 1");
            }
        }
    }

    @Test
    void thePointerMayBeALinkToAFolderBesideItAndToNoOther() throws IOException {
        String first = publish(1);
        Path pointer = published.resolve(SnapshotFiles.CURRENT);
        Files.delete(pointer);
        Files.createSymbolicLink(pointer, Path.of(first));
        try (Snapshots snapshots = Snapshots.open(published)) {
            try (Snapshot snapshot = snapshots.current().orElseThrow()) {
                assertThat(snapshot.version()).isEqualTo(first);
            }
            assertThat(snapshots.at(SnapshotFiles.CURRENT)).isEmpty();
        }
        Path elsewhere = folder.resolve("elsewhere").resolve(first);
        FileUtils.copyDirectory(published.resolve(first).toFile(), elsewhere.toFile());
        Files.delete(pointer);
        Files.createSymbolicLink(pointer, elsewhere);
        assertThatThrownBy(() -> Snapshots.open(published))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("names no version");
    }

    @Test
    void aFailedBuildPublishesNothing() throws IOException {
        publish(1);
        String before = Files.readString(published.resolve(SnapshotFiles.CURRENT));
        Path run = run(2);
        Files.writeString(run.resolve("scores.parquet"), "not a table");
        assertThatThrownBy(() -> SnapshotBuilder.build(run, published, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("scores.parquet");
        assertThat(Files.readString(published.resolve(SnapshotFiles.CURRENT))).isEqualTo(before);
        try (Stream<Path> left = Files.list(published)) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder(before.strip(), SnapshotFiles.CURRENT, ".lock");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> SnapshotBuilder.build(run(1), file.resolve("snapshots"), Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> SnapshotBuilder.build(folder.resolve("nowhere"), published, Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("run.json");
    }

    @Test
    void aClosedSnapshotSaysSo() {
        publish(1);
        try (Snapshots snapshots = Snapshots.open(published)) {
            Snapshot snapshot = snapshots.current().orElseThrow();
            snapshot.close();
            snapshot.close();
            assertThatThrownBy(snapshot::study).isInstanceOf(IllegalStateException.class);
            try (Snapshot again = snapshots.current().orElseThrow()) {
                assertThat(again.concepts(ConceptQuery.all().build()).rows()).isNotEmpty();
            }
        }
    }

    private static void assertNamed(Path home, Path file) {
        assertThatThrownBy(() -> SnapshotVerifier.verify(home))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(file.getFileName().toString());
    }

    private String publish(int seed) {
        return SnapshotBuilder.build(run(seed), published, Progress.SILENT);
    }

    /** Two benchmarks of {@code seed} items each. */
    private Path run(int seed) {
        return new GeneratedRun(seed, 2, seed, 20, 1, 5).write(folder.resolve("run-" + seed), "Run " + seed);
    }
}
