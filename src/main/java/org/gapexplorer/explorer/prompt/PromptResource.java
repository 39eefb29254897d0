package org.gapexplorer.explorer.prompt;

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

/** Try a prompt: a visitor's text through the study's lens. */
@Path("/try")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PromptResource {
    private final Visit visit;
    private final Lenses lenses;

    @Inject
    PromptResource(Visit visit, Lenses lenses) {
        this.visit = visit;
        this.lenses = lenses;
    }

    @GET
    public Response prompt() {
        try (Snapshot snapshot = visit.open()) {
            PromptView view =
                    PromptView.of(snapshot, Names.of(snapshot), lenses, visit.params(), visit.url(), visit.links());
            var page = visit.pageWithItems(snapshot, "Try a prompt", "try", view);
            return visit.answer(page, view, Templates.prompt(page, view), Templates.prompt$live(page, view));
        }
    }
}
