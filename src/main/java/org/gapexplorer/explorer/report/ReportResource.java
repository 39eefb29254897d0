package org.gapexplorer.explorer.report;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gapexplorer.explorer.benchmark.BenchmarkResource;
import org.gapexplorer.explorer.concept.Meanings;
import org.gapexplorer.explorer.model.ModelResource;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.Snapshot;

/** A benchmark's or a model's audit report: one page to print and to hand over. */
@Path("/report")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ReportResource {
    private final Visit visit;
    private final Meanings meanings;
    private final String program;

    @Inject
    ReportResource(
            Visit visit, Meanings meanings, @ConfigProperty(name = "quarkus.application.version") String program) {
        this.visit = visit;
        this.meanings = meanings;
        this.program = program;
    }

    @GET
    public Response report() {
        Params params = visit.params();
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            Report.Maker maker = new Report.Maker(snapshot, names, params, visit.url(), visit.links(), program);
            String model = params.one("model", names.modelIds(), m -> m);
            if (model != null) {
                Report.OfModel view = maker.of(ModelResource.find(snapshot, model));
                Page page = visit.page(snapshot, "Audit report · " + names.model(model), "models", view);
                return visit.answer(page, view, Templates.modelReport(page, view), null);
            }
            String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
            if (benchmark == null) {
                throw new BadParameter("benchmark", "a report is of one; name it, or a model");
            }
            Report.OfBenchmark view = maker.of(BenchmarkResource.find(snapshot, benchmark), meanings);
            Page page = visit.page(snapshot, "Audit report · " + names.benchmark(benchmark), "benchmarks", view);
            return visit.answer(page, view, Templates.benchmarkReport(page, view), null);
        }
    }
}
