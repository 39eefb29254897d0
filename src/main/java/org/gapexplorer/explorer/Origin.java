package org.gapexplorer.explorer;

import io.vertx.core.http.HttpServerRequest;
import org.gapexplorer.explorer.view.Text;

/** This server's address as the visitor has it. */
final class Origin {
    private Origin() {}

    /** {@code http://host:port}; empty where what the client calls this host is no address. */
    static String of(HttpServerRequest request) {
        return request.authority() == null
                ? ""
                : request.scheme() + "://" + Text.plain(request.authority().toString(), 200);
    }
}
