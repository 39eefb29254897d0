package org.gapexplorer.explorer.api;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps foreign pages away from {@code /mcp}, as the protocol demands: a page elsewhere can give its own name this
 * machine's address (DNS rebinding), but not another origin. Programs send no origin.
 */
final class AssistantDoor {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
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

    /** JSON that is no message: the extension would fail on it. What is no JSON at all it answers itself. */
    private static void checkMessage(RoutingContext call) {
        if (isMessage(call.body().buffer())) {
            call.next();
            return;
        }
        call.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/json")
                .end("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"not a message\"}}");
    }

    private static boolean isMessage(Buffer body) {
        try {
            Object json = body == null ? null : Json.decodeValue(body);
            return json instanceof JsonObject
                    || json instanceof JsonArray batch
                            && !batch.isEmpty()
                            && batch.stream().allMatch(JsonObject.class::isInstance);
        } catch (DecodeException e) {
            return true;
        }
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
