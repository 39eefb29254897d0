package org.gapexplorer.snapshot.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.gapexplorer.source.LingeringServer;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server asks its bucket every few seconds for months: no answer may cost it a connection. */
class UnansweredBucketTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\nx",
                "HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 100\r\n\r\nx",
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\nx",
                "HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx",
            })
    void endsItsConnections(String answer) throws IOException {
        S3Server.credentials();
        try (var server = new LingeringServer(answer);
                Bucket bucket = Bucket.open(
                        BucketAddress.parse("s3://bucket/studies/"),
                        server.uri().toString())) {
            assertThatThrownBy(() -> bucket.read("current", null, 1_000)).isInstanceOf(Problem.class);
            assertThat(server.connections()).isNotEmpty().allMatch(LingeringServer::ends);
        }
    }
}
