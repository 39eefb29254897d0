package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: what was begun is finished, what comes later is turned away, and PostgreSQL stops last. */
@Timeout(180)
class DrainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** More than the catalog has connections, so that some still wait for one. */
    private static final int UPLOADS = 20;

    private static final String VIEW = "path=%2Fconcepts&title=begun+before&note=&snapshot=20260131-120000-0123abcd";

    /** 128 and SIGTERM's number, as for any process that a signal ends. */
    private static final int TERMINATED = 143;

    @TempDir
    static Path home;

    @BeforeAll
    static void aHome() throws IOException {
        ServedProcess.makeHome(home);
    }

    @Test
    void requestsThatHaveBegunAreFinishedAndTheDatabaseOutlivesThem() throws Exception {
        ServedProcess server = ServedProcess.launch(home, Map.of("QUARKUS_SHUTDOWN_DELAY", "2s"));
        try {
            server.await("saving", PATIENCE, () -> server.get("/v/2222222222").statusCode() == 404);
            List<Socket> begun = new ArrayList<>();
            for (int n = 0; n < UPLOADS; n++) {
                begun.add(begin(server));
            }
            // its answer shows that the server has read what was sent before it
            assertThat(server.get("/").statusCode()).isEqualTo(200);

            server.process.destroy();
            server.await(
                    "unready",
                    Duration.ofSeconds(2),
                    () -> server.get("/q/health/ready").statusCode() == 503);
            assertThat(server.get("/").statusCode()).as("during the delay").isEqualTo(200);
            TimeUnit.MILLISECONDS.sleep(2_500);
            assertThat(turnedAway(server)).as("after the delay").isTrue();
            assertThat(server.process.isAlive()).isTrue();
            for (Socket socket : begun) {
                assertThat(finish(socket)).startsWith("HTTP/1.1 201");
            }
            assertThat(server.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.process.exitValue()).isEqualTo(TERMINATED);
            assertThat(server.output()).doesNotContain(" ERROR [");
            assertThat(ServedProcess.postgres(home)).isEmpty();
        } finally {
            server.kill();
            ServedProcess.postgres(home).forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** A request that a server cannot answer yet: half of its body is missing. */
    private static Socket begin(ServedProcess server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        String head = "POST /v HTTP/1.1\r\nHost: 127.0.0.1:" + server.port
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + VIEW.length()
                + "\r\n\r\n";
        socket.getOutputStream()
                .write((head + VIEW.substring(0, VIEW.length() / 2)).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Sends the rest; returns the answer's first line. */
    private static String finish(Socket socket) throws IOException {
        try (socket) {
            socket.getOutputStream().write(VIEW.substring(VIEW.length() / 2).getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private static boolean turnedAway(ServedProcess server) throws InterruptedException {
        try {
            return server.get("/").statusCode() == 503;
        } catch (IOException e) {
            return true;
        }
    }
}
