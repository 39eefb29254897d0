package org.gapexplorer.explorer.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.gapexplorer.study.Sha256;

/** The API's description with an ETag, which the extension's own answer lacks: it changes with the server's version alone. */
final class ApiDescription {
    private static final String PATH = "/api/v1/openapi.";
    /** After the doors, before the extension. */
    private static final int ORDER = -10;

    void onStart(@Observes Router router, OpenApiDocumentService documents) {
        for (Format format : Format.values()) {
            String path = PATH + format.name().toLowerCase(Locale.ROOT);
            router.get(path).order(ORDER).handler(call -> answer(call, documents, format));
        }
    }

    private static void answer(RoutingContext call, OpenApiDocumentService documents, Format format) {
        byte[] document = documents.getDocument(OpenApiFilter.DEFAULT_DOCUMENT_NAME, format);
        String tag = '"' + Sha256.of(new String(document, StandardCharsets.UTF_8)) + '"';
        call.response().putHeader(HttpHeaders.ETAG, tag).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        String known = call.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.contains(tag)) {
            call.response().setStatusCode(304).end();
        } else {
            call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, format.getMimeType() + ";charset=UTF-8")
                    .end(Buffer.buffer(document));
        }
    }
}
