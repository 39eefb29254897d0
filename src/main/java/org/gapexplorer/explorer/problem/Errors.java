package org.gapexplorer.explorer.problem;

import io.quarkus.qute.TemplateInstance;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.gapexplorer.catalog.CatalogAway;
import org.gapexplorer.explorer.door.Embed;
import org.gapexplorer.explorer.service.Refusals;
import org.gapexplorer.explorer.service.RequestIds;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.explorer.visit.StudyBase;
import org.gapexplorer.snapshot.TimeLimit;
import org.gapexplorer.study.Problem;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure in one sentence: a page for people, {@code application/problem+json} under {@code /api}. */
public class Errors {
    public static final String PROBLEM = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(Errors.class);
    /** A database that restarts is back in some seconds. */
    private static final int AWAY_SECONDS = 10;

    private final Refusals refusals;
    private final AllowedMethods allowed;

    Errors(Refusals refusals, AllowedMethods allowed) {
        this.refusals = refusals;
        this.allowed = allowed;
    }

    /** What can go wrong, as programs tell it apart: the {@code type} of a problem is its place in the reference. */
    public enum Kind {
        BAD_PARAMETER("Bad parameter", "The address holds something that cannot be used; the detail names it."),
        BAD_REQUEST("Bad request", "The request cannot be used as it is; the detail says why."),
        NOT_FOUND("Not found", "There is no such address, or nothing of that id, in the snapshot asked for."),
        SIGN_IN(
                "Sign in first",
                "What is asked for is shown to those who are signed in; programs send a bearer token."),
        CLOSED("Not open to everybody", "What is asked for is not for this visitor to see."),
        REFUSED("Request refused", "The server does not take such a request at all."),
        NO_SNAPSHOT("No snapshot yet", "Nothing is published yet. It is shown as soon as it is."),
        BUSY("Busy", "More is asked than can be done at once. Retry-After says when to try again."),
        TOO_LARGE("Too large", "More was sent than is taken; the detail says how much that is."),
        TOO_MANY("Too many requests", "One client asked for this too often. Retry-After says when to try again."),
        EXPIRED("This saved view has expired", "What was saved there was saved for a time that is over."),
        AWAY("Nothing can be saved just now", "The database of what is saved cannot be reached. All else works."),
        BROKEN("Something broke", "The fault is the server’s.");

        private final String title;
        private final String meaning;

        Kind(String title, String meaning) {
            this.title = title;
            this.meaning = meaning;
        }

        public String title() {
            return title;
        }

        public String meaning() {
            return meaning;
        }

        public String anchor() {
            return "problem-" + Params.word(this);
        }
    }

    @ServerExceptionMapper
    Response bad(BadParameter e, UriInfo uri) {
        return answer(400, Kind.BAD_PARAMETER, e.getMessage(), "Mend the address, or go back and choose again.", uri);
    }

    @ServerExceptionMapper
    Response bad(Problem e, UriInfo uri) {
        return answer(400, Kind.BAD_REQUEST, e.getMessage(), "", uri);
    }

    @ServerExceptionMapper
    Response large(TooLarge e, UriInfo uri) {
        return answer(413, Kind.TOO_LARGE, e.getMessage(), "Send fewer or shorter texts.", uri);
    }

    @ServerExceptionMapper
    Response unknown(NotThere e, UriInfo uri) {
        return answer(404, Kind.NOT_FOUND, e.getMessage(), e.hint, uri);
    }

    @ServerExceptionMapper
    Response shut(Closed e, UriInfo uri) {
        if (!e.signIn.isEmpty() && !ofPrograms(uri.getPath())) {
            return Response.status(302).location(URI.create(e.signIn)).build();
        }
        return answer(e.status, e.kind(), e.getMessage(), e.hint, uri);
    }

    @ServerExceptionMapper
    Response closed(NoSnapshot e, UriInfo uri) {
        return answer(
                503,
                Kind.NO_SNAPSHOT,
                e.getMessage(),
                "The server shows a study as soon as its snapshot is published, without a restart.",
                uri);
    }

