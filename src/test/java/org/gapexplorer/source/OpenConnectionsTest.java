package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections whose answer was of no use are closed on this side too, seen from the server. */
class OpenConnectionsTest {
    @TempDir
    Path folder;

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private volatile String answer;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** Answers and says no more, but keeps the connection. */
    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                connection.setSoTimeout(10_000);
                // all of a small request, whose end is of no matter
                connection.getInputStream().read(new byte[4_096]);
                connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
                connection.shutdownOutput();
            } catch (IOException e) {
                // the end of the test
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nNo Header\u0000: 1\r\n\r\nx",
                "HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 100\r\n\r\nx",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\nx",
                "HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx",
            })
    void areClosed(String text) throws IOException {
        answer = text;
        URI uri = URI.create("http://localhost:" + server.getLocalPort() + "/a");
        var http = new Http(
                new Http.Settings(Set.of("http"), uri, null, 2, Duration.ofMillis(1), Duration.ofMillis(2_000)));
        var source = new SourceRef("https://localhost/a", null);
        assertThatThrownBy(() -> new Download(http)
                        .fetch(Download.Order.of(source, uri), folder.resolve("partial"), Progress.SILENT))
                .isInstanceOfAny(Problem.class, Http.Unreachable.class);
        assertThat(connections).isNotEmpty().allMatch(OpenConnectionsTest::ends);
    }

    private static boolean ends(Socket connection) {
        try {
            return connection.getInputStream().read(new byte[4_096]) < 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException stillOpen) {
            return false;
        }
    }
}
