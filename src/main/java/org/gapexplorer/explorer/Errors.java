package org.gapexplorer.explorer;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.gapexplorer.catalog.CatalogAway;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.study.Problem;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure in one sentence: a page for people, {@code application/problem+json} under {@code /api}. */
class Errors {
    static final String PROBLEM = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(Errors.class);

    @ServerExceptionMapper
    Response bad(BadParameter e, UriInfo uri) {
        return answer(400, "Bad parameter", e.getMessage(), "Mend the address, or go back and choose again.", uri);
    }

    @ServerExceptionMapper
    Response bad(Problem e, UriInfo uri) {
        return answer(400, "Bad request", e.getMessage(), "", uri);
    }

    @ServerExceptionMapper
    Response large(TooLarge e, UriInfo uri) {
        return answer(413, "Too large", e.getMessage(), "Send fewer or shorter texts.", uri);
    }

    @ServerExceptionMapper
    Response unknown(NotThere e, UriInfo uri) {
        return answer(404, "Not found", e.getMessage(), e.hint, uri);
    }

    @ServerExceptionMapper
    Response closed(NoSnapshot e, UriInfo uri) {
        return answer(
                503,
                "No snapshot yet",
                e.getMessage(),
                "The server shows a study as soon as its snapshot is published, without a restart.",
                uri);
    }

    @ServerExceptionMapper
    Response busy(Busy e, UriInfo uri) {
        Response answer = answer(503, "Busy", e.getMessage(), "Try again in a few seconds.", uri);
        return Response.fromResponse(answer)
                .header("Retry-After", e.retrySeconds)
                .build();
    }

    @ServerExceptionMapper
    Response away(CatalogAway e, UriInfo uri) {
        return answer(
                503,
                "Nothing can be saved just now",
                e.getMessage(),
                "Go back and try again in a minute. Everything else works meanwhile.",
                uri);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status < 400) return e.getResponse();
        return status == 404
                ? answer(
                        404,
                        "Not found",
                        "There is no page at this address.",
                        "Search for a concept, or start from the overview.",
                        uri)
                : answer(
                        status,
                        "Request refused",
                        e.getResponse().getStatusInfo().getReasonPhrase(),
                        "",
                        uri);
    }

    @ServerExceptionMapper
    Response other(Throwable e, UriInfo uri) {
        LOG.errorf(e, "%s failed", uri.getPath());
        return answer(
                500,
                "Something broke",
                "The server failed to answer; the fault is on its side.",
                "Try again, or report the address.",
                uri);
    }

    /** A failure as {@link #PROBLEM} (RFC 9457). */
    static String problem(int status, String title, String message) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", message)
                .encode();
    }

    /** A failure as a page. */
    static String page(String title, String message, String hint) {
        Page page = new Page(title, "", new Links(""), "", "", false, "", "", "/", "", "", true);
        return Templates.problem(page, message, hint).render();
    }

    private static Response answer(int status, String title, String message, String hint, UriInfo uri) {
        if (uri.getPath().startsWith("/api")) {
            return Response.status(status)
                    .type(PROBLEM)
                    .entity(problem(status, title, message))
                    .build();
        }
        return Response.status(status)
                .type("text/html;charset=UTF-8")
                .entity(page(title, message, hint))
                .build();
    }
}
