package org.gapexplorer.explorer.footprint;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.gapexplorer.catalog.SavedFootprint;
import org.gapexplorer.explorer.api.Api;
import org.gapexplorer.explorer.door.BodyLimits;
import org.gapexplorer.explorer.share.SavedViewResource;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.Snapshot;

/** Footprints for programs. */
@Path("/api/v1/footprint")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class FootprintApi {
    private final Visit visit;
    private final FootprintReader reader;
    private final FootprintMasses masses;
    private final FootprintShelf shelf;

    @Inject
    FootprintApi(Visit visit, FootprintReader reader, FootprintMasses masses, FootprintShelf shelf) {
        this.visit = visit;
        this.reader = reader;
        this.masses = masses;
        this.shelf = shelf;
    }

    /** @param difference from the footprint asked for; empty where none was */
    public record Footprints(FootprintReport footprint, Optional<FootprintDifference> difference) {}

    /** Prompts as JSONL, or as a JSON array; nothing of them is kept. */
    @POST
    @Operation(
            operationId = "readFootprint",
            summary = "Read a footprint",
            description =
                    "Prompts of yours through the study’s lens: which benchmarks cover their concepts, which concepts none covers, and what score to expect of each model. Nothing that is sent is kept.")
    @Extension(name = Api.TRY, value = "/api/v1/footprint")
    @Consumes({"application/x-ndjson", "application/jsonl", MediaType.APPLICATION_JSON})
    public Api.Answer<Footprints> read(
            InputStream body,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
            @Parameter(hidden = true) @HeaderParam("Sec-Fetch-Site") String site) {
        SavedViewResource.refuseOthers(site);
        String text = new String(BodyLimits.prompts(body), StandardCharsets.UTF_8);
        List<String> prompts = MediaType.APPLICATION_JSON_TYPE.isCompatible(type)
                ? PromptLines.ofArray(text)
                : PromptLines.ofText(text);
        try (Snapshot snapshot = visit.open()) {
            return answer(snapshot, reader.read(snapshot, prompts), null);
        }
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "footprint",
            summary = "A saved footprint",
            description =
                    "One that was saved at /footprint, held against the snapshot that it was read with, and against an earlier one where that is asked for. 404 once it is deleted or its time is over.")
    @Extension(name = Api.TRY, value = "/api/v1/footprint/{footprint}")
    public Api.Answer<Footprints> saved(
            @Parameter(description = "The last part of the link that was shown when it was saved.") @PathParam("id")
                    String id,
            @Parameter(
                            description =
                                    "Link or id of an earlier saved footprint of the same lens, to hold this one against.")
                    @QueryParam("against")
                    String against) {
        SavedFootprint saved = shelf.find(id);
        try (Snapshot snapshot = shelf.snapshot(saved)) {
            return answer(
                    snapshot,
                    FootprintProfile.of(saved.profile),
                    against == null || against.isBlank()
                            ? null
                            : shelf.comparable("against", against, saved.lens, saved.lensName));
        }
    }

    private Api.Answer<Footprints> answer(Snapshot snapshot, FootprintProfile profile, SavedFootprint earlier) {
        return new Api.Answer<>(
                snapshot.version(),
                new Footprints(
                        FootprintReport.of(snapshot, masses, profile),
                        Optional.ofNullable(earlier).map(e -> FootprintDifference.of(snapshot, masses, e, profile))));
    }
}
