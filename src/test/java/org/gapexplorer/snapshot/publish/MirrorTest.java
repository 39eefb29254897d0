package org.gapexplorer.snapshot.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that follows a bucket of a real S3 server. */
class MirrorTest {
    private static final List<Path> SNAPSHOTS = new ArrayList<>();
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @TempDir
    static Path work;

    private static S3Server server;

    @TempDir
    Path folder;

    @BeforeAll
    static void twoSnapshotsAndAServer() throws Exception {
        for (int seed = 1; seed <= 2; seed++) {
            Path run = new GeneratedRun(seed, 2, seed, 20, 1, 5).write(work.resolve("run-" + seed), "Run " + seed);
            Files.createDirectories(run.resolve("lens"));
            Files.writeString(run.resolve("lens/model.onnx"), "the same in both");
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

    private static void publish(int which, String prefix) {
        try (Store store = store(prefix)) {
            new Publisher(store).publish(SNAPSHOTS.get(which), Progress.SILENT);
        }
    }

    private static Store store(String prefix) {
        return Store.at("s3://" + S3Server.BUCKET + "/" + prefix, server.endpoint());
    }

    private static String version(int which) {
        return SNAPSHOTS.get(which).getFileName().toString();
    }

    private Mirror mirror(String prefix) {
        return Mirror.open("s3://" + S3Server.BUCKET + "/" + prefix, server.endpoint(), folder, PAUSE);
    }

    private String pointer(String study) throws IOException {
        return Files.readString(folder.resolve(study).resolve("current")).strip();
    }

    @Test
    void theFolderFollowsThePointerAndVersionsShareTheFilesTheyHaveInCommon() throws IOException {
        try (Mirror mirror = mirror("follows")) {
            mirror.look();
            assertThat(mirror.trouble()).isEmpty();
            publish(0, "follows");
            mirror.look();
            assertThat(pointer("")).isEqualTo(version(0));
            publish(1, "follows");
            mirror.look();
            assertThat(pointer("")).isEqualTo(version(1));
            for (int i = 0; i < 2; i++) SnapshotVerifier.verify(folder.resolve(version(i)));
            Path lens = Path.of("lens/model.onnx");
            assertThat(Files.isSameFile(
                            folder.resolve(version(0)).resolve(lens),
                            folder.resolve(version(1)).resolve(lens)))
                    .isTrue();
            try (Store store = store("follows")) {
                new Publisher(store).prune(new Retention(OptionalInt.of(1), OptionalInt.empty(), Set.of()), false);
            }
            publish(1, "follows");
            Files.delete(folder.resolve("current"));
        }
        try (Mirror restarted = mirror("follows")) {
            restarted.look();
            assertThat(pointer("")).isEqualTo(version(1));
            assertThat(folder.resolve(version(0))).as("pruned in the bucket").doesNotExist();
        }
    }

    @Test
    void eachStudyBelowThePrefixHasItsFolder() throws IOException {
        publish(0, "several/arithmetic");
        publish(1, "several/words");
        try (Mirror mirror = mirror("several")) {
            mirror.look();
            assertThat(mirror.trouble()).isEmpty();
            assertThat(pointer("arithmetic")).isEqualTo(version(0));
            assertThat(pointer("words")).isEqualTo(version(1));
        }
    }

    @Test
    void aDamagedVersionIsNotTakenAndTheOtherStudyGoesOn() throws IOException {
        publish(0, "damaged/a");
        publish(0, "damaged/b");
        try (Mirror mirror = mirror("damaged")) {
            mirror.look();
            publish(1, "damaged/a");
            publish(1, "damaged/b");
            Path object = server.object("damaged/a/" + version(1) + "/study.json");
            byte[] sound = Files.readAllBytes(object);
            byte[] changed = sound.clone();
            changed[100] ^= 1;
            Files.write(object, changed);
            mirror.look();
            assertThat(mirror.trouble()).contains("study.json");
            assertThat(mirror.nextPause()).isEqualTo(PAUSE.multipliedBy(2));
            assertThat(pointer("a")).isEqualTo(version(0));
            assertThat(pointer("b")).isEqualTo(version(1));
            assertThat(folder.resolve("a").resolve(version(1))).doesNotExist();
            Files.write(object, sound);
            mirror.look();
            assertThat(mirror.trouble()).isEmpty();
            assertThat(mirror.nextPause()).isEqualTo(PAUSE);
            assertThat(pointer("a")).isEqualTo(version(1));
        }
    }

    @Test
    void aVersionDamagedHereIsFetchedAgain() throws IOException {
        publish(0, "here");
        try (Mirror mirror = mirror("here")) {
            mirror.look();
        }
        Path families = folder.resolve(version(0)).resolve("families.json");
        Files.writeString(families, "[]");
        try (Mirror restarted = mirror("here")) {
            restarted.look();
        }
        assertThat(families).hasSameBinaryContentAs(SNAPSHOTS.getFirst().resolve("families.json"));
    }

    @Test
    void anOlderVersionIsFetchedWhenItIsAskedFor() throws Exception {
        publish(0, "older");
        publish(1, "older");
        try (Mirror mirror = mirror("older")) {
            assertThat(mirror.fetches("", version(0)))
                    .as("before the first look")
                    .isFalse();
            mirror.look();
            assertThat(folder.resolve(version(0))).doesNotExist();
            assertThat(mirror.versions("")).containsExactlyInAnyOrder(version(0), version(1));
            assertThat(mirror.fetches("", "20200101-000000-00000000")).isFalse();
            assertThat(mirror.fetches("", "../" + version(0))).isFalse();
            assertThat(mirror.fetches("other", version(0))).isFalse();
            assertThat(mirror.fetches("", version(0))).isTrue();
            await(() -> Files.exists(folder.resolve(version(0))));
            SnapshotVerifier.verify(folder.resolve(version(0)));
            assertThat(pointer("")).isEqualTo(version(1));
        }
    }

    @Test
    void ofOlderVersionsThoseFetchedLastStay() throws IOException {
        publish(0, "surplus");
        publish(1, "surplus");
        try (Bucket bucket =
                Bucket.open(BucketAddress.parse("s3://" + S3Server.BUCKET + "/surplus"), server.endpoint())) {
            Download download = new Download(bucket, folder);
            download.bring(version(1));
            Files.setLastModifiedTime(folder.resolve(".mirrored-" + version(1)), FileTime.fromMillis(1_000));
            download.bring(version(0));
            Set<String> both = Set.of(version(0), version(1));
            download.removeSurplus(both, Optional.empty(), 2);
            assertThat(folder.resolve(version(1))).exists();
            download.removeSurplus(both, Optional.of(version(1)), 1);
            assertThat(folder.resolve(version(0))).exists();
            download.removeSurplus(both, Optional.empty(), 1);
            assertThat(folder.resolve(version(1))).doesNotExist();
            assertThat(folder.resolve(version(0))).exists();
            download.removeSurplus(both, Optional.of(version(0)), 0);
            assertThat(folder.resolve(version(0))).as("the current one").exists();
        }
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        for (int tries = 0; tries < 600 && !what.getAsBoolean(); tries++) {
            Thread.sleep(50);
        }
        assertThat(what.getAsBoolean()).isTrue();
    }

    @Test
    void namesThatLeadOutOfTheFolderAreRefused() throws IOException {
        publish(0, "hostile");
        Path manifest = server.object("hostile/" + version(0) + "/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"families.json\"", "\"../../families.json\""));
        FileUtils.delete(
                server.object("hostile/" + version(0) + "/manifest.sha256").toFile());
        Files.writeString(manifest, Files.readString(manifest).replace("\"format\" : 5", "\"format\" : 4"));
        try (Mirror mirror = mirror("hostile")) {
            mirror.look();
            assertThat(mirror.trouble()).contains("outside the snapshot");
            Files.writeString(server.object("hostile/current"), "../..");
            mirror.look();
            assertThat(mirror.trouble()).contains("names no version");
            assertThat(folder.resolve(version(0))).doesNotExist();
        }
    }

    @Test
    void withTheBucketAwayWhatIsHereIsServedAndItHeals() throws Exception {
        publish(0, "away");
        try (Mirror mirror = mirror("away")) {
            mirror.look();
            try (Snapshots snapshots = Snapshots.open(folder)) {
                server.goAway();
                mirror.look();
                mirror.look();
                assertThat(mirror.trouble()).contains("away");
                assertThat(mirror.nextPause()).isEqualTo(PAUSE.multipliedBy(4));
                try (Snapshot snapshot = snapshots.current().orElseThrow()) {
                    assertThat(snapshot.version()).isEqualTo(version(0));
                }
                server.comeBack();
                publish(1, "away");
                mirror.look();
                assertThat(mirror.trouble()).isEmpty();
                snapshots.refresh();
                try (Snapshot snapshot = snapshots.current().orElseThrow()) {
                    assertThat(snapshot.version()).isEqualTo(version(1));
                }
            }
        }
    }
}
