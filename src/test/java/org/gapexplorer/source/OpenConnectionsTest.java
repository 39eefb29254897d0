package org.gapexplorer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections whose answer was of no use are closed on this side too, seen from the server. */
class OpenConnectionsTest {
    @TempDir
    Path folder;

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
        try (var server = new LingeringServer(text)) {
            URI uri = server.uri().resolve("/a");
            var http = new Http(
                    new Http.Settings(Set.of("http"), uri, null, 2, Duration.ofMillis(1), Duration.ofMillis(2_000)));
            var source = new SourceRef("https://localhost/a", null);
            assertThatThrownBy(() -> new Download(http)
                            .fetch(Download.Order.of(source, uri), folder.resolve("partial"), Progress.SILENT))
                    .isInstanceOfAny(Problem.class, Http.Unreachable.class);
            assertThat(server.connections()).isNotEmpty().allMatch(LingeringServer::ends);
        }
    }
}
