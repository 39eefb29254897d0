package org.gapexplorer.explorer;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Headers of pages and of the API. */
class PageHeaders {
    /** Pages that show benchmark items: test sets should not end up in search engines and from there in training data. */
    private static final List<String> WITH_ITEMS =
            List.of("/concepts/", "/benchmarks/", "/datapoints/", "/v/", "/api/");

    /** Another program may answer otherwise from the same snapshot, so tags end with the process. */
    private static final String STARTED = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    @ServerResponseFilter
    void add(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        String path = request.getUriInfo().getPath();
        if (!path.startsWith("/api/")) headers.add(HttpHeaders.VARY, "HX-Request, HX-History-Restore-Request");
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (WITH_ITEMS.stream().anyMatch(path::startsWith)) headers.putSingle("X-Robots-Tag", "noindex");
        if (response.getEntity() instanceof Api.Answer<?> answer) tag(answer, request, response);
    }

    /** A snapshot never changes, so its version and the address say all there is to an answer. */
    private static void tag(Api.Answer<?> answer, ContainerRequestContext request, ContainerResponseContext response) {
        EntityTag tag = new EntityTag(answer.snapshot() + "-" + STARTED, true);
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        Response.ResponseBuilder same = request.getRequest().evaluatePreconditions(tag);
        if (same != null) {
            response.setEntity(null);
            response.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
        }
    }
}
