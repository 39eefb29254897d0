package org.gapexplorer.explorer.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
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

    private final List<String> allowed;

    AssistantDoor(@ConfigProperty(name = "gapexplorer.mcp.origins") Optional<List<String>> allowed) {
        this.allowed = allowed.orElse(List.of());
    }

    void onStart(@Observes Router router) {
        router.route("/mcp").order(BEFORE_ALL).handler(this::check);
        router.route("/mcp/*").order(BEFORE_ALL).handler(this::check);
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
