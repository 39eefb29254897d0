package org.gapexplorer.explorer.service;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * One line for each request: method, route, status, milliseconds, request id. Addresses are left out, for they hold what
 * visitors typed and links that nobody else is to know; so are visitors' own addresses.
 */
@Singleton
class AccessLog {
    static final String CATEGORY = "org.gapexplorer.access";
    private static final Logger LOG = Logger.getLogger(CATEGORY);

    private final boolean on;

    AccessLog(@ConfigProperty(name = "gapexplorer.log.requests", defaultValue = "false") boolean on) {
        this.on = on;
    }

    void answered(RoutingContext call, long nanos) {
        if (!on) return;
        String method = Routes.method(call.request().method().name());
        String route = Routes.of(call);
        int status = call.response().getStatusCode();
        String ms = String.format(Locale.ROOT, "%.1f", nanos / 1e6);
        ExtLogRecord line = new ExtLogRecord(
                Level.INFO, method + " " + route + " " + status + " " + ms + " ms " + RequestIds.of(call), CATEGORY);
        line.setLoggerName(CATEGORY);
        line.putMdc("method", method);
        line.putMdc("route", route);
        line.putMdc("status", String.valueOf(status));
        line.putMdc("ms", ms);
        line.putMdc(RequestIds.LOGGED, RequestIds.of(call));
        LOG.log(line);
    }
}
