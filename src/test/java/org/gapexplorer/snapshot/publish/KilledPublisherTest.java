package org.gapexplorer.snapshot.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A publisher killed at random moments: whatever it was doing, the pointer leads to a version whose every byte is right, and
 * publishing again ends well.
 */
class KilledPublisherTest {
    private static final int KILLS = 3;
    private static final int MANY_KILLS = 50;
    private static final int LONGEST_MILLIS = 600;

    @TempDir
    static Path work;

    private static final List<Path> SNAPSHOTS = new ArrayList<>();
    private static S3Server server;

    @BeforeAll
    static void twoSnapshotsAndAServer() throws Exception {
        for (int seed = 1; seed <= 2; seed++) {
            Path run = new GeneratedRun(seed, 2, 200, 200, 2, 20).write(work.resolve("run-" + seed), "Run " + seed);
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

    @ParameterizedTest
    @ValueSource(strings = {"folder", "s3://" + S3Server.BUCKET + "/killed"})
    void thePointerAlwaysLeadsToAWholeVersion(String target) throws Exception {
        killOften(target, KILLS);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"folder-long", "s3://" + S3Server.BUCKET + "/killed-long"})
    void soItDoesAfterManyKills(String target) throws Exception {
        killOften(target, MANY_KILLS);
    }

    private static void killOften(String name, int kills) throws Exception {
        boolean bucket = name.startsWith("s3:");
        String target = bucket ? name : work.resolve(name).toString();
        String endpoint = bucket ? server.endpoint() : "";
        Path place =
                bucket ? server.object(name.substring(("s3://" + S3Server.BUCKET + "/").length())) : Path.of(target);
        Random random = new Random(kills);
        for (int kill = 0; kill < kills; kill++) {
            Process publisher = launch(target, endpoint);
            try (BufferedReader said = publisher.inputReader()) {
                assertThat(said.readLine()).isEqualTo("published");
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
                publisher.destroyForcibly().waitFor();
            }
            String current = Files.readString(place.resolve("current")).strip();
            assertThat(SnapshotVerifier.verify(place.resolve(current))).isEqualTo(current);
        }
        try (Store store = Store.at(target, bucket ? endpoint : null)) {
            for (Path snapshot : SNAPSHOTS) {
                new Publisher(store).publish(snapshot, Progress.SILENT);
                assertThat(SnapshotVerifier.verify(place.resolve(snapshot.getFileName())))
                        .isEqualTo(snapshot.getFileName().toString());
            }
        }
        if (!bucket) {
            nothingElseIsLeft(place);
        }
    }

    private static void nothingElseIsLeft(Path place) throws IOException {
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ".lock",
                            "current",
                            SNAPSHOTS.get(0).getFileName().toString(),
                            SNAPSHOTS.get(1).getFileName().toString());
        }
    }

    private static Process launch(String target, String endpoint) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishLoop.class.getName(),
                        target,
                        endpoint,
                        SNAPSHOTS.get(0).toString(),
                        SNAPSHOTS.get(1).toString())
                .redirectError(work.resolve("publisher.log").toFile());
        builder.environment().putAll(S3Server.CREDENTIALS);
        return builder.start();
    }
}
