package org.gapexplorer.explorer.visit;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.gapexplorer.explorer.view.Links;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Headers of pages and of the API. */
class PageHeaders {
    /** Pages that show benchmark items: test sets should not end up in search engines and from there in training data. */
    private static final List<String> WITH_ITEMS =
            List.of("/concepts/", "/benchmarks/", "/datapoints/", "/v/", "/footprint/", "/api/");

    /** What a pinned address answers changes with the code alone. */
    private static final String PINNED = "public, max-age=3600";

    /** Addresses that hold a visitor's text: for no shared cache. */
    private static final List<String> PERSONAL = List.of("/try", "/api/v1/try");

    private final Visit visit;

    PageHeaders(Visit visit) {
        this.visit = visit;
    }

    @ServerResponseFilter
    void add(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        String path = request.getUriInfo().getPath();
        if (!path.startsWith("/api/")) headers.add(HttpHeaders.VARY, "HX-Request, HX-History-Restore-Request");
        boolean same = visit.tag() != null && (response.getStatus() == 200 || response.getStatus() == 304);
        if (same && !headers.containsKey(HttpHeaders.ETAG)) headers.putSingle(HttpHeaders.ETAG, visit.tag());
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            boolean pinned = same && request.getUriInfo().getQueryParameters().containsKey(Links.PIN);
            headers.putSingle(
                    HttpHeaders.CACHE_CONTROL,
                    PERSONAL.contains(path) ? "private, no-cache" : pinned ? PINNED : "no-cache");
        }
        if (WITH_ITEMS.stream().anyMatch(path::startsWith)) headers.putSingle("X-Robots-Tag", "noindex");
    }
}
