package org.gapexplorer.explorer.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * An address with a slash at its end is the one without. RESTEasy takes both for the same resource, while gates, bounds and
 * headers go by the path: so the slash is taken off before anything looks at it.
 */
final class TrailingSlash {
    /** Before the study is taken off, after which routing begins anew too. */
    private static final int FIRST = -1_001;

    void onStart(@Observes Router router) {
        router.route().order(FIRST).handler(TrailingSlash::takeOff);
    }

    private static void takeOff(RoutingContext call) {
        String path = call.normalizedPath();
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') end--;
        if (end == path.length()) {
            call.next();
            return;
        }
        HttpServerRequest request = call.request();
        String rest = path.substring(0, end);
        call.reroute(request.method(), request.query() == null ? rest : rest + "?" + request.query());
    }
}
