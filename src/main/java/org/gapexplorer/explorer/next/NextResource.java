package org.gapexplorer.explorer.next;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.gapexplorer.explorer.api.Api;
import org.gapexplorer.explorer.concept.Meanings;
import org.gapexplorer.explorer.view.Csv;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Untested;

/** What to test next: what a benchmark claims to test and hardly does. */
@Path("/next")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class NextResource {
    private static final List<String> COLUMNS = List.of(
            "benchmark",
            "concept",
            "label",
            "scope_part",
            "nearness",
            "status",
            "coverage",
            "items",
            "suite_coverage",
            "snapshot");

    private final Visit visit;
    private final Meanings meanings;

    @Inject
    NextResource(Visit visit, Meanings meanings) {
        this.visit = visit;
        this.meanings = meanings;
    }

    @GET
    public Response next() {
        try (Snapshot snapshot = visit.open()) {
            NextView view = NextView.of(snapshot, Names.of(snapshot), meanings, visit.params(), visit.links());
            var page = visit.page(snapshot, "What to test next · " + view.benchmark(), "next", view);
            return visit.answer(page, view, Templates.next(page, view), Templates.next$live(page, view));
        }
    }

    /** The worklist as a file; {@code limit} rows of it. */
    @GET
    @Path("worklist.csv")
    @Produces(Csv.TYPE)
    @Operation(
            operationId = "worklist",
            summary = "What to test next, as a file",
            description = "The rows of /api/v1/next as CSV.")
    @Extension(name = Api.TRY, value = "/next/worklist.csv?benchmark={benchmark}&limit=500")
    @APIResponse(responseCode = "200", description = "The file", content = @Content(mediaType = "text/csv"))
    public Response worklist() throws IOException {
        try (Snapshot snapshot = visit.open()) {
            BenchmarkView benchmark = NextView.benchmark(snapshot, Names.of(snapshot), visit.params());
            List<String> phrases = NextView.phrases(benchmark);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (Csv csv = new Csv(out, COLUMNS)) {
                for (Untested u : NextView.untested(snapshot, benchmark, meanings, NextView.limit(visit.params()))) {
                    Coverage here = u.concept().coverage().get(benchmark.id());
                    csv.row(
                            benchmark.id(),
                            u.concept().concept(),
                            u.concept().label(),
                            phrases.get(u.phrase()),
                            u.nearness(),
                            here.status().word(),
                            here.chi(),
                            here.support(),
                            u.concept().suite().chi(),
                            snapshot.version());
                }
            }
            return Response.ok(out.toByteArray())
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"worklist-" + snapshot.version() + ".csv\"")
                    .build();
        }
    }
}
