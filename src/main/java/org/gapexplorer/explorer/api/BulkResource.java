package org.gapexplorer.explorer.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.gapexplorer.explorer.concept.ConceptExport;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.BulkTable;
import org.gapexplorer.snapshot.Snapshot;

/** The run's tables whole, for pandas, Polars, DuckDB and R. None holds an item's text. */
@Path("/api/v1/bulk")
@Blocking
public class BulkResource {
    private final Visit visit;

    @Inject
    BulkResource(Visit visit) {
        this.visit = visit;
    }

    public record Bulk(List<File> files) {}

    /** @param href with the snapshot's version in it */
    public record File(String table, String href, long bytes, String sha256) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "bulk",
            summary = "Tables to be had whole",
            description =
                    "The run’s tables as Parquet files, with their sizes; docs/formats.md describes the columns. A"
                            + " snapshot that was built without them lists none.")
    @Extension(name = Api.TRY, value = "/api/v1/bulk")
    public Api.Answer<Bulk> bulk() {
        try (Snapshot snapshot = visit.open()) {
            Links links = new Links(visit.links().base(), snapshot.version());
            return new Api.Answer<>(
                    snapshot.version(),
                    new Bulk(snapshot.bulk().stream()
                            .map(t -> new File(
                                    t.name(),
                                    links.to("/api/v1/bulk/" + t.name() + ".parquet")
                                            .toString(),
                                    t.bytes(),
                                    t.sha256()))
                            .toList()));
        }
    }

    @GET
    @Path("{table}.parquet")
    @Operation(
            operationId = "bulkTable",
            summary = "One table whole",
            description = "As the run wrote it: every row, numbers unrounded, NULL or NaN where nothing is defined.")
    @Extension(name = Api.TRY, value = "/api/v1/bulk/overlap.parquet")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "application/vnd.apache.parquet"))
    public Response table(@PathParam("table") String name, @Context Request request) {
        try (Snapshot snapshot = visit.open()) {
            BulkTable table = snapshot.bulk().stream()
                    .filter(t -> t.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new NotThere(
                            snapshot.bulk().isEmpty()
                                    ? "This snapshot was built without its run’s tables; build it again to have them."
                                    : "There is no such table; /api/v1/bulk lists them.",
                            ""));
            EntityTag tag = new EntityTag(table.sha256());
            Response.ResponseBuilder same = request.evaluatePreconditions(tag);
            return (same != null ? same : Response.ok(table.file().toFile(), ConceptExport.Format.PARQUET.type()))
                    .tag(tag)
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"" + table.name() + "-" + snapshot.version() + ".parquet\"")
                    .build();
        }
    }
}
