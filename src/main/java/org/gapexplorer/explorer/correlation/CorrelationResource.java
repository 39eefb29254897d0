package org.gapexplorer.explorer.correlation;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.Snapshot;

/** Coverage against performance, benchmark against benchmark, model against model. */
@Path("/correlation")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class CorrelationResource {
    private final Visit visit;

    @Inject
    CorrelationResource(Visit visit) {
        this.visit = visit;
    }

    @GET
    public Response correlation() {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            CorrelationFilter filter = CorrelationFilter.of(visit.params(), snapshot, names);
            CorrelationView view = CorrelationView.of(snapshot, names, filter, visit.url(), visit.links());
            Page page = visit.page(snapshot, view.heading(), "correlation", view);
            return visit.answer(page, view, Templates.correlation(page, view), Templates.correlation$live(page, view));
        }
    }
}
