package org.gapexplorer.explorer.concept;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.gapexplorer.catalog.LabelFlags;
import org.gapexplorer.explorer.door.ClientLimits;
import org.gapexplorer.explorer.problem.Busy;
import org.gapexplorer.explorer.problem.Errors;
import org.gapexplorer.explorer.service.Awaited;
import org.gapexplorer.explorer.share.SavedViewResource;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.Snapshot;

/** A visitor says that a concept's label is wrong or misleading. Nothing changes by it but the administrators' list. */
@Path("/flags")
@Produces(MediaType.TEXT_HTML)
public class LabelFlagResource {
    private final Visit visit;
    private final LabelFlags flags;
    private final ClientLimits limits;

    @Inject
    LabelFlagResource(Visit visit, LabelFlags flags, ClientLimits limits) {
        this.visit = visit;
        this.flags = flags;
        this.limits = limits;
    }

    /** The label is taken from the snapshot, not from what is sent. */
    @POST
    @Blocking
    public TemplateInstance flag(
            @FormParam("concept") String concept,
            @FormParam("snapshot") String version,
            @FormParam("what") String what,
            @FormParam("suggestion") String suggestion,
            @HeaderParam("Sec-Fetch-Site") String site) {
        SavedViewResource.refuseOthers(site);
        LabelFlags.NewFlag flag = found(concept, version, what, suggestion);
        limits.take(ClientLimits.Act.FLAG);
        if (!Awaited.of(() -> flags.add(flag))) {
            throw new Busy("More flags wait to be looked at than are kept.", 3_600);
        }
        return Errors.told(
                visit.bare("Thank you", ""),
                "Your flag is kept for those who run this server.",
                "The label stays as it is until the study’s labels are made again.");
    }

    private LabelFlags.NewFlag found(String concept, String version, String what, String suggestion) {
        try (Snapshot snapshot = visit.study().open(version == null ? "" : version.strip())) {
            var found = ConceptResource.find(snapshot, concept == null ? "" : concept);
            return new LabelFlags.NewFlag(
                    visit.study().id(), snapshot.version(), found.concept(), found.label(), what, suggestion);
        }
    }
}
