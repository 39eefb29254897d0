package org.gapexplorer.explorer.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.explorer.door.Embed;
import org.gapexplorer.explorer.problem.Closed;
import org.gapexplorer.explorer.problem.Errors;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.Studies;
import org.gapexplorer.explorer.visit.StudyPath;
import org.jboss.logging.Logger;

/**
 * The one door that every request comes through, before any page, file or tool. Every address is a study's, the usual one's
 * where it names none, but for the few listed here; so an address that is new is closed where its study is.
 */
@Singleton
public final class StudyDoor {
    private static final Logger LOG = Logger.getLogger(StudyDoor.class);

    static final String THIS_STUDY = "This study";

    /** After the headers that every answer has, before all that answers. */
    private static final int ORDER = -95;

    /** Addresses of no study: what they show is everybody's. */
    private static final Set<String> OF_NO_STUDY = Set.of(
            "/api/v1/openapi",
            "/api/v1/openapi.json",
            "/api/v1/openapi.yaml",
            "/app.css",
            "/app.js",
            "/icon.svg",
            "/favicon.ico",
            "/robots.txt");

    /** What every page loads, and the operator's addresses. */
    private static final List<String> FILES = List.of("/assets/", "/webjars/", "/q/");

    /** Addresses that themselves leave out, or ask {@link Guest} about, what is not the visitor's to see. */
    private static final List<String> ASKING = List.of("/v/", "/admin/");

    private static final Set<String> ASKING_ITSELF = Set.of("/v", "/admin", "/api/v1/studies");

    private final Access access;
    private final Studies studies;
    private final TrustedProxies proxies;
    private final OpenIdSession sessions;

    StudyDoor(Access access, Studies studies, TrustedProxies proxies, OpenIdSession sessions) {
        this.access = access;
        this.studies = studies;
        this.proxies = proxies;
        this.sessions = sessions;
    }

    void onStart(@Observes Router router) {
        if (access.isOpen() && access.admins().isEmpty()) return;
        tellRulesOfNoStudy();
        router.route().order(ORDER).handler(this::meet);
    }

    /** It may come later; or its name was written wrongly, and it is not closed. */
    private void tellRulesOfNoStudy() {
        List<String> there = studies.all().stream().map(ShownStudy::id).toList();
        for (String id : access.aboutNoneOf(there)) {
            LOG.warnf(
                    "gapexplorer.access.study.\"%s\": %s",
                    id,
                    studies.several()
                            ? "there is no such study here (there are " + String.join(", ", there)
                                    + "); the rule says nothing until there is"
                            : "a server of one study knows no ids; a rule that closes closes it."
                                    + " Write gapexplorer.access.by, .groups and .users instead");
        }
    }

    private void meet(RoutingContext call) {
        String path = call.normalizedPath();
        String named = StudyPath.named(call);
        if (!named.isEmpty()) {
            guard(call, access.of(named));
        } else if (path.equals(OpenIdSession.SIGN_IN)) {
            sessions.signIn(call);
        } else if (asksItself(path)) {
            isPrivate(call);
            identify(call, () -> call.next());
        } else if (isOfNoStudy(path)) {
            call.next();
        } else {
            // which one it is is settled here: it could be another when the page is made
            String usual = studies.usual().id();
            StudyPath.settle(call, usual);
            guard(call, access.of(usual));
        }
    }

    private boolean asksItself(String path) {
        return ASKING_ITSELF.contains(path)
                || ASKING.stream().anyMatch(path::startsWith)
                || (path.equals("/") && studies.several());
    }

    private static boolean isOfNoStudy(String path) {
        return OF_NO_STUDY.contains(path) || FILES.stream().anyMatch(path::startsWith);
    }

    private void guard(RoutingContext call, Rule rule) {
        if (rule.isOpen()) {
            call.next();
            return;
        }
        isPrivate(call);
        identify(call, () -> {
            if (rule.admits(Guest.known(call))) call.next();
            else refuse(call, rule);
        });
    }

