package org.gapexplorer.snapshot.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing to a folder, and to a bucket of a real S3 server whose objects are files that can be looked at. */
class PublishTest {
    private static final List<Path> SNAPSHOTS = new ArrayList<>();

    @TempDir
    static Path work;

    private static S3Server server;
    private static int targets;

    @BeforeAll
    static void threeSnapshotsAndAServer() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            Path run = new GeneratedRun(seed, 2, seed, 20, 1, 5).write(work.resolve("run-" + seed), "Run " + seed);
            Path snapshots = work.resolve("built-" + seed);
            SNAPSHOTS.add(snapshots.resolve(SnapshotBuilder.build(run, snapshots, Progress.SILENT)));
            Thread.sleep(1_100); // versions are named by the second
        }
        server = S3Server.start(Files.createDirectory(work.resolve("s3")));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    enum Kind {
        FOLDER,
        BUCKET
    }

    /** An empty place of its own. */
    private record Target(Kind kind, String name) {
        static Target of(Kind kind) {
            return new Target(kind, "target-" + targets++);
        }

        String address() {
            return kind == Kind.FOLDER ? work.resolve(name).toString() : "s3://" + S3Server.BUCKET + "/all/" + name;
        }

        Store open() {
            return Store.at(address(), kind == Kind.FOLDER ? null : server.endpoint());
        }

        Path place() {
            return kind == Kind.FOLDER ? work.resolve(name) : server.object("all/" + name);
        }

        Publisher.Published publish(Path snapshot) {
            try (Store store = open()) {
                return new Publisher(store).publish(snapshot, Progress.SILENT);
            }
        }

        String pointer() throws IOException {
            return Files.readString(place().resolve("current"));
        }
    }

    private static String version(Path snapshot) {
        return snapshot.getFileName().toString();
    }

    private static void assertSame(Path published, Path built) throws IOException {
        assertThat(files(published)).isEqualTo(files(built));
        for (String name : files(built)) {
            assertThat(published.resolve(name)).hasSameBinaryContentAs(built.resolve(name));
        }
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPublishedIsByteForByteWhatWasBuiltAndThePointerNamesIt(Kind kind) throws IOException {
        Target target = Target.of(kind);
        for (Path snapshot : SNAPSHOTS.subList(0, 2)) {
            target.publish(snapshot);
            assertSame(target.place().resolve(version(snapshot)), snapshot);
            assertThat(target.pointer()).isEqualTo(version(snapshot) + "\n");
        }
        try (Store store = target.open()) {
            assertThat(store.editions())
                    .extracting(Edition::version)
                    .containsExactly(version(SNAPSHOTS.get(1)), version(SNAPSHOTS.get(0)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void publishingAgainSendsNothingAndMendsWhatWasDamaged(Kind kind) throws Exception {
        Target target = Target.of(kind);
        Path snapshot = SNAPSHOTS.getFirst();
        target.publish(snapshot);
        Path there = target.place().resolve(version(snapshot));
        Path study = there.resolve("study.json");
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(study, longAgo);
        target.publish(snapshot);
        assertThat(Files.getLastModifiedTime(study)).isEqualTo(longAgo);

        damage(target, study);
        Files.delete(there.resolve("families.json"));
        target.publish(snapshot);
        assertSame(there, snapshot);
    }

    /** Through the service's own door in a bucket: it keeps a checksum of each object, and answers for what lies on its disks. */
    private static void damage(Target target, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 4;
        if (target.kind == Kind.FOLDER) {
            Files.write(file, bytes);
        } else {
            try (Bucket bucket = Bucket.open(BucketAddress.parse(target.address()), server.endpoint())) {
                bucket.put(target.place().relativize(file).toString(), bytes, Bucket.Condition.NONE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnInterruptedPublisherLeftIsTakenUp(Kind kind) throws Exception {
        Target target = Target.of(kind);
        Path snapshot = SNAPSHOTS.getFirst();
        target.publish(snapshot);
        Path there = target.place().resolve(version(snapshot));
        FileUtils.delete(target.place().resolve("current").toFile());
        FileUtils.delete(there.resolve("manifest.json").toFile());
        FileUtils.delete(there.resolve("bulk/concepts.parquet").toFile());
        try (Store store = target.open()) {
            assertThat(store.editions()).isEmpty();
            assertThat(store.current()).isEmpty();
        }
        target.publish(snapshot);
        assertSame(there, snapshot);
        assertThat(target.pointer().strip()).isEqualTo(version(snapshot));
    }

    @ParameterizedTest
    @EnumSource
    void aPublishedVersionIsNeverReplacedByAnotherOfItsName(Kind kind) throws Exception {
        Target target = Target.of(kind);
        Path snapshot = SNAPSHOTS.getFirst();
        target.publish(snapshot);
        Path forged = otherOfTheSameName(snapshot);
        assertThatThrownBy(() -> target.publish(forged))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("another snapshot under the same version");
        assertSame(target.place().resolve(version(snapshot)), snapshot);

        Files.delete(target.place().resolve(version(snapshot)).resolve("manifest.json"));
        if (kind == Kind.BUCKET) { // begun by another, and not a file of it is touched
            assertThatThrownBy(() -> target.publish(forged)).isInstanceOf(Problem.class);
            assertThat(target.place().resolve(version(snapshot)).resolve("study.json"))
                    .hasSameBinaryContentAs(snapshot.resolve("study.json"));
        }
    }

    /** Sound in itself: the run's title differs. */
    private static Path otherOfTheSameName(Path snapshot) throws Exception {
        Path forged = work.resolve("forged-" + targets++).resolve(version(snapshot));
        FileUtils.copyDirectory(snapshot.toFile(), forged.toFile());
        Path study = forged.resolve("study.json");
        Files.writeString(study, Files.readString(study).replace("Run 1", "Run 9"));
        Path manifest = forged.resolve("manifest.json");
        String facts = Files.readString(manifest);
        facts = facts.replace(sha256(snapshot.resolve("study.json")), sha256(study))
                .replace(crc32c(snapshot.resolve("study.json")), crc32c(study));
        Files.writeString(manifest, facts);
        Files.writeString(forged.resolve("manifest.sha256"), sha256(manifest) + "  manifest.json\n");
        SnapshotVerifier.verify(forged);
        return forged;
    }

    private static String sha256(Path file) throws Exception {
        Process sum = new ProcessBuilder("sha256sum", file.toString()).start();
        return new String(sum.getInputStream().readAllBytes()).substring(0, 64);
    }

    /** Bit by bit, by the polynomial of RFC 3720. */
    private static String crc32c(Path file) throws IOException {
        int crc = -1;
        for (byte b : Files.readAllBytes(file)) {
            crc ^= b & 0xff;
            for (int i = 0; i < 8; i++) crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
        }
        return String.format("%08x", ~crc);
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedSnapshotIsNotPublished(Kind kind) throws Exception {
        Target target = Target.of(kind);
        Path damaged = work.resolve("damaged-" + kind).resolve(version(SNAPSHOTS.getFirst()));
        FileUtils.copyDirectory(SNAPSHOTS.getFirst().toFile(), damaged.toFile());
        Files.writeString(damaged.resolve("families.json"), "[]");
        assertThatThrownBy(() -> target.publish(damaged))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("families.json");
        assertThat(target.place().resolve("current")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void ofPublishersAtTheSameTimeOneWinsWhole(Kind kind) throws Exception {
        Target target = Target.of(kind);
        try (var pool = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 3; round++) {
                List<Callable<Object>> all = SNAPSHOTS.stream()
                        .map(s -> (Callable<Object>) () -> target.publish(s))
                        .toList();
                for (var one : pool.invokeAll(all)) {
                    one.get();
                }
                String current = target.pointer().strip();
                assertThat(SNAPSHOTS).extracting(PublishTest::version).contains(current);
                for (Path snapshot : SNAPSHOTS) {
                    assertSame(target.place().resolve(version(snapshot)), snapshot);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlowPublisherLeavesThePointerToWhatWasBuiltLaterAndPublishedMeanwhile(Kind kind) throws Exception {
        Target target = Target.of(kind);
        target.publish(SNAPSHOTS.get(2));
        try (Store store = target.open()) {
            Edition old = store.editions().getFirst();
            target.publish(SNAPSHOTS.get(0)); // asked for: an older one is current again
            assertThat(target.pointer().strip()).isEqualTo(version(SNAPSHOTS.get(0)));
            Edition oldest = store.editions().getLast();
            store.point(old, Optional.of(oldest.version()));
            assertThat(store.point(oldest, Optional.empty())).isEqualTo(old.version());
            assertThat(target.pointer().strip()).isEqualTo(old.version());
        }
    }

    @ParameterizedTest
    @EnumSource
    void pruningKeepsTheNewestThePinnedAndTheCurrent(Kind kind) throws Exception {
        Target target = Target.of(kind);
        for (Path snapshot : List.of(SNAPSHOTS.get(1), SNAPSHOTS.get(2), SNAPSHOTS.get(0))) {
            target.publish(snapshot);
        }
        String oldest = version(SNAPSHOTS.get(0));
        String middle = version(SNAPSHOTS.get(1));
        String newest = version(SNAPSHOTS.get(2));
        try (Store store = target.open()) {
            Publisher publisher = new Publisher(store);
            Retention one = new Retention(OptionalInt.of(1), OptionalInt.empty(), Set.of());
            assertThat(publisher.prune(one, true)).extracting(Edition::version).containsExactly(middle);
            assertThat(target.place().resolve(middle)).exists();
            Retention pinned = new Retention(OptionalInt.of(1), OptionalInt.empty(), Set.of(middle));
            assertThat(publisher.prune(pinned, false)).isEmpty();
            Retention young = new Retention(OptionalInt.empty(), OptionalInt.of(1), Set.of());
            assertThat(publisher.prune(young, false)).isEmpty();
            assertThat(publisher.prune(one, false)).extracting(Edition::version).containsExactly(middle);
            assertThat(store.editions()).extracting(Edition::version).containsExactly(newest, oldest);
            try (Stream<Path> left = Files.list(target.place())) {
                assertThat(left.map(p -> p.getFileName().toString()).filter(name -> !name.equals(".lock")))
                        .containsExactlyInAnyOrder("current", oldest, newest);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFolderOfStudiesIsNotPruned(Kind kind) {
        Target target = Target.of(kind);
        try (Store store = target.open()) {
            Retention one = new Retention(OptionalInt.of(1), OptionalInt.empty(), Set.of());
            assertThatThrownBy(() -> new Publisher(store).prune(one, false))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("one study");
        }
    }
}
