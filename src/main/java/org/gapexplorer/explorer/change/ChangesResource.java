package org.gapexplorer.explorer.change;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.Snapshot;

/** Snapshot against snapshot: what a new run changed, per concept. */
@Path("/changes")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ChangesResource {
    private final Visit visit;

    @Inject
    ChangesResource(Visit visit) {
        this.visit = visit;
    }

    @GET
    public Response changes() {
        try (Snapshot after = visit.open()) {
            ChangesFilter.Earlier earlier = ChangesFilter.earlier(visit.params(), visit.study(), after);
            ChangesView view;
            if (earlier.version().isEmpty()) {
                view = ChangesView.alone(Names.of(after), visit.url());
            } else {
                try (Snapshot before = visit.study().open(earlier.version())) {
                    ChangesFilter filter = ChangesFilter.of(visit.params(), before, after);
                    view = ChangesView.of(before, after, filter, earlier.others(), visit.url(), visit.links());
                }
            }
            var page = visit.page(after, "What changed", "", view);
            return visit.answer(page, view, Templates.changes(page, view), Templates.changes$live(page, view));
        }
    }
}
