package org.gapexplorer.explorer.overview;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.gapexplorer.explorer.access.Guest;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.visit.Studies;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.Snapshot;

/** The front page. */
@Path("/")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class OverviewResource {
    private final Visit visit;
    private final Studies studies;
    private final Guest guest;

    @Inject
    OverviewResource(Visit visit, Studies studies, Guest guest) {
        this.guest = guest;
        this.visit = visit;
        this.studies = studies;
    }

    /** The study's overview; where there are several and the address names none, the list of them. */
    @GET
    public Response overview() {
        if (studies.several() && !studies.isNamed()) {
            Page page = visit.bare("Studies", "studies");
            return Response.ok(Templates.studies(page, StudiesView.of(guest.studies(), guest.couldSignIn())))
                    .build();
        }
        try (Snapshot snapshot = visit.open()) {
            OverviewView view =
                    OverviewView.of(snapshot, Names.of(snapshot), visit.links(), visit.params(), visit.url());
            Page page = visit.page(snapshot, "Overview", "overview", view);
            return visit.answer(page, view, Templates.overview(page, view), Templates.overview$live(page, view));
        }
    }
}
