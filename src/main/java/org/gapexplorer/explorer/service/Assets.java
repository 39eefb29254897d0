package org.gapexplorer.explorer.service;

import io.quarkus.qute.TemplateExtension;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.gapexplorer.study.Sha256;

/**
 * The files that every page loads, at addresses that name what is in them: what {@code /assets/0a1b…/app.css} answers never
 * changes, so a browser that has it never asks again. The plain addresses work on. Templates write {@code {asset:of('app.css')}}.
 */
final class Assets {
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ROOT = "META-INF/resources/";
    private static final String WEBJAR = "META-INF/maven/org.webjars.npm/htmx.org/pom.properties";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";

    private static final Map<String, Asset> ALL = all();

    private record Asset(String href, String type, Buffer bytes) {}

    /** The address of a file, by its name. */
    @TemplateExtension(namespace = "asset")
    static String of(String name) {
        Asset asset = ALL.get(name);
        if (asset == null) throw new IllegalArgumentException(name + " is none of the assets " + ALL.keySet());
        return asset.href();
    }

    void onStart(@Observes Router router) {
        router.get("/assets/:hash/:name").handler(Assets::answer);
        router.head("/assets/:hash/:name").handler(Assets::answer);
    }

    private static void answer(RoutingContext call) {
        Asset asset = ALL.get(call.pathParam("name"));
        if (asset == null) {
            call.next();
            return;
        }
        // While servers are being replaced, a page of one may ask another for its files: those here are the better
        // answer.
        boolean same = asset.href().equals(call.normalizedPath());
        var response = call.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, same ? FOREVER : "no-cache");
        // Quarkus marks all answers as not to be compressed
        response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        if (call.request().method() == HttpMethod.HEAD) response.end();
        else response.end(asset.bytes());
    }

    private static Map<String, Asset> all() {
        Map<String, Asset> all = new LinkedHashMap<>();
        all.put("app.css", asset("app.css", ROOT + "app.css", "text/css;charset=UTF-8"));
        all.put("app.js", asset("app.js", ROOT + "app.js", SCRIPT));
        all.put("icon.svg", asset("icon.svg", ROOT + "icon.svg", "image/svg+xml"));
        String htmx = ROOT + "webjars/htmx.org/" + htmxVersion() + "/dist/htmx.min.js";
        all.put("htmx.min.js", asset("htmx.min.js", htmx, SCRIPT));
        return all;
    }

    private static Asset asset(String name, String file, String type) {
        byte[] bytes = bytes(file);
        String hash = HexFormat.of().formatHex(Sha256.digest().digest(bytes), 0, 8);
        return new Asset("/assets/" + hash + "/" + name, type, Buffer.buffer(bytes));
    }

    private static String htmxVersion() {
        try {
            Properties pom = new Properties();
            pom.load(new ByteArrayInputStream(bytes(WEBJAR)));
            return pom.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
            if (in == null) throw new IllegalStateException(file + " is not packed with the application");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
