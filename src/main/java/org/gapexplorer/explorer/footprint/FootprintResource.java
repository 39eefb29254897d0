package org.gapexplorer.explorer.footprint;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.gapexplorer.catalog.CatalogAway;
import org.gapexplorer.catalog.SavedFootprint;
import org.gapexplorer.catalog.SavedFootprints;
import org.gapexplorer.explorer.door.BodyLimits;
import org.gapexplorer.explorer.door.ClientLimits;
import org.gapexplorer.explorer.problem.Busy;
import org.gapexplorer.explorer.problem.Errors;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.problem.TooMany;
import org.gapexplorer.explorer.share.SavedViewResource;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.study.Problem;

/** Footprint: a visitor's own prompts held against the study, and against an earlier upload. */
@Path("/footprint")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class FootprintResource {
    private static final String SECTION = "footprint";

    private final Visit visit;
    private final FootprintReader reader;
    private final FootprintMasses masses;
    private final FootprintShelf shelf;
    private final ClientLimits limits;

    @Inject
    FootprintResource(
            Visit visit, FootprintReader reader, FootprintMasses masses, FootprintShelf shelf, ClientLimits limits) {
        this.limits = limits;
        this.visit = visit;
        this.reader = reader;
        this.masses = masses;
        this.shelf = shelf;
    }

    /**
     * The form.
     *
     * @param able whether this snapshot came with its lens
     * @param href where it is opened
     * @param trouble why what was sent could not be read; empty where nothing was sent
     */
    public record Form(boolean able, String text, boolean keep, String title, String against, String trouble) {
        public int most() {
            return PromptLines.MOST;
        }

        public String longestText() {
            return Numbers.count(PromptLines.LONGEST);
        }

        public long days() {
            return SavedFootprints.KEPT.toDays();
        }
    }

    /**
     * The saved footprint that is shown, or that was just made.
     *
     * @param secret deletes it; only where it was just made
     * @param href where it is opened
     * @param trouble why it was not saved; empty where it was
     */
    public record Kept(
            String id,
            String title,
            String created,
            String expires,
            String snapshot,
            String against,
            String secret,
            String trouble,
            String otherSnapshot,
            String href) {}

    @GET
    public TemplateInstance form(@QueryParam("against") String against) {
        try (Snapshot snapshot = visit.open()) {
            return Templates.footprint(
                    visit.page(snapshot, "Footprint", SECTION),
                    form(snapshot, new FootprintForm("", "", false, "", against == null ? "" : against), ""));
        }
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response read(
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            @HeaderParam("Sec-Fetch-Site") String site) {
        SavedViewResource.refuseOthers(site);
        byte[] sent = BodyLimits.prompts(body);
        try (Snapshot snapshot = visit.open()) {
            Page page = visit.page(snapshot, "Footprint", SECTION);
            FootprintForm form = FootprintForm.EMPTY;
            try {
                form = FootprintForm.of(type, sent);
                return Response.ok(read(snapshot, form)).build();
            } catch (Problem | NotThere e) {
                return Response.status(400)
                        .entity(Templates.footprint(page, form(snapshot, form, e.getMessage())))
                        .build();
            } catch (Busy e) {
                return Response.status(503)
                        .header("Retry-After", e.retrySeconds)
                        .entity(Templates.footprint(
                                page, form(snapshot, form, e.getMessage() + " Try again in a few seconds.")))
                        .build();
            }
        }
    }

    private TemplateInstance read(Snapshot snapshot, FootprintForm form) {
        List<String> prompts = PromptLines.ofText(form.prompts());
        String lens = reader.identity(snapshot);
        SavedFootprint earlier = form.against().isEmpty()
                ? null
                : shelf.comparable(
                        "compare with",
                        form.against(),
                        lens,
                        snapshot.study().lens().name());
        if (form.title().length() > SavedFootprints.MAX_TITLE) {
            throw new Problem("title", "longer than " + SavedFootprints.MAX_TITLE + " characters", "shorten it");
        }
        FootprintProfile profile = reader.read(snapshot, prompts);
        Kept kept = form.keep() ? keep(snapshot, lens, profile, form.title()) : null;
        FootprintView view = view(snapshot, profile, earlier, visit.links());
        return Templates.footprintRead(visit.pageWithItems(snapshot, "Footprint", SECTION, view), view, kept);
    }

    /** Reading took its time: where nothing can be saved just now the numbers are shown all the same. */
    private Kept keep(Snapshot snapshot, String lens, FootprintProfile profile, String title) {
        try {
            limits.take(ClientLimits.Act.SAVE);
            var saved = shelf.save(snapshot, lens, profile, title);
            return new Kept(
                    saved.shortId(),
                    plain(title),
                    "",
                    "",
                    snapshot.version(),
                    "",
                    saved.secret(),
                    "",
                    "",
                    address(saved.shortId()));
        } catch (CatalogAway | TooMany e) {
            return new Kept("", "", "", "", "", "", "", e.getMessage(), "", "");
        }
    }

    /** Where a saved footprint is opened: under its study, by whose lens it was read. */
    private String address(String id) {
        return visit.links().base() + "/footprint/" + id;
    }

    @GET
    @Path("{id}")
    public Response saved(@PathParam("id") String id, @QueryParam("against") String against) {
        SavedFootprint saved = shelf.find(id);
        try (Snapshot snapshot = shelf.snapshot(saved)) {
            Links links = new Links(visit.links().base(), snapshot.version());
            SavedFootprint earlier = against == null || against.isBlank()
                    ? null
                    : shelf.comparable("against", against, saved.lens, saved.lensName);
            Kept kept = new Kept(
                    saved.shortId,
                    plain(saved.title),
                    Numbers.day(saved.created),
                    Numbers.day(saved.expires),
                    saved.snapshot,
                    earlier == null ? "" : earlier.shortId,
                    "",
                    "",
                    snapshot.version().equals(saved.snapshot) ? "" : snapshot.version(),
                    address(saved.shortId));
            FootprintView view = view(snapshot, FootprintProfile.of(saved.profile), earlier, links);
            String title = saved.title.isBlank() ? "Footprint" : saved.title;
            Page page = visit.pageWithItems(snapshot, title, SECTION, view);
            return visit.answer(page, view, Templates.footprintRead(page, view, kept), null);
        }
    }

    @GET
    @Path("{id}/delete")
    public TemplateInstance confirm(@PathParam("id") String id, @QueryParam("secret") String secret) {
        var shown = new SavedViewResource.Shown(
                id, "", "", address(Text.plain(id, 20)), "", "", "", secret == null ? "" : secret);
        return SavedViewResource.deletion(visit.bare("Delete a saved footprint", ""), shown);
    }

    @POST
    @Path("{id}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance delete(
            @PathParam("id") String id,
            @FormParam("secret") String secret,
            @HeaderParam("Sec-Fetch-Site") String site) {
        SavedViewResource.refuseOthers(site);
        shelf.delete(id, secret);
        return Errors.told(visit.bare("Deleted", ""), "The saved footprint is gone; its link leads nowhere now.", "");
    }

    private FootprintView view(Snapshot snapshot, FootprintProfile profile, SavedFootprint earlier, Links links) {
        FootprintDifference difference =
                earlier == null ? null : FootprintDifference.of(snapshot, masses, earlier, profile);
        return FootprintView.of(
                FootprintReport.of(snapshot, masses, profile),
                difference,
                snapshot.version(),
                snapshot.suiteIds(),
                Names.of(snapshot),
                links);
    }

    private static Form form(Snapshot snapshot, FootprintForm form, String trouble) {
        return new Form(
                snapshot.lens().isPresent(),
                form.text(),
                form.keep(),
                Text.bounded(form.title(), SavedFootprints.MAX_TITLE),
                Text.bounded(form.against(), 300),
                trouble);
    }

    private static String plain(String title) {
        return Text.bounded(title.strip(), SavedFootprints.MAX_TITLE);
    }
}
