package org.gapexplorer.explorer.service;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Names of requests: a visitor's complaint, a log line and a trace are found together by one. */
public final class RequestIds {
    public static final String HEADER = "X-Request-Id";
    /** In the log's mapped diagnostic context. */
    static final String LOGGED = "requestId";

    private static final String KEY = RequestIds.class.getName();
    /** What proxies make; nothing that could end a log line or a header. */
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private RequestIds() {}

    /** The id of a request; empty before it has one. */
    public static String of(RoutingContext call) {
        String id = call == null ? null : call.get(KEY);
        return id == null ? "" : id;
    }

    /** The id of the request that this thread works on; empty outside of one. */
    public static String current() {
        Object id = MDC.get(LOGGED);
        return id == null ? "" : id.toString();
    }

    /** Keeps the id that the request came with where it is well-formed, or makes one. */
    static String give(RoutingContext call) {
        String id = wellFormed(call.request().getHeader(HEADER));
        call.put(KEY, id);
        return id;
    }

    /** That id, or a new one of 64 random bits: enough to find a line in a log; it is no secret. */
    static String wellFormed(String given) {
        return given != null && WELL_FORMED.matcher(given).matches()
                ? given
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