    @ServerExceptionMapper
    Response busy(Busy e, UriInfo uri) {
        refusals.busy();
        Response answer = answer(503, Kind.BUSY, e.getMessage(), "Try again in a few seconds.", uri);
        return Response.fromResponse(answer)
                .header("Retry-After", e.retrySeconds)
                .build();
    }

    @ServerExceptionMapper
    Response slow(TimeLimit.Over e, UriInfo uri) {
        return busy(new Busy("That search takes longer than this server searches for anybody."), uri);
    }

    @ServerExceptionMapper
    Response many(TooMany e, UriInfo uri) {
        Response answer = answer(429, Kind.TOO_MANY, e.getMessage(), "Other pages are not counted.", uri);
        return Response.fromResponse(answer)
                .header("Retry-After", Math.max(1, e.wait.toSeconds()))
                .build();
    }

    @ServerExceptionMapper
    Response expired(Expired e, UriInfo uri) {
        return answer(
                410,
                Kind.EXPIRED,
                e.getMessage(),
                "Who saved it chose how long it lasts. The pages themselves are still here.",
                uri);
    }

    @ServerExceptionMapper
    Response away(CatalogAway e, UriInfo uri) {
        Response answer = answer(
                503,
                Kind.AWAY,
                e.getMessage(),
                "Go back and try again in a minute. Everything else works meanwhile.",
                uri);
        return Response.fromResponse(answer).header("Retry-After", AWAY_SECONDS).build();
    }

    @ServerExceptionMapper
    Response method(NotAllowedException e, UriInfo uri) {
        Set<String> methods = allowed.of(uri.getPath());
        Response answer = answer(405, Kind.REFUSED, "This address takes " + String.join(", ", methods) + ".", "", uri);
        return Response.fromResponse(answer).allow(methods).build();
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status < 400) return e.getResponse();
        return status == 404
                ? answer(
                        404,
                        Kind.NOT_FOUND,
                        "There is no page at this address.",
                        "Search for a concept, or start from the overview.",
                        uri)
                : answer(status, Kind.REFUSED, e.getResponse().getStatusInfo().getReasonPhrase(), "", uri);
    }

    @ServerExceptionMapper
    Response other(Throwable e, UriInfo uri) {
        LOG.errorf(e, "%s failed, request %s", uri.getPath(), RequestIds.current());
        return answer(
                500,
                Kind.BROKEN,
                "The server failed to answer; the fault is on its side.",
                "Try again, or report the address.",
                uri);
    }

    /** A failure as {@link #PROBLEM} (RFC 9457). */
    public static String problem(int status, Kind kind, String message, String path) {
        return new JsonObject()
                .put("type", "/api#" + kind.anchor())
                .put("title", kind.title())
                .put("status", status)
                .put("detail", message)
                .put("instance", instance(path))
                .put("requestId", RequestIds.current())
                .encode();
    }

    /** A failure as a page. */
    public static String page(Kind kind, String message, String hint, boolean embedded) {
        return Templates.problem(
                        Page.bare(kind.title(), "", new Links(StudyBase.base(), ""), true, embedded),
                        message,
                        hint,
                        kind == Kind.BROKEN ? RequestIds.current() : "")
                .render();
    }

    /** A page with one message, where nothing failed. */
    public static TemplateInstance told(Page page, String message, String hint) {
        return Templates.problem(page, message, hint, "");
    }

    private static Response answer(int status, Kind kind, String message, String hint, UriInfo uri) {
        if (ofPrograms(uri.getPath())) {
            return Response.status(status)
                    .type(PROBLEM)
                    .entity(problem(status, kind, message, uri.getPath()))
                    .build();
        }
        return Response.status(status)
                .type("text/html;charset=UTF-8")
                .entity(page(kind, message, hint, Embed.asked(uri)))
                .build();
    }

    /** The path asked for, percent-encoded again. */
    private static String instance(String path) {
        try {
            return new URI(null, null, Text.bounded(path, 500), null).getRawPath();
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** Whether the address is the API's or a file's, rather than a page's. */
    public static boolean ofPrograms(String path) {
        return path.startsWith("/api/")
                || path.equals("/mcp")
                || path.startsWith("/mcp/")
                || path.startsWith("/concepts.")
                || path.equals("/next/worklist.csv");
    }
}
