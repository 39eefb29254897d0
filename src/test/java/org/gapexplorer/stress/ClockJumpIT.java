package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gapexplorer.cli.SavedLinks.awaitReady;
import static org.gapexplorer.cli.SavedLinks.awaitSaving;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gapexplorer.cli.ServedProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock jumps under a running server (Debian's libfaketime): a month on, and back to last year. */
@Tag("long")
class ClockJumpIT {
    private static final int SAVES = 6;

    @TempDir
    Path folder;

    private Path clock;

    @Test
    void pagesSavingTermsAndLimitsGoOnWhereverTheClockJumps() throws Exception {
        Path library = library();
        assumeTrue(library != null, "libfaketime is not installed: apt-get install libfaketime");
        clock = Files.writeString(folder.resolve("clock"), "+0");
        ServedProcess.makeHome(Files.createDirectory(folder.resolve("home")));
        ServedProcess server = ServedProcess.launch(
                folder.resolve("home"),
                Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        clock.toString(),
                        "FAKETIME_NO_CACHE",
                        "1",
                        // the kernel's monotonic clock does not jump either
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // without this, what waits for some time returns at once, and the JVM's threads turn in circles
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0",
                        "GAPEXPLORER_LIMITS_SAVES_PER_HOUR",
                        String.valueOf(SAVES)));
        try {
            awaitReady(server);
            awaitSaving(server);
            String month = saved(server);
            assertThat(server.get(month).statusCode()).isEqualTo(302);
            jump(server, "+31d");
            assertThat(server.get(month).statusCode()).as("its term is over").isEqualTo(410);
            String later = saved(server);
            assertThat(server.get(later).statusCode()).isEqualTo(302);
            jump(server, "-365d");
            assertThat(server.get(month).statusCode()).isEqualTo(302);
            for (int saved = 2; saved < SAVES; saved++) saved(server);
            HttpResponse<String> refused = post(server);
            assertThat(refused.statusCode()).isEqualTo(429);
            // a limit that followed the clock would hold for a year
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 3_600);
            jump(server, "+0");
            assertThat(server.output()).doesNotContain("\tat ");
        } finally {
            server.kill();
            for (ProcessHandle left : ServedProcess.postgres(folder.resolve("home"))) {
                left.destroyForcibly();
                left.onExit().join();
            }
        }
    }

    private static Path library() throws Exception {
        Path libraries = Path.of("/usr/lib");
        try (Stream<Path> all = Files.find(libraries, 3, (p, a) -> p.endsWith("faketime/libfaketimeMT.so.1"))) {
            return all.findFirst().orElse(null);
        }
    }

    private void jump(ServedProcess server, String to) throws Exception {
        Files.writeString(clock, to);
        Thread.sleep(2_000);
        for (String page : List.of("/", "/concepts", "/benchmarks", "/q/health/ready", "/api/v1/study")) {
            assertThat(server.get(page).statusCode()).as(page + " at " + to).isEqualTo(200);
        }
    }

    private static String saved(ServedProcess server) throws Exception {
        HttpResponse<String> answer = post(server);
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
    }

    private static HttpResponse<String> post(ServedProcess server) throws Exception {
        return server.post(
                "/v", Map.of("path", "/concepts", "title", "t", "note", "", "snapshot", "v1", "term", "30d"));
    }
}
