package org.gapexplorer.explorer.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class UnreadAnswersTest {
    private static final int ASKED = 300;
    /** Bytes, so that what is not read waits at the server. */
    private static final int SMALLEST_WINDOW = 4096;

    @Inject
    MeterRegistry meters;

    @Test
    void aClientThatReadsNothingIsAnsweredWhenItReads() throws Exception {
        String request = "GET /concepts HTTP/1.1\r\nHost: x\r\nConnection: %s\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(SMALLEST_WINDOW);
            socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
            long before = made();
            String all = request.formatted("keep-alive").repeat(ASKED - 1) + request.formatted("close");
            Thread.ofVirtual().start(() -> send(socket, all));
            long meanwhile = settled(before) - before;
            assertThat(meanwhile).as("answers made that nobody reads").isBetween(1L, ASKED / 4L);
            assertThat(answers(socket.getInputStream())).isEqualTo(ASKED);
        }
    }

    private static void send(Socket socket, String all) {
        try {
            socket.getOutputStream().write(all.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // the answers that are missing then are counted
        }
    }

    /** So many were made when some were and then nothing more happened for a while. */
    private long settled(long before) throws InterruptedException {
        Instant patience = Instant.now().plusSeconds(30);
        long last = -1;
        for (long now = made(); now != last || now == before && Instant.now().isBefore(patience); now = made()) {
            last = now;
            Thread.sleep(1_000);
        }
        return last;
    }

    /** A page is handed over whole: it counts as answered when it is made, whoever reads it. */
    private long made() {
        return meters.find("http.server.requests").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    /** Heads until the end of the stream. */
    private static int answers(InputStream stream) throws IOException {
        byte[] head = "HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII);
        int heads = 0;
        int at = 0;
        InputStream in = new BufferedInputStream(stream, 1 << 16);
        for (int b = in.read(); b >= 0; b = in.read()) {
            at = b == head[at] ? at + 1 : b == head[0] ? 1 : 0;
            if (at == head.length) {
                heads++;
                at = 0;
            }
        }
        return heads;
    }
}
