package org.gapexplorer.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A server on this machine that speaks chat completions; what it answers, the test says. */
public final class ChatServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    /**
     * One reply.
     *
     * @param text of the completion, or the whole body where {@code status} is not 200
     * @param tokens told as used; negative for none told
     * @param finish why the completion ends
     */
    public record Reply(int status, String text, int tokens, String finish) {
        public Reply(int status, String text, int tokens) {
            this(status, text, tokens, "stop");
        }

        public static Reply says(String text, int tokens) {
            return new Reply(200, text, tokens);
        }
    }

    /** @param reply from the user's message */
    public ChatServer(Function<String, Reply> reply) throws IOException {
        this((question, request) -> reply.apply(question));
    }

    /** @param reply from the user's message and the whole request */
    public ChatServer(BiFunction<String, JsonNode, Reply> reply) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> {
            JsonNode question = JSON.readTree(exchange.getRequestBody());
            asked.add(question);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            send(exchange, reply.apply(question.at("/messages/1/content").asText(), question));
        });
        server.start();
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        String body = reply.text;
        if (reply.status == 200) {
            var completion = JSON.createObjectNode();
            completion.put("id", "1").put("object", "chat.completion").put("model", "m");
            var choice = completion.putArray("choices").addObject();
            choice.put("index", 0).put("finish_reason", reply.finish);
            choice.putObject("message").put("role", "assistant").put("content", reply.text);
            if (reply.tokens >= 0) {
                completion
                        .putObject("usage")
                        .put("prompt_tokens", reply.tokens)
                        .put("completion_tokens", 0)
                        .put("total_tokens", reply.tokens);
            }
            body = completion.toString();
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
    }

    /** The requests so far, as they came. */
    public List<JsonNode> asked() {
        return asked;
    }

    /** Their Authorization headers; "null" where there was none. */
    public List<String> keys() {
        return keys;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
