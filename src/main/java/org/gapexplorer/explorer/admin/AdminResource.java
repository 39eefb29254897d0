package org.gapexplorer.explorer.admin;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.gapexplorer.catalog.CatalogAway;
import org.gapexplorer.catalog.LabelFlags;
import org.gapexplorer.catalog.SavedViewDesk;
import org.gapexplorer.explorer.access.Guest;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.service.Awaited;
import org.gapexplorer.explorer.share.SavedViewResource;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.Studies;
import org.gapexplorer.explorer.visit.Visit;

/** For administrators: the studies with their versions, the saved views, and what visitors say of labels. */
@Path("/admin")
@Blocking
public class AdminResource {
    private static final int MOST = 100;

    private final Guest guest;
    private final Visit visit;
    private final Studies studies;
    private final SavedViewDesk views;
    private final LabelFlags flags;
    private final CurrentVertxRequest request;

    @Inject
    AdminResource(
            Guest guest,
            Visit visit,
            Studies studies,
            SavedViewDesk views,
            LabelFlags flags,
            CurrentVertxRequest request) {
        this.guest = guest;
        this.visit = visit;
        this.studies = studies;
        this.views = views;
        this.flags = flags;
        this.request = request;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance admin() {
        guest.demandAdmin();
        String q = visit.params().text("q");
        return Templates.admin(visit.bare("Administration", "studies"), view(q));
    }

    private AdminView view(String q) {
        try {
            Map<String, Long> pinned = Awaited.of(views::bySnapshot);
            return new AdminView(
                    cards(pinned),
                    "",
                    q,
                    Numbers.count(Awaited.of(views::count), "saved view", "saved views"),
                    Awaited.of(() -> views.find(q, MOST)).stream()
                            .map(AdminView::view)
                            .toList(),
                    Numbers.count(Awaited.of(flags::count), "flag", "flags"),
                    Awaited.of(() -> flags.open(MOST)).stream()
                            .map(AdminView::flag)
                            .toList());
        } catch (CatalogAway e) {
            return new AdminView(cards(Map.of()), e.getMessage(), q, "", List.of(), "", List.of());
        }
    }

    private List<AdminView.StudyCard> cards(Map<String, Long> pinned) {
        return studies.all().stream()
                .map((ShownStudy s) -> AdminView.study(s, guest.whoMaySee(s.id()), pinned))
                .toList();
    }

    @POST
    @Path("views/{short}/delete")
    public Response delete(
            @PathParam("short") String shortId,
            @HeaderParam("Sec-Fetch-Site") String site,
            @HeaderParam("Origin") String origin) {
        check(site, origin);
        if (!Awaited.of(() -> views.delete(shortId))) {
            throw new NotThere("There is no such saved view.", "It may be deleted already.");
        }
        return back("views");
    }

    @POST
    @Path("flags/{id}")
    public Response decide(
            @PathParam("id") long id,
            @FormParam("decision") String decision,
            @HeaderParam("Sec-Fetch-Site") String site,
            @HeaderParam("Origin") String origin) {
        check(site, origin);
        if (!Awaited.of(() -> flags.decide(id, decision, guest.adminName()))) {
            throw new NotThere("There is no such open flag.", "Somebody may have decided on it already.");
        }
        return back("flags");
    }

    /**
     * An administrator is who the proxy or the session's cookie says, also where a page elsewhere sends the form. Browsers tell
     * where it comes from, over plain HTTP in Origin alone.
     */
    private void check(String site, String origin) {
        guest.demandAdmin();
        SavedViewResource.refuseOthers(site);
        var authority = request.getCurrent().request().authority();
        if (origin != null
                && (authority == null || !origin.replaceFirst("^https?://", "").equals(authority.toString()))) {
            throw new ForbiddenException();
        }
    }

    private static Response back(String part) {
        return Response.seeOther(URI.create("/admin#" + part)).build();
    }
}
