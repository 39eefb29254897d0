package org.gapexplorer.explorer.door;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Headers on every response, files included. Nothing may be loaded from elsewhere and no script or style may stand in the
 * page, so that hostile text cannot run even if it slipped through the templates' escaping. No page may stand in another
 * site's frame but those that ask for it, which hold nothing that could be clicked to harm.
 */
final class SecurityHeaders {
    private static final Logger LOG = Logger.getLogger(SecurityHeaders.class);

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

    /** Sites apart by blanks: {@code *}, {@code 'self'}, {@code https://*.example.org}. */
    private static final Pattern SITES =
            Pattern.compile("('none'|'self'|[A-Za-z0-9.:/*\\[\\]-]+)( +('self'|[A-Za-z0-9.:/*\\[\\]-]+))*");

    /** What other sites may show: embeds with the files that they load (a sandboxed frame has no origin), and pictures. */
    private static final Pattern FILES = Pattern.compile("/(assets|webjars)/.*|/[a-z]+\\.(css|js|svg)");

    private final String framers;
    private final String transport;

    SecurityHeaders(
            @ConfigProperty(name = "gapexplorer.embed.frame-ancestors", defaultValue = "*") String framers,
            @ConfigProperty(name = "gapexplorer.headers.strict-transport-security", defaultValue = "max-age=31536000")
                    Optional<String> transport) {
        this.transport = transport.map(String::strip).orElse("");
        boolean sites = SITES.matcher(framers.strip()).matches();
        if (!sites) {
            LOG.warn("gapexplorer.embed.frame-ancestors: not a list of sites, so no site may show a page in a frame; "
                    + "write sites apart by blanks, such as https://blog.example, or * for all");
        }
        this.framers = sites ? framers.strip() : "'none'";
    }

    /** Who may show an embedded page in a frame, as the policy says it. */
    String framers() {
        return framers;
    }

    private static boolean shown(RoutingContext call, boolean embed) {
        var query = call.request().params();
        return embed
                || query.contains("chart")
                || query.contains("picture")
                || FILES.matcher(call.normalizedPath()).matches();
    }

    /**
     * {@code Strict-Transport-Security} where the visitor came by TLS: to this server, or to a trusted proxy that says so. A browser
     * that heard it refuses plain HTTP for a year, so it is never said to one that came by plain HTTP.
     */
    void onStart(@Observes Router router) {
        router.route().order(-100).handler(call -> {
            boolean embed = Embed.asked(call.normalizedPath(), call.request().getParam(Embed.PARAMETER));
            HttpServerResponse response = call.response();
            response.putHeader("Content-Security-Policy", POLICY + (embed ? framers : "'none'"))
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "same-origin")
                    .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
            if (!embed) response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
            response.putHeader("Cross-Origin-Resource-Policy", shown(call, embed) ? "cross-origin" : "same-origin");
            if (!transport.isEmpty() && "https".equals(call.request().scheme())) {
                response.putHeader("Strict-Transport-Security", transport);
            }
            call.next();
        });
    }
}
