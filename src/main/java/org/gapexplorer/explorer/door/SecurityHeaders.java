package org.gapexplorer.explorer.door;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
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

    private final String framers;

    SecurityHeaders(@ConfigProperty(name = "gapexplorer.embed.frame-ancestors", defaultValue = "*") String framers) {
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

    void onStart(@Observes Router router) {
        router.route().order(-100).handler(call -> {
            boolean embed = Embed.asked(call.normalizedPath(), call.request().getParam(Embed.PARAMETER));
            HttpServerResponse response = call.response();
            response.putHeader("Content-Security-Policy", POLICY + (embed ? framers : "'none'"))
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "same-origin")
                    .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
            if (!embed) response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
            call.next();
        });
    }
}