    /** For no shared cache, and a browser asks again each time: who may see it can change. */
    private static void isPrivate(RoutingContext call) {
        call.addHeadersEndHandler(v -> {
            String said = call.response().headers().get(HttpHeaders.CACHE_CONTROL);
            if (said == null || !said.contains("no-store")) {
                call.response().putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
            }
        });
    }

    private void identify(RoutingContext call, Runnable then) {
        Map<By, Visitor> known = new EnumMap<>(By.class);
        if (access.uses(By.HEADER)) known.put(By.HEADER, proxies.visitor(call.request()));
        if (!access.uses(By.OIDC)) {
            Guest.remember(call, known);
            then.run();
            return;
        }
        sessions.visitor(call)
                .subscribe()
                .with(
                        visitor -> {
                            known.put(By.OIDC, visitor);
                            Guest.remember(call, known);
                            then.run();
                        },
                        failure -> {
                            if (sessions.leadsOn(call, failure)) return;
                            // a session that is over, or no valid token: nobody
                            Guest.remember(call, known);
                            then.run();
                        });
    }

    private static void refuse(RoutingContext call, Rule rule) {
        Closed closed = closed(rule, call, THIS_STUDY);
        if (closed.signIn.isEmpty() || Errors.ofPrograms(call.normalizedPath())) answer(call, closed);
        else redirect(call, closed.signIn);
    }

    /** Where a browser that asked for a whole page signs in, to come back to it; empty for all other requests. */
    private static String signIn(RoutingContext call) {
        HttpServerRequest request = call.request();
        boolean get = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        boolean part = request.getHeader("HX-Request") != null || "true".equals(request.getParam(Embed.PARAMETER));
        String here = StudyPath.base(StudyPath.named(call)) + request.uri();
        return get && !part ? OpenIdSession.SIGN_IN + "?to=" + URLEncoder.encode(here, StandardCharsets.UTF_8) : "";
    }

    static void redirect(RoutingContext call, String to) {
        call.request().resume();
        call.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, to)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }

    static Closed closed(Rule rule, RoutingContext call, String what) {
        Visitor visitor = Guest.known(call).getOrDefault(rule.by(), Visitor.UNKNOWN);
        if (visitor.isKnown()) {
            return new Closed(
                    403,
                    what + " is not open to " + Text.plain(visitor.user(), 80) + ".",
                    "Whoever runs this server can give you access, or you sign in as somebody else.",
                    false,
                    "");
        }
        return rule.by() == By.OIDC
                ? new Closed(
                        401,
                        what + " is shown to those who are signed in.",
                        "Programs send a bearer token.",
                        true,
                        signIn(call))
                : new Closed(
                        403,
                        what + " is not open to everybody.",
                        "Come through the address that you sign in at; ask whoever runs this server for it.",
                        false,
                        "");
    }

    private static void answer(RoutingContext call, Closed closed) {
        call.request().resume();
        HttpServerResponse response = call.response().setStatusCode(closed.status);
        if (closed.status == 401) response.putHeader("WWW-Authenticate", "Bearer");
        // htmx then loads the whole page, which leads to where one signs in
        if (call.request().getHeader("HX-Request") != null) response.putHeader("HX-Refresh", "true");
        response.putHeader("X-Robots-Tag", "noindex");
        if (Errors.ofPrograms(call.normalizedPath())) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, Errors.PROBLEM)
                    .end(Errors.problem(closed.status, closed.kind(), closed.getMessage(), call.normalizedPath()));
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .end(Errors.page(closed.kind(), closed.getMessage(), closed.hint, false));
        }
    }

    /** The answer to who could not be made out. */
    static void unclear(RoutingContext call) {
        answer(call, new Closed(401, "Your sign-in is not valid, or not any more.", "Sign in again.", true, ""));
    }
}
