package org.gapexplorer.explorer.model;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;

/** All models, one model, and two models paired. */
@Path("/models")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ModelResource {
    private final Visit visit;

    @Inject
    ModelResource(Visit visit) {
        this.visit = visit;
    }

    @GET
    public Response models() {
        try (Snapshot snapshot = visit.open()) {
            ModelsView view = ModelsView.of(snapshot, Names.of(snapshot), visit.links());
            Page page = visit.page(snapshot, "Models", "models", view);
            return visit.answer(page, view, Templates.models(page, view), null);
        }
    }

    @GET
    @Path("{id}")
    public Response model(@PathParam("id") String id) {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            ModelDetail view = ModelDetail.of(
                    snapshot, names, find(snapshot, id), visit.params(), visit.url(), visit.links(), ModelDetail.ROWS);
            Page page = visit.page(snapshot, names.model(id), "models", view);
            return visit.answer(page, view, Templates.model(page, view), Templates.model$live(page, view));
        }
    }

    @GET
    @Path("compare")
    public Response compare() {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            PairView.Wanted wanted = PairView.wanted(visit.params(), names);
            PairView view = PairView.of(snapshot, names, wanted, visit.url(), visit.links());
            Page page = visit.page(snapshot, view.heading(), "models", view);
            return visit.answer(page, view, Templates.pair(page, view), Templates.pair$live(page, view));
        }
    }

    public static ModelView find(Snapshot snapshot, String id) {
        return snapshot.model(id)
                .orElseThrow(
                        () -> new NotThere("This study has no model of that name.", "See all of them under Models."));
    }
}
