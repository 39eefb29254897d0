package org.gapexplorer.explorer;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.gapexplorer.catalog.CatalogAway;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.study.Problem;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure in one sentence: a page for people, {@code application/problem+json} under {@code /api}. */
class Errors {
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
        return Response.fromResponse(answer).header("Retry-After", 3).build();
    }

    @ServerExceptionMapper
    Response many(TooMany e, UriInfo uri) {
        Response answer = answer(429, "Too many", e.getMessage(), "Other pages are not counted.", uri);
        return Response.fromResponse(answer)
                .header("Retry-After", Math.max(1, e.wait.toSeconds()))
                .build();
    }

    @ServerExceptionMapper
    Response expired(Expired e, UriInfo uri) {
        return answer(
                410,
                "This saved view has expired",
                e.getMessage(),
                "Who saved it chose how long it lasts. The pages themselves are still here.",
                uri);
    }

    @ServerExceptionMapper
    Response away(CatalogAway e, UriInfo uri) {
        return answer(
                503,
                "Saved views are away",
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

    private static Response answer(int status, String title, String message, String hint, UriInfo uri) {
        if (uri.getPath().startsWith("/api")) {
            JsonObject body = new JsonObject()
                    .put("type", "about:blank")
                    .put("title", title)
                    .put("status", status)
                    .put("detail", message);
            return Response.status(status)
                    .type("application/problem+json")
                    .entity(body.encode())
                    .build();
        }
        Page page = Page.bare(title, "", true, Embed.asked(uri));
        return Response.status(status)
                .type("text/html;charset=UTF-8")
                .entity(Templates.problem(page, message, hint).render())
                .build();
    }
}
