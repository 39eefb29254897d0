package org.gapexplorer.explorer;

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
import org.gapexplorer.catalog.SavedFootprint;
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

    /** @param difference from the footprint asked for; null where none was */
    public record Answer(FootprintReport footprint, FootprintDifference difference) {}

    /** Prompts as JSONL, or as a JSON array; nothing of them is kept. */
    @POST
    @Consumes({"application/x-ndjson", "application/jsonl", MediaType.APPLICATION_JSON})
    public Api.Answer<Answer> read(
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            @HeaderParam("Sec-Fetch-Site") String site) {
        SavedViewResource.refuseOthers(site);
        String text = new String(BodyLimits.prompts(body), StandardCharsets.UTF_8);
        List<String> prompts =
                type.startsWith(MediaType.APPLICATION_JSON) ? PromptLines.ofArray(text) : PromptLines.ofText(text);
        try (Snapshot snapshot = visit.open()) {
            return answer(snapshot, reader.read(snapshot, prompts), null);
        }
    }

    @GET
    @Path("{id}")
    public Api.Answer<Answer> saved(@PathParam("id") String id, @QueryParam("against") String against) {
        SavedFootprint saved = shelf.find(id);
        try (Snapshot snapshot = shelf.snapshot(saved)) {
            return answer(
                    snapshot,
                    FootprintProfile.of(saved.profile),
                    against == null || against.isBlank()
                            ? null
                            : shelf.comparable(against, saved.lens, saved.lensName));
        }
    }

    private Api.Answer<Answer> answer(Snapshot snapshot, FootprintProfile profile, SavedFootprint earlier) {
        return new Api.Answer<>(
                snapshot.version(),
                new Answer(
                        FootprintReport.of(snapshot, masses, profile),
                        earlier == null ? null : FootprintDifference.of(snapshot, masses, earlier, profile)));
    }
}
