package org.gapexplorer.explorer;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.gapexplorer.explorer.view.Page;
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
    public TemplateInstance models() {
        try (Snapshot snapshot = visit.open()) {
            ModelsView view = ModelsView.of(snapshot, Names.of(snapshot), visit.links());
            return Templates.models(visit.page(snapshot, "Models", "models"), view);
        }
    }

    @GET
    @Path("{id}")
    public TemplateInstance model(@PathParam("id") String id) {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            ModelDetail view = ModelDetail.of(
                    snapshot, names, find(snapshot, id), visit.params(), visit.url(), visit.links(), ModelDetail.ROWS);
            Page page = visit.page(snapshot, names.model(id), "models");
            return visit.fragment() ? Templates.model$live(page, view) : Templates.model(page, view);
        }
    }

    @GET
    @Path("compare")
    public TemplateInstance compare() {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            PairView.Wanted wanted = PairView.wanted(visit.params(), names);
            PairView view = PairView.of(snapshot, names, wanted, visit.url(), visit.links());
            Page page = visit.page(snapshot, view.heading(), "models");
            return visit.fragment() ? Templates.pair$live(page, view) : Templates.pair(page, view);
        }
    }

    static ModelView find(Snapshot snapshot, String id) {
        return snapshot.model(id)
                .orElseThrow(
                        () -> new NotThere("This study has no model of that name.", "See all of them under Models."));
    }
}
