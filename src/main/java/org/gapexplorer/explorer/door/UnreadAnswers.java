package org.gapexplorer.explorer.door;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A client may send one request after the other and read no answer; all those answers would wait in memory. So a request is
 * looked at when those before it on its connection are on their way, and who goes on reading nothing is cut off.
 */
final class UnreadAnswers {
    private static final Logger LOG = Logger.getLogger(UnreadAnswers.class);
    /** Before everything else, and so outside the time that an answer is said to take. */
    private static final int BEFORE_ALL = -1_002;

    /** As long as a connection may be idle (quarkus.http.idle-timeout). */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    void onStart(@Observes Router router) {
        router.route().order(BEFORE_ALL).handler(UnreadAnswers::awaitReader);
    }

    private static void awaitReader(RoutingContext call) {
        HttpServerResponse response = call.response();
        if (!response.writeQueueFull()) {
            call.next();
            return;
        }
        long timer = call.vertx().setTimer(PATIENCE.toMillis(), over -> {
            LOG.debug("A client that reads no answers is cut off.");
            call.request().connection().close();
        });
        response.drainHandler(drained -> {
            response.drainHandler(null);
            call.vertx().cancelTimer(timer);
            call.next();
        });
    }
}
