package org.gapexplorer.explorer.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.gapexplorer.study.Sha256;

/**
 * The API's description, OpenAPI 3.1. The build writes both files beside this class ({@code ApiDocument} completes
 * them), as reading and writing them again at each start took a tenth of it. They change with the server's version alone.
 */
final class ApiDescription {
    private static final String PATH = "/api/v1/openapi";
    /** After the doors, before the resources. */
    private static final int ORDER = -10;

    void onStart(@Observes Router router) {
        router.get(PATH).order(ORDER).handler(call -> call.redirect(PATH + ".json"));
        serve(router, "json", "application/json");
        serve(router, "yaml", "application/yaml");
    }

    private static void serve(Router router, String format, String type) {
        router.route(PATH + "." + format)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(ORDER)
                .handler(call -> answer(call, bytes(format), type));
    }

    private static void answer(RoutingContext call, byte[] document, String type) {
        String tag = '"' + Sha256.hex(Sha256.digest().digest(document)) + '"';
        call.response().putHeader(HttpHeaders.ETAG, tag).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        String known = call.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.contains(tag)) {
            call.response().setStatusCode(304).end();
        } else {
            call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
                    .end(Buffer.buffer(document));
        }
    }

    /** The description in one of its formats, {@code json} or {@code yaml}. */
    static byte[] bytes(String format) {
        try (InputStream in = ApiDescription.class.getResourceAsStream("openapi." + format)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
