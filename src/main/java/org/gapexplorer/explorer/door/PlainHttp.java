package org.gapexplorer.explorer.door;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Without TLS no connection becomes one of HTTP/2 in the middle: some one in a hundred such upgrades (JDK client, Vert.x
 * 4.5.24) got a broken answer or none, and a proxy that passes an upgrade on is led past. Browsers never ask for it; with TLS HTTP/2 is there.
 */
@Singleton
public class PlainHttp implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
