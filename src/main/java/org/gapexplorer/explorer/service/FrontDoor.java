package org.gapexplorer.explorer.service;

import io.opentelemetry.api.trace.Span;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.MDC;

/**
 * Where every request comes in and every answer goes out: it gets a name, it is let in or sent away, and it is written down when
 * it is answered.
 */
final class FrontDoor {
    /** Before all handlers of ours but the one that takes the study off an address, after which routing begins anew. */
    private static final int FIRST = -999;

    /** After the headers that every answer has. */
    private static final int GATES = -50;

    private static final String MADE = FrontDoor.class.getName();

    private static final String TRY_AGAIN = "More is asked than can be done at once. Try again in a few seconds.";

    private final Gates gates;
    private final RequestMeters meters;
    private final AccessLog log;

    FrontDoor(Gates gates, RequestMeters meters, AccessLog log) {
        this.gates = gates;
        this.meters = meters;
        this.log = log;
    }

    void onStart(@Observes Router router) {
        router.route().order(FIRST).handler(this::receive);
        router.route().order(GATES).handler(this::admit);
    }

    private void receive(RoutingContext call) {
        long start = System.nanoTime();
        String id = RequestIds.give(call);
        MDC.put(RequestIds.LOGGED, id);
        Span.current().setAttribute("gapexplorer.request.id", id);
        call.response().putHeader(RequestIds.HEADER, id);
        call.addEndHandler(sent -> {
            long nanos = System.nanoTime() - start;
            meters.answered(call, nanos);
            log.answered(call, nanos);
        });
        call.next();
    }

    private void admit(RoutingContext call) {
        Load load = Load.of(call.normalizedPath());
        if (gates.enter(load)) {
            leaveOnce(call, load);
            call.next();
        } else {
            refuse(call);
        }
    }

    /**
     * A page is made before its head is sent: how fast the visitor reads it costs no core. A file is made meanwhile. Where the
     * client went away neither may ever be told: then a page's place is free when it is made, and whatever else happens after a
     * time in which it should have been.
     */
    private void leaveOnce(RoutingContext call, Load load) {
        if (load == Load.NONE) return;
        AtomicBoolean left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) gates.leave(load);
        };
        long timer = call.vertx().setTimer(load.longest.toMillis(), over -> leave.run());
        Runnable done = () -> {
            call.vertx().cancelTimer(timer);
            leave.run();
        };
        if (load != Load.DOWNLOAD) {
            call.put(MADE, done);
            call.addHeadersEndHandler(head -> done.run());
        }
        call.addEndHandler(sent -> done.run());
    }

    /** The answer to this request is made; what is left is to send it. */
    static void made(RoutingContext call) {
        Runnable done = call.get(MADE);
        if (done != null) done.run();
    }

    private static void refuse(RoutingContext call) {
        HttpServerResponse response = call.response();
        response.setStatusCode(503)
                // not all at the same moment
                .putHeader(
                        HttpHeaders.RETRY_AFTER,
                        String.valueOf(ThreadLocalRandom.current().nextInt(1, 4)))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // what is still to come of the body is not read
        if (call.request().getHeader(HttpHeaders.CONTENT_LENGTH) != null)
            response.putHeader(HttpHeaders.CONNECTION, "close");
        if (call.normalizedPath().contains("/api/")) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                    .end(new JsonObject()
                            .put("type", "/api#problem-busy")
                            .put("title", "Busy")
                            .put("status", 503)
                            .put("detail", TRY_AGAIN)
                            .put("requestId", RequestIds.of(call))
                            .encode());
        } else {
            // short: it is made when there is least time for it
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .end("<!DOCTYPE html><html lang=\"en\"><title>Busy · Gap Explorer</title><h1>Busy</h1><p>"
                            + TRY_AGAIN + "</p></html>");
        }
    }
}
