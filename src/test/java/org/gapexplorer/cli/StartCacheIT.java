package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first server of a build leaves a start cache behind, whatever its settings, and the second starts from it. */
@Timeout(300)
class StartCacheIT {
    private static final Duration PATIENCE = Duration.ofSeconds(200);
    private static final int FIRST_WITH_CACHES = 25;

    @TempDir
    static Path home;

    @Test
    void isRecordedBesideAServerThatHasAPortForMetrics() throws Exception {
        int jdk = Runtime.version().feature();
        assumeTrue(jdk >= FIRST_WITH_CACHES, "this JDK records none");
        ServedProcess.makeHome(home);
        Path target = aTargetOfItsOwn();
        var settings = Map.of(
                "GAPX_START_CACHE",
                "yes",
                "JAVA_HOME",
                System.getProperty("java.home"),
                "QUARKUS_MANAGEMENT_PORT",
                String.valueOf(ServedProcess.freePort()));
        Path cache = target.resolve("start-" + jdk + ".aot");
        ServedProcess first = ServedProcess.launch(home, settings);
        try {
            first.await("recorded", PATIENCE, () -> Files.exists(cache));
        } finally {
            first.stop();
        }
        ServedProcess second = ServedProcess.launch(home, settings);
        try {
            second.await("ready", PATIENCE, () -> second.get("/q/health/ready").statusCode() == 200);
            assertThat(Files.readString(Path.of("/proc/" + second.process.pid() + "/cmdline")))
                    .contains("-XX:AOTCache=" + cache);
        } finally {
            second.stop();
        }
    }

    /** The project's own cache is not this test's to make. */
    private static Path aTargetOfItsOwn() throws IOException {
        Path target = home.resolve("target");
        Path project = target.toRealPath();
        Files.delete(target);
        Files.createDirectory(target);
        Files.createSymbolicLink(target.resolve("quarkus-app"), project.resolve("quarkus-app"));
        return target;
    }
}
