package org.gapexplorer.explorer.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class ClientLimitsTest {

    /** Every loopback address is a client of its own. */
    private static HttpResponse<String> get(String from, String path) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(from))
                .build()) {
            URI uri = URI.create("http://127.0.0.1:" + RestAssured.port + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> refused;

    /** How many other texts could be read. */
    private int readUntilRefused(String path) throws Exception {
        for (int i = 0; i < 200; i++) {
            refused = get("127.0.0.7", path + i);
            if (refused.statusCode() == 429) return i;
            assertThat(refused.statusCode()).isEqualTo(200);
        }
        throw new AssertionError("200 texts were read");
    }

    @Test
    void oneClientHasItsShareOfTextsReadAndOthersHaveTheirs() throws Exception {
        int read = readUntilRefused("/try?text=Boat%20");
        // while texts are read, some of the share comes back
        assertThat(read).isBetween(ServedStudy.TEXTS, 2 * ServedStudy.TEXTS);
        assertThat(refused.body()).contains(ServedStudy.TEXTS + " texts read a minute for one address");
        int wait = Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
        assertThat(wait).isBetween(1, 60);

        readUntilRefused("/api/v1/try?text=Ship%20");
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(get("127.0.0.7", "/try?text=Boat%200").statusCode())
                .as("what was read is not read again")
                .isEqualTo(200);
        assertThat(get("127.0.0.7", "/concepts").statusCode()).isEqualTo(200);
        assertThat(get("127.0.0.8", "/try?text=One%20more").statusCode()).isEqualTo(200);
    }

    @Test
    void aClientIsAnAddressOrAnIpv6Subscriber() {
        assertThat(ClientLimits.client("203.0.113.9")).isNotEqualTo(ClientLimits.client("203.0.113.10"));
        assertThat(ClientLimits.client("2001:db8:1:2:aaaa::1")).isEqualTo(ClientLimits.client("2001:db8:1:2::ffff"));
        assertThat(ClientLimits.client("2001:db8:1:2::1")).isNotEqualTo(ClientLimits.client("2001:db8:1:3::1"));
    }
}
