package org.gapexplorer.explorer.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Who is signed in by OpenID Connect. Quarkus holds the session; it is asked only where a rule needs it, so pages that are
 * everybody's never wait for a provider.
 */
@Singleton
class OpenIdSession {
    /** Leads to the provider and back ({@code ?to=} a path of this server); the one address to register with the provider. */
    static final String SIGN_IN = "/sign-in";

    private static final Logger LOG = Logger.getLogger(OpenIdSession.class);

    /** A path of this server: with a second slash or a backslash it would be another host. */
    private static final Pattern HERE = Pattern.compile("/(?![/\\\\])[^\\p{Cntrl}\\\\]{0,8000}");

    private final IdentityProviderManager identities;

    OpenIdSession(IdentityProviderManager identities) {
        this.identities = identities;
    }

    Uni<Visitor> visitor(RoutingContext call) {
        // it would answer the request itself
        call.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        return QuarkusHttpUser.getSecurityIdentity(call, identities).map(OpenIdSession::visitor);
    }

    private static Visitor visitor(SecurityIdentity identity) {
        return identity == null || identity.isAnonymous() || identity.getPrincipal() == null
                ? Visitor.UNKNOWN
                : new Visitor(identity.getPrincipal().getName(), identity.getRoles());
    }

    /** Who is signed in goes on to where he wanted; everybody else to the provider. */
    void signIn(RoutingContext call) {
        visitor(call)
                .subscribe()
                .with(
                        visitor -> {
                            if (visitor.isKnown()) StudyDoor.redirect(call, wanted(call));
                            else challenge(call);
                        },
                        failure -> failed(call, failure));
    }

    private static String wanted(RoutingContext call) {
        String to = call.request().getParam("to");
        return to != null && HERE.matcher(to).matches() ? to : "/";
    }

    private static void challenge(RoutingContext call) {
        HttpAuthenticator authenticator = call.get(HttpAuthenticator.class.getName());
        if (authenticator == null) {
            StudyDoor.unclear(call);
            return;
        }
        call.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        authenticator
                .sendChallenge(call)
                .subscribe()
                .with(
                        sent -> {
                            if (!call.response().ended()) call.response().end();
                        },
                        failure -> unclear(call, failure));
    }

    /** Nobody is signed in any more: once more to the provider. What the provider itself answered wrongly is told. */
    private static void failed(RoutingContext call, Throwable failure) {
        if (leadsOn(call, failure)) return;
        if (failure instanceof AuthenticationFailedException) challenge(call);
        else unclear(call, failure);
    }

    private static void unclear(RoutingContext call, Throwable failure) {
        LOG.debugf(failure, "no sign-in");
        StudyDoor.unclear(call);
    }

    /** Whether it only leads the browser to another address, as after the provider's answer. */
    static boolean leadsOn(RoutingContext call, Throwable failure) {
        if (!(failure instanceof AuthenticationRedirectException on)) return false;
        call.request().resume();
        call.response()
                .setStatusCode(on.getCode())
                .putHeader(HttpHeaders.LOCATION, on.getRedirectUri())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
        return true;
    }
}
