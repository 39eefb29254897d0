package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gapexplorer.cli.SavedLinks.awaitReady;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.gapexplorer.cli.SavedLinks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that nobody uses, that are read slowly or written slowly: whoever behaves is served as before. */
@Tag("long")
class CrowdedServerIT {
    private static final int IDLE = Integer.getInteger("gapx.rounds", 1_000);
    private static final int SLOW = 200;
    private static final int ANSWERS = 10;
    /** Bytes, so that what is not read waits at the server. */
    private static final int SMALLEST_WINDOW = 4096;

    private static final Duration LASTS = Duration.ofSeconds(20);
    private static final Duration FAST = Duration.ofSeconds(1);
    private static final String LARGE = "/api/v1/concepts?limit=100";

    private final List<Socket> sockets = new ArrayList<>();
    private StressedServer server;

    @BeforeEach
    void start() throws Exception {
        server = StressedServer.start(Map.of());
        awaitReady(server.process);
        Stress.say("before, a page takes %d ms at most", pages().toMillis());
    }

    @AfterEach
    void stop() throws Exception {
        hangUp();
        server.close();
    }

    @Test
    void idleConnectionsCostLittleAndAreGivenBack() throws Exception {
        long files = Stress.entries(server.pid(), "fd");
        long memory = Stress.resident(server.pid());
        for (int i = 0; i < IDLE; i++) connect();
        Duration longest = pages();
        Stress.say("with idle connections a page takes %d ms at most", longest.toMillis());
        assertThat(longest).isLessThan(FAST);
        Stress.say(
                "%d idle connections: %d more open files, %d MiB more memory, %d threads",
                IDLE,
                Stress.entries(server.pid(), "fd") - files,
                Stress.resident(server.pid()) - memory,
                Stress.entries(server.pid(), "task"));
        hangUp();
        server.process.await(
                "giving files back", Duration.ofSeconds(10), () -> Stress.entries(server.pid(), "fd") < files + 10);
    }

    @Test
    void slowReadersHoldNobodyUp() throws Exception {
        int length = server.process.get(LARGE).body().length();
        long memory = Stress.resident(server.pid());
        for (int i = 0; i < SLOW; i++) {
            Socket socket = connect();
            // answers asked for, hardly one of them read
            socket.getOutputStream()
                    .write(("GET " + LARGE + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .repeat(ANSWERS)
                            .getBytes(StandardCharsets.UTF_8));
        }
        // so much at once takes its time, whoever reads it
        long asked = System.nanoTime();
        server.process.await(
                "done with " + SLOW * ANSWERS + " requests", SavedLinks.PATIENCE, () -> pages().compareTo(FAST) < 0);
        Stress.say(
                "%d requests of slow readers, %d characters each to send, took %d ms",
                SLOW * ANSWERS, length, (System.nanoTime() - asked) / 1_000_000);
        trickle("with slow readers", i -> {
            try {
                InputStream in = sockets.get(i).getInputStream();
                if (in.available() > 0) in.read();
            } catch (IOException e) {
                // cut off, as it deserves
            }
        });
        Stress.say("%d slow readers: %d MiB more memory", SLOW, Stress.resident(server.pid()) - memory);
    }

    @Test
    void slowSendersHoldNobodyUp() throws Exception {
        for (int i = 0; i < SLOW; i++) {
            String form = i % 2 == 0
                    ? "POST /v HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\n"
                    : "GET / HTTP/1.1\r\nX-Long: ";
            connect().getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
        }
        trickle("with slow senders", i -> {
            try {
                sockets.get(i).getOutputStream().write('a');
            } catch (IOException e) {
                // cut off
            }
        });
    }

    private void trickle(String when, IntConsumer one) throws Exception {
        long end = System.nanoTime() + LASTS.toNanos();
        Random random = new Random(Stress.SEED);
        Duration longest = Duration.ZERO;
        while (System.nanoTime() < end) {
            for (int i = 0; i < SLOW; i++) if (random.nextBoolean()) one.accept(i);
            Duration took = pages();
            if (took.compareTo(longest) > 0) longest = took;
        }
        Stress.say("%s a page takes %d ms at most", when, longest.toMillis());
        assertThat(longest).isLessThan(FAST);
    }

    /** The longest that a page takes. */
    private Duration pages() throws Exception {
        Duration longest = Duration.ZERO;
        for (String page : List.of("/", "/concepts?q=money", "/benchmarks", "/models", "/q/health/ready")) {
            long begun = System.nanoTime();
            assertThat(server.process.get(page).statusCode()).isEqualTo(200);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            if (took.compareTo(longest) > 0) longest = took;
        }
        return longest;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALLEST_WINDOW);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        sockets.add(socket);
        return socket;
    }

    private void hangUp() throws IOException {
        for (Socket socket : sockets) socket.close();
        sockets.clear();
    }
}
