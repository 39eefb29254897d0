package org.gapexplorer.explorer.api;

import io.quarkiverse.mcp.server.McpMethod;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps foreign pages away from {@code /mcp}, as the protocol demands: a page elsewhere can give its own name this
 * machine's address (DNS rebinding), but not another origin. Programs send no origin.
 */
final class AssistantDoor {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<Object> METHODS =
            Arrays.stream(McpMethod.values()).map(McpMethod::jsonRpcName).collect(Collectors.toUnmodifiableSet());

    private static final int BEFORE_ALL = -90;

    /** Bytes of a message: what BodyLimits allows. */
    private static final long LONGEST = 64 << 10;

    private final List<String> allowed;

    AssistantDoor(@ConfigProperty(name = "gapexplorer.mcp.origins") Optional<List<String>> allowed) {
        this.allowed = allowed.orElse(List.of());
    }

    void onStart(@Observes Router router) {
        router.route("/mcp").order(BEFORE_ALL).handler(this::check);
        router.route("/mcp/*").order(BEFORE_ALL).handler(this::check);
        router.post("/mcp")
                .order(BEFORE_ALL + 1)
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST));
        router.post("/mcp").order(BEFORE_ALL + 2).handler(AssistantDoor::checkMessage);
    }

    /** What the extension would write down as a failure of its own: no JSON, JSON that is no message, an unknown method. */
    private static void checkMessage(RoutingContext call) {
        Object json;
        try {
            Buffer body = call.body().buffer();
            json = body == null ? null : Json.decodeValue(body);
        } catch (DecodeException e) {
            refuse(call, 400, null, -32700, "not JSON");
            return;
        }
        if (json instanceof JsonObject message && !isKnown(message)) {
            refuse(call, 200, message.getValue("id"), -32601, "no such method");
        } else if (json instanceof JsonObject || json instanceof JsonArray batch && isBatch(batch)) {
            call.next();
        } else {
            refuse(call, 400, null, -32600, "not a message");
        }
    }

    private static boolean isBatch(JsonArray batch) {
        return !batch.isEmpty()
                && batch.stream().allMatch(part -> part instanceof JsonObject message && isKnown(message));
    }

    /** Answers have no method. */
    private static boolean isKnown(JsonObject message) {
        return !message.containsKey("method") || METHODS.contains(message.getValue("method"));
    }

    /** @param code of JSON-RPC 2.0, section 5.1 */
    private static void refuse(RoutingContext call, int status, Object id, int code, String message) {
        JsonObject error = new JsonObject().put("code", code).put("message", message);
        call.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", id)
                        .put("error", error)
                        .encode());
    }

    private void check(RoutingContext call) {
        HttpServerRequest request = call.request();
        String origin = request.getHeader("Origin");
        if (origin == null || allowed.contains(origin) || LOOPBACK.contains(host(origin))) {
            call.next();
            return;
        }
        call.response()
                .setStatusCode(403)
                .putHeader("Content-Type", "application/problem+json")
                .end("{\"type\":\"/api#problem-refused\",\"title\":\"Request refused\",\"status\":403,\"detail\":"
                        + "\"Pages of that origin may not use this server; gapexplorer.mcp.origins allows them.\"}");
    }

    private static String host(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
