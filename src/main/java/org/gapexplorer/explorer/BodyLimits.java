package org.gapexplorer.explorer;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Page;

/**
 * How much may be sent: prompts in a body of 1 MB, elsewhere 64 KB. What is larger, up to the server's own limit, is read to its
 * end and thrown away, for a browser shows no answer before it has sent everything.
 */
final class BodyLimits {
    private static final long PROMPTS = 1 << 20;
    private static final long ELSEWHERE = 64 << 10;
    /** After the server's own limit (-2) has been set, before what reads bodies. */
    private static final int ORDER = -1;

    void onStart(@Observes Router router) {
        router.route().order(ORDER).handler(call -> {
            long most = takesPrompts(call.normalizedPath()) ? PROMPTS : ELSEWHERE;
            call.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, most);
            if (length(call) > most) {
                refuse(call, most);
            } else {
                call.next();
            }
        });
    }

    private static boolean takesPrompts(String path) {
        return path.equals("/footprint") || path.equals("/api/v1/footprint");
    }

    private static long length(RoutingContext call) {
        String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void refuse(RoutingContext call, long most) {
        String limit = most >= 1 << 20 ? (most >> 20) + " MB" : (most >> 10) + " KB";
        String message = "That is too large: at most " + limit + " can be sent here.";
        call.request().resume();
        call.response().setStatusCode(413);
        if (call.normalizedPath().startsWith("/api")) {
            call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, Errors.PROBLEM)
                    .end(Errors.problem(413, "Too large", message));
        } else {
            Page page = new Page("Too large", "", new Links(""), "", "", false, "", "", "/", "", "", true);
            call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .end(Templates.problem(page, message, "Send fewer or shorter texts.")
                            .render());
        }
    }
}
