package org.gapexplorer.explorer.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long answers took, by route. Quarkus's own meter is off: what no resource answers (a refused body, a wrong method) it files
 * under the address as it was sent, so that whoever likes can make series of it.
 */
@Singleton
class RequestMeters {
    private static final String NAME = "http.server.requests";
    private static final String MEANING = "From the head of a request to the end of its answer";

    private final MeterRegistry meters;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    private record Series(String method, String route, int status) {}

    RequestMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void answered(RoutingContext call, long nanos) {
        Series series = new Series(
                Routes.method(call.request().method().name()),
                Routes.of(call),
                call.response().getStatusCode());
        timers.computeIfAbsent(series, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Buckets.timer(NAME, MEANING)
                .tag("method", series.method())
                .tag("uri", series.route())
                .tag("status", String.valueOf(series.status()))
                .register(meters);
    }
}
