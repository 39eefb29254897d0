package org.gapexplorer.explorer.share;

import static java.util.stream.Collectors.joining;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import org.gapexplorer.catalog.SavedView;
import org.gapexplorer.catalog.SavedViews;
import org.gapexplorer.catalog.SavedViews.NewView;
import org.gapexplorer.catalog.Term;
import org.gapexplorer.explorer.access.Guest;
import org.gapexplorer.explorer.door.ClientLimits;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.problem.Errors;
import org.gapexplorer.explorer.problem.Expired;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.service.Refusals;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.Visit;

/** Saved views: a short link to a page as it was, with a title and a note. */
@Path("/v")
@Produces(MediaType.TEXT_HTML)
public class SavedViewResource {
    private final SavedViews views;
    private final ClientLimits limits;
    private final Refusals refusals;
    private final Visit visit;
    private final Guest guest;

    @Inject
    SavedViewResource(SavedViews views, ClientLimits limits, Refusals refusals, Visit visit, Guest guest) {
        this.refusals = refusals;
        this.guest = guest;
        this.views = views;
        this.limits = limits;
        this.visit = visit;
    }

    /** What the templates show of a saved view. */
    public record Shown(
            String shortId,
            String title,
            String note,
            String href,
            String snapshot,
            String created,
            String expires,
            String secret) {}

    @POST
    public Uni<Response> save(
            @FormParam("path") String path,
            @FormParam("title") String title,
            @FormParam("note") String note,
            @FormParam("snapshot") String snapshot,
            @FormParam("term") String term,
            @HeaderParam("Sec-Fetch-Site") String site) {
        refuseOthers(site);
        Term kept = Term.of(term)
                .orElseThrow(() -> new BadParameter(
                        "term",
                        "choose from "
                                + Arrays.stream(Term.values()).map(t -> t.word).collect(joining(", "))));
        if (path != null) guest.demandStudyOf(path);
        limits.take(ClientLimits.Act.SAVE);
        var save = views.save(new NewView(path, title, note, snapshot, kept))
                .onItemOrFailure()
                .invoke((done, failure) -> refusals.saved(failure == null));
        return save.map(saved -> {
            Shown shown = new Shown(
                    saved.shortId(),
                    plain(title),
                    plain(note),
                    "/v/" + saved.shortId(),
                    snapshot,
                    "",
                    Numbers.day(saved.expires()),
                    saved.secret());
            return Response.created(URI.create("/v/" + saved.shortId()))
                    .entity(Templates.saved(visit.bare("Saved", ""), shown).render())
                    .build();
        });
    }

    /** Leads to the page that was saved. */
    @GET
    @Path("{short}")
    public Uni<Response> open(@PathParam("short") String shortId) {
        return find(shortId).map(view -> {
            String target = view.path + (view.path.contains("?") ? "&" : "?") + Visit.VIEW + "=" + view.shortId;
            return Response.status(302).location(URI.create(target)).build();
        });
    }

    /** Title and note, as a page or as the fragment that the saved page loads. */
    @GET
    @Path("{short}/note")
    public Uni<TemplateInstance> note(@PathParam("short") String shortId) {
        return find(shortId).map(view -> {
            Shown shown = new Shown(
                    view.shortId,
                    plain(view.title),
                    plain(view.note),
                    "/v/" + view.shortId,
                    view.snapshot,
                    Numbers.day(view.created),
                    Numbers.day(view.expires),
                    "");
            var page = visit.bare("Saved view", "");
            return visit.fragment() ? Templates.note$live(page, shown) : Templates.note(page, shown);
        });
    }

    @GET
    @Path("{short}/delete")
    public TemplateInstance confirm(@PathParam("short") String shortId, @QueryParam("secret") String secret) {
        Shown shown =
                new Shown(shortId, "", "", "/v/" + Text.plain(shortId, 20), "", "", "", secret == null ? "" : secret);
        return deletion(visit.bare("Delete a saved view", ""), shown);
    }

    @POST
    @Path("{short}/delete")
    public Uni<TemplateInstance> delete(
            @PathParam("short") String shortId,
            @FormParam("secret") String secret,
            @HeaderParam("Sec-Fetch-Site") String site) {
        refuseOthers(site);
        return views.delete(shortId, secret).map(done -> {
            if (!done) {
                throw new NotThere(
                        "There is no such saved view, or the secret is not its own.",
                        "Use the whole link that was shown when it was saved.");
            }
            return Errors.told(
                    visit.bare("Deleted", ""), "The saved view is gone; its short link leads nowhere now.", "");
        });
    }

    /** What does not last any more is told as that, without its title and note. */
    private Uni<SavedView> find(String shortId) {
        return views.find(shortId)
                .onItem()
                .ifNull()
                .failWith(() -> new NotThere(
                        "There is no saved view behind this link.",
                        "It may have been deleted, or a letter is missing."))
                .invoke(view -> {
                    guest.demandStudyOf(view.path);
                    if (view.isExpired()) throw new Expired(Numbers.day(view.expires));
                });
    }

    /** Browsers say where a form comes from; one on another site may not save or delete here. */
    public static void refuseOthers(String site) {
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new jakarta.ws.rs.ForbiddenException();
        }
    }

    /** The page that asks whether what was saved should go. */
    public static TemplateInstance deletion(Page page, Shown shown) {
        return Templates.delete(page, shown);
    }

    private static String plain(String text) {
        return text == null ? "" : Text.bounded(text.strip(), SavedViews.MAX_NOTE);
    }
}
