package org.gapexplorer.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.gapexplorer.label.ChatServer.Reply;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that is asked over HTTP: a server in this process that speaks its protocol. */
class ChatEndpointTest {
    /** One that retries so often, within seconds. */
    static ChatEndpoint endpoint(ChatServer server, int retries) {
        return endpoint(server.address(), retries);
    }

    private static ChatEndpoint endpoint(URI address, int retries) {
        return new ChatEndpoint(
                address, "explainer-1", "secret-key", new ChatEndpoint.Limits(Duration.ofSeconds(2), retries, 300));
    }

    @Test
    void aBusyEndpointIsAskedAgain() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (ChatServer server = new ChatServer(q -> calls.incrementAndGet() == 1
                ? new Reply(429, "{\"error\":{\"message\":\"slow down\"}}", 0)
                : Reply.says("mentions of " + q, 400))) {
            assertThat(endpoint(server, 3).ask("a", "b").text()).contains("b");
            assertThat(calls.get()).isEqualTo(2);
        }
    }

    @Test
    void refusalsSayWhatToDoAndNeverTheKey() throws IOException {
        Map<Integer, String> words = Map.of(
                401,
                "does not accept the key",
                404,
                "knows no model 'explainer-1'",
                429,
                "come back later",
                503,
                "does not answer");
        for (Map.Entry<Integer, String> refusal : words.entrySet()) {
            String body = "{\"error\":{\"message\":\"Incorrect key secret-key\"}}";
            try (ChatServer server = new ChatServer(q -> new Reply(refusal.getKey(), body, 0))) {
                assertThatThrownBy(() -> endpoint(server, 0).ask("a", "b"))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining(refusal.getValue())
                        .hasMessageContaining("HTTP " + refusal.getKey())
                        .hasMessageNotContaining("secret-key");
            }
        }
        var nobody = endpoint(URI.create("http://localhost:9/v1"), 0);
        assertThatThrownBy(() -> nobody.ask("a", "b"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("does not answer");
        assertThatThrownBy(() -> endpoint(URI.create("file:///x"), 0))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is no address");
    }

    @Test
    void newerModelsAreAskedInTheWordsTheyKnow() throws IOException {
        try (ChatServer server = new ChatServer((question, request) -> {
            if (request.has("max_tokens")) {
                return new Reply(
                        400,
                        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported"
                                + " with this model. Use 'max_completion_tokens' instead.\"}}",
                        0);
            }
            return request.has("temperature")
                    ? new Reply(
                            400,
                            "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0"
                                    + " with this model. Only the default (1) value is supported.\"}}",
                            0)
                    : Reply.says("mentions of " + question, 400);
        })) {
            ChatEndpoint endpoint = endpoint(server, 0);
            assertThat(endpoint.ask("a", "b").text()).contains("mentions of b");
            assertThat(endpoint.ask("a", "c").text()).contains("mentions of c");
            assertThat(server.asked()).hasSize(4);
            assertThat(server.asked().getFirst().path("max_tokens").asInt()).isEqualTo(300);
            assertThat(server.asked().getFirst().path("temperature").isNumber()).isTrue();
            assertThat(server.asked().getLast().path("max_completion_tokens").asInt())
                    .isEqualTo(300);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"%s\",\"type\":\"BadRequestError\"}}",
                "{\"object\":\"error\",\"message\":\"%s\"}",
                "{\"detail\":\"%s\"}",
                "{\"error\":\"%s\"}",
                "%s"
            })
    void whatAnEndpointRefusesIsToldInItsOwnWordsOnOneShortLine(String body) throws IOException {
        String words = "The maximum context is 512 tokens, secret-key \u001b[31m\u202e" + "x".repeat(5_000);
        try (ChatServer server =
                new ChatServer(q -> new Reply(400, body.formatted(words.replace("\u001b", "\\u001b")), 0))) {
            assertThatThrownBy(() -> endpoint(server, 0).ask("a", "b"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("refuses the question (HTTP 400), saying: The maximum context is 512 tokens")
                    .hasMessageNotContaining("secret-key")
                    .satisfies(problem -> assertThat(problem.getMessage())
                            .hasSizeLessThan(600)
                            .matches("\\P{C}+"));
            assertThat(server.asked()).hasSize(1);
        }
        try (ChatServer server = new ChatServer(q -> new Reply(422, "", 0))) {
            assertThatThrownBy(() -> endpoint(server, 0).ask("a", "b"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("HTTP 422");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "<think>Let me see: [dogs]?</think> dogs and cats, dogs and cats",
        "'<think>\n</think>\n\n dogs', dogs",
        "dogs it must be</think> dogs, dogs",
        "<think>Let me see, ",
        "' <think>a</think> <think>b', ",
        "the tag <think>, the tag <think>",
    })
    void whatAModelThinksIsNoLabel(String answer, String label) throws IOException {
        try (ChatServer server = new ChatServer(q -> Reply.says(answer, 5))) {
            assertThat(LabelText.clean(endpoint(server, 0).ask("a", "b").text()))
                    .isEqualTo(label);
        }
    }

    @Test
    void anythingElseThanACompletionIsAProblem() throws IOException {
        for (String body : List.of("", "[]", "not json", "{\"choices\": 7}")) {
            try (ChatServer server = new ChatServer(q -> new Reply(201, body, 0))) {
                assertThatThrownBy(() -> endpoint(server, 0).ask("a", "b")).isInstanceOf(Problem.class);
            }
        }
    }

    @Test
    void aSilentEndpointTimesOut() throws IOException {
        try (ChatServer server = new ChatServer(q -> {
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.says("mentions of " + q, 400);
        })) {
            assertThatThrownBy(() -> endpoint(server, 0).ask("a", "b")).isInstanceOf(Problem.class);
        }
    }
}
