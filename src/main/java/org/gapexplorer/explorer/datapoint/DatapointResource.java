package org.gapexplorer.explorer.datapoint;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.gapexplorer.explorer.benchmark.BenchmarkResource;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.DatapointView;
import org.gapexplorer.snapshot.Snapshot;

/** A datapoint's page. */
@Path("/datapoints")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class DatapointResource {
    private final Visit visit;

    @Inject
    DatapointResource(Visit visit) {
        this.visit = visit;
    }

    @GET
    @Path("{benchmark}/{item: .+}")
    public Response datapoint(@PathParam("benchmark") String benchmark, @PathParam("item") String item) {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            DatapointDetail view = DatapointDetail.of(
                    snapshot, names, find(snapshot, benchmark, item), visit.params(), visit.url(), visit.links());
            Page page = visit.pageWithItems(snapshot, item + " · " + names.benchmark(benchmark), "benchmarks", view);
            return visit.answer(page, view, Templates.datapoint(page, view), null);
        }
    }

    public static DatapointView find(Snapshot snapshot, String benchmark, String item) {
        BenchmarkResource.find(snapshot, benchmark);
        return snapshot.datapoint(benchmark, item)
                .orElseThrow(() -> new NotThere(
                        "This benchmark has no item of that name.", "The benchmark’s page lists its items."));
    }
}
