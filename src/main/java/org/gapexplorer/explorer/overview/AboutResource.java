package org.gapexplorer.explorer.overview;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.gapexplorer.explorer.problem.NoSnapshot;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.Snapshot;

/** The method in plain words; shown also while no snapshot is open. */
@Path("/about")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class AboutResource {
    private final Visit visit;

    @Inject
    AboutResource(Visit visit) {
        this.visit = visit;
    }

    @GET
    public TemplateInstance about() {
        try (Snapshot snapshot = visit.open()) {
            return Templates.about(visit.page(snapshot, "Method", "about"));
        } catch (NoSnapshot e) {
            return Templates.about(visit.bare("Method", "about"));
        }
    }
}
