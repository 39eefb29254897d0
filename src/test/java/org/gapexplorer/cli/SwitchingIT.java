package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.publish.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that mirrors a bucket is asked all the time while one version after the other is published: no request fails. */
@Timeout(300)
class SwitchingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SWITCHES = 8;
    private static final int READERS = 3;
    private static final List<String> PAGES =
            List.of("/", "/concepts", "/benchmarks", "/models", "/api/v1/study", "/api/v1/concepts?limit=5");

    @TempDir
    static Path folder;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void versionsAreSwitchedWithNoFailedRequest() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        ServedProcess.makeHome(home);
        List<Path> built = List.of(built(1), built(2));
        try (S3Server bucket = S3Server.start(Files.createDirectory(folder.resolve("s3")))) {
            publish(built.getFirst(), bucket);
            ServedProcess server = ServedProcess.launch(home, mirroring(bucket));
            try {
                awaitVersion(server, built.getFirst());
                List<Thread> readers = readers(server);
                for (int i = 1; i <= SWITCHES; i++) {
                    Path next = built.get(i % built.size());
                    publish(next, bucket);
                    awaitVersion(server, next);
                }
                bucket.goAway();
                Thread.sleep(2_000);
                stop.set(true);
                for (Thread reader : readers) reader.join();
                assertThat(failures).isEmpty();
                assertThat(answers.get()).isGreaterThan(10 * SWITCHES);
                assertThat(server.output().lines().filter(line -> line.contains("served as they are")))
                        .as("one line about the bucket that is away")
                        .hasSize(1);
                server.stop();
            } finally {
                server.kill();
            }
        }
    }

    @Test
    void aServerThatHasOnlyTheCurrentVersionFetchesPinnedOnesAndWhatIsDamaged() throws Exception {
        Path home = Files.createDirectory(folder.resolve("new-home"));
        ServedProcess.makeHome(home);
        List<Path> built = List.of(built(3), built(4));
        try (S3Server bucket = S3Server.start(Files.createDirectory(folder.resolve("another-s3")))) {
            for (Path snapshot : built) publish(snapshot, bucket);
            ServedProcess server = ServedProcess.launch(home, mirroring(bucket));
            try {
                awaitVersion(server, built.get(1));
                String pinned = "/benchmarks?snapshot=" + built.get(0).getFileName();
                HttpResponse<String> first = server.get(pinned);
                assertThat(first.statusCode()).isEqualTo(503);
                assertThat(first.headers().firstValue("Retry-After")).hasValue("20");
                assertThat(first.body()).contains("is being fetched");
                server.await(
                        "pinned version", PATIENCE, () -> server.get(pinned).statusCode() == 200);
                assertThat(server.get("/benchmarks?snapshot=20200101-000000-00000000")
                                .statusCode())
                        .isEqualTo(404);
                server.stop();
            } finally {
                server.kill();
            }
            Path study = home.resolve("index/snapshots")
                    .resolve(built.get(1).getFileName())
                    .resolve("study.json");
            Files.writeString(study, Files.readString(study).replace("Run 4", "Run 5"));
            ServedProcess again = ServedProcess.launch(home, mirroring(bucket));
            try {
                awaitVersion(again, built.get(1));
                assertThat(study).hasSameBinaryContentAs(built.get(1).resolve("study.json"));
                again.stop();
            } finally {
                again.kill();
            }
        }
    }

    private static Map<String, String> mirroring(S3Server bucket) {
        Map<String, String> environment = new HashMap<>(S3Server.CREDENTIALS);
        environment.put("GAPEXPLORER_BUCKET", address());
        environment.put("GAPEXPLORER_BUCKET_ENDPOINT", bucket.endpoint());
        environment.put("GAPEXPLORER_BUCKET_POLL", "0.5s");
        return environment;
    }

    private static String address() {
        return "s3://" + S3Server.BUCKET + "/study";
    }

    private static Path built(int seed) {
        Path run = new GeneratedRun(seed, 2, 20 * seed, 30, 1, 5).write(folder.resolve("run-" + seed), "Run " + seed);
        Called called = Called.gapx("snapshot", "build", run, "--out", folder.resolve("built-" + seed));
        assertThat(called.code()).as(called.err()).isZero();
        return Path.of(called.out().strip());
    }

    private static void publish(Path snapshot, S3Server bucket) {
        Called called = Called.gapx(
                "snapshot", "publish", "--snapshot", snapshot, "--to", address(), "--endpoint", bucket.endpoint());
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.out()).contains("is published and current");
    }

    private static void awaitVersion(ServedProcess server, Path snapshot) throws Exception {
        String version = snapshot.getFileName().toString();
        server.await("switched to " + version, PATIENCE, () -> {
            var answer = server.get("/api/v1/study");
            return answer.statusCode() == 200 && answer.body().contains(version);
        });
    }

    private List<Thread> readers(ServedProcess server) {
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            int first = reader;
            readers.add(Thread.ofPlatform().start(() -> {
                for (int i = first; !stop.get(); i++) {
                    ask(server, PAGES.get(i % PAGES.size()));
                }
            }));
        }
        return readers;
    }

    private void ask(ServedProcess server, String page) {
        try {
            var answer = server.get(page);
            answers.incrementAndGet();
            if (answer.statusCode() != 200) failures.add(page + ": " + answer.statusCode() + " " + answer.body());
        } catch (Exception e) {
            failures.add(page + ": " + e);
        }
    }
}
