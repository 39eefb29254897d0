package org.gapexplorer.explorer.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.gapexplorer.explorer.ServedStudy;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class PlainHttpTest {
    /** Each of the JDK's connections asks to go on in HTTP/2; that went wrong for some one in a hundred. */
    @Test
    void aClientThatAsksForHttp2WithoutTlsIsAnsweredAsBefore() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + RestAssured.port + "/concepts");
        for (int i = 0; i < 100; i++) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                var answer = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            }
        }
    }
}
