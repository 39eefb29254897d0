package org.gapexplorer.explorer.benchmark;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Snapshot;

/** All benchmarks, one benchmark, benchmarks side by side, and benchmarks together. */
@Path("/")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class BenchmarkResource {
    private final Visit visit;

    @Inject
    BenchmarkResource(Visit visit) {
        this.visit = visit;
    }

    @GET
    @Path("benchmarks")
    public Response benchmarks() {
        try (Snapshot snapshot = visit.open()) {
            BenchmarksView view =
                    BenchmarksView.of(snapshot, Names.of(snapshot), visit.params(), visit.url(), visit.links());
            Page page = visit.page(snapshot, "Benchmarks", "benchmarks", view);
            return visit.answer(page, view, Templates.benchmarks(page, view), null);
        }
    }

    @GET
    @Path("benchmarks/{id}")
    public Response benchmark(@PathParam("id") String id) {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            BenchmarkView benchmark = find(snapshot, id);
            BenchmarkDetail view =
                    BenchmarkDetail.of(snapshot, names, benchmark, visit.params(), visit.url(), visit.links());
            Page page = visit.pageWithItems(snapshot, names.benchmark(id), "benchmarks", view);
            return visit.answer(page, view, Templates.benchmark(page, view), Templates.benchmark$live(page, view));
        }
    }

    @GET
    @Path("compare")
    public Response compare() {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            CompareView.Wanted wanted = CompareView.wanted(visit.params(), names);
            CompareView view = CompareView.of(snapshot, names, wanted, visit.params(), visit.url(), visit.links());
            Page page = visit.page(snapshot, view.heading(), "compare", view);
            // with less than two benchmarks there is no table, which is the part that moves
            var live = view.table() == null ? null : Templates.compare$live(page, view);
            return visit.answer(page, view, Templates.compare(page, view), live);
        }
    }

    @GET
    @Path("suite")
    public Response suite() {
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            SuiteView.Wanted wanted = SuiteView.wanted(visit.params(), names);
            SuiteView view = SuiteView.of(snapshot, names, wanted, visit.url(), visit.links());
            Page page = visit.page(snapshot, "Build a suite", "compare", view);
            return visit.answer(page, view, Templates.suite(page, view), Templates.suite$live(page, view));
        }
    }

    public static BenchmarkView find(Snapshot snapshot, String id) {
        return snapshot.benchmark(id)
                .orElseThrow(() ->
                        new NotThere("This study has no benchmark of that name.", "See all of them under Benchmarks."));
    }
}
