package org.gapexplorer.explorer.door;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.gapexplorer.explorer.problem.Errors;
import org.gapexplorer.explorer.problem.TooLarge;

/**
 * How much may be sent: prompts in a body of 1 MB, elsewhere 64 KB. What is larger, up to the server's own limit, is read to its
 * end and thrown away, for a browser shows no answer before it has sent everything. And how many parameters an address may have:
 * of more than 1,024 Netty would drop the rest without a word. Addresses with parameters within their path and forms with wrong
 * escapes end here too.
 */
public final class BodyLimits {
    private static final long PROMPTS = 1 << 20;
    private static final long ELSEWHERE = 64 << 10;
    /** A list may have 100 values, and a page takes few lists. */
    private static final int PARAMETERS = 500;

    private static final int FORM_TYPE_LENGTH = MediaType.APPLICATION_FORM_URLENCODED.length();
    /** After the server's own limit (-2), before what reads bodies. */
    private static final int ORDER = -1;

    void onStart(@Observes Router router) {
        router.route().order(ORDER).handler(call -> {
            boolean prompts = takesPrompts(call.normalizedPath());
            long most = prompts ? PROMPTS : ELSEWHERE;
            if (call.request().path().indexOf(';') >= 0) {
                // no address here has parameters within its path; the server would decode the rest of it twice
                refuse(call, 404, Errors.Kind.NOT_FOUND, "There is no page at this address.");
            } else if (parameters(call) > PARAMETERS) {
                refuse(call, 400, Errors.Kind.BAD_REQUEST, "The address has more than " + PARAMETERS + " parameters.");
            } else if (length(call) > most) {
                refuse(call, 413, Errors.Kind.TOO_LARGE, tooLarge(most));
            } else if (!prompts && call.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
                refuse(call, 411, Errors.Kind.REFUSED, "Say how long the body is: send Content-Length.");
            } else if (!prompts && isForm(call)) {
                readForm(call);
            } else {
                call.next();
            }
        });
    }

    /**
     * A form whose escapes are wrong, such as {@code %u0041}, is the sender's mistake; the server's own reader would fail, or
     * never answer.
     */
    private static void readForm(RoutingContext call) {
        call.request().bodyHandler(form -> {
            if (!isDecodable(form)) {
                refuse(call, 400, Errors.Kind.BAD_REQUEST, "The form is not encoded as forms are.");
                return;
            }
            ((RoutingContextInternal) call).setBody(form);
            call.next();
        });
        call.request().resume();
    }

    private static boolean isForm(RoutingContext call) {
        String type = call.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, MediaType.APPLICATION_FORM_URLENCODED, 0, FORM_TYPE_LENGTH);
    }

    private static boolean isDecodable(Buffer form) {
        try {
            URLDecoder.decode(form.toString(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A body of prompts, whole. Its length may not have been told. */
    public static byte[] prompts(InputStream body) {
        try {
            byte[] read = body.readNBytes((int) PROMPTS + 1);
            if (read.length > PROMPTS) {
                body.transferTo(OutputStream.nullOutputStream());
                throw new TooLarge(tooLarge(PROMPTS));
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tooLarge(long most) {
        String limit = most >= 1 << 20 ? (most >> 20) + " MB" : (most >> 10) + " KB";
        return "That is too large: at most " + limit + " can be sent here.";
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

    /** As many as the address has marks between them, and one. */
    private static long parameters(RoutingContext call) {
        String query = call.request().query();
        return query == null
                ? 0
                : 1 + query.chars().filter(c -> c == '&' || c == ';').count();
    }

    private static void refuse(RoutingContext call, int status, Errors.Kind kind, String message) {
        call.request().resume();
        call.response().setStatusCode(status);
        if (call.normalizedPath().startsWith("/api")) {
            call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, Errors.PROBLEM)
                    .end(Errors.problem(status, kind, message, call.normalizedPath()));
        } else {
            call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .end(Errors.page(kind, message, "", false));
        }
    }
}
