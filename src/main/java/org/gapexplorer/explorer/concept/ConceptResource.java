package org.gapexplorer.explorer.concept;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.ConceptView;
import org.gapexplorer.snapshot.Snapshot;

/** The concept search, and a concept's page. */
@Path("/concepts")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ConceptResource {
    private final Visit visit;
    private final Meanings meanings;

    @Inject
    ConceptResource(Visit visit, Meanings meanings) {
        this.visit = visit;
        this.meanings = meanings;
    }

    @GET
    public Response concepts() {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            ConceptFilter filter = ConceptFilter.of(visit.params(), names, meanings::of);
            ConceptsView view = ConceptsView.of(snapshot, names, filter, visit.url(), visit.links());
            String title = view.q().isEmpty() ? "Concepts" : view.q() + " · Concepts";
            Page page = visit.page(snapshot, title, "concepts", view);
            return visit.answer(page, view, Templates.concepts(page, view), Templates.concepts$live(page, view));
        }
    }

    /** What a half-typed search could mean; a fragment for the list below the search box. */
    @GET
    @Path("suggest")
    public TemplateInstance suggest() {
        try (Snapshot snapshot = visit.open()) {
            return Templates.suggest(Suggestions.of(snapshot, visit.params().text("q"), visit.links()));
        }
    }

    @GET
    @Path("{id}")
    public Response concept(@PathParam("id") String id) {
        try (Snapshot snapshot = visit.open()) {
            ConceptView concept = find(snapshot, id);
            ConceptDetail view =
                    ConceptDetail.of(snapshot, Names.of(snapshot), concept, visit.params(), visit.url(), visit.links());
            Page page = visit.pageWithItems(
                    snapshot, Label.name(concept.concept(), concept.label(), concept.kind()), "concepts", view);
            return visit.answer(page, view, Templates.concept(page, view), Templates.concept$live(page, view));
        }
    }

    /** The concept of that number, which comes from an address. */
    public static ConceptView find(Snapshot snapshot, String id) {
        if (!id.matches("\\d{1,9}")) {
            throw new NotThere("A concept’s number is made of digits.", "Search for the concept by a word instead.");
        }
        return snapshot.concept(Integer.parseInt(id))
                .orElseThrow(() -> new NotThere(
                        "This study’s lens has no concept " + id + ".",
                        "It has concepts 0 to " + (snapshot.study().lens().concepts() - 1)
                                + ". Search by a word instead."));
    }
}
