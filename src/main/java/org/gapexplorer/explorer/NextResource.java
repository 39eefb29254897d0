package org.gapexplorer.explorer;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.gapexplorer.snapshot.Snapshot;

/** What to test next: what a benchmark claims to test and hardly does. */
@Path("/next")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class NextResource {
    private final Visit visit;
    private final Meanings meanings;

    @Inject
    NextResource(Visit visit, Meanings meanings) {
        this.visit = visit;
        this.meanings = meanings;
    }

    @GET
    public TemplateInstance next() {
        try (Snapshot snapshot = visit.open()) {
            NextView view = NextView.of(snapshot, Names.of(snapshot), meanings, visit.params(), visit.links());
            var page = visit.page(snapshot, "What to test next · " + view.benchmark(), "next");
            return visit.fragment() ? Templates.next$live(page, view) : Templates.next(page, view);
        }
    }
}
