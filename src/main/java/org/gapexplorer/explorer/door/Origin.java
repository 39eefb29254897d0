package org.gapexplorer.explorer.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import org.gapexplorer.explorer.view.Text;

/** This server's address as the visitor has it. */
public final class Origin {
    private Origin() {}

    /**
     * {@code https://host:port}; a proxy's word counts where Quarkus trusts it. Empty for a request that names no host.
     */
    public static String of(HttpServerRequest request) {
        HostAndPort where = request.authority();
        return where == null || where.host().isEmpty()
                ? ""
                : request.scheme() + "://" + Text.plain(where.toString(), 200);
    }
}
