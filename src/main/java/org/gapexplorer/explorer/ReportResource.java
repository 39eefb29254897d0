package org.gapexplorer.explorer;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gapexplorer.explorer.view.Page;
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
    public TemplateInstance report(HttpServerRequest request) {
        Params params = visit.params();
        try (Snapshot snapshot = visit.open()) {
            Names names = Names.of(snapshot);
            Report.Maker maker =
                    new Report.Maker(snapshot, names, params, visit.url(), visit.links(), program, Origin.of(request));
            String model = params.one("model", names.modelIds(), m -> m);
            if (model != null) {
                Page page = visit.page(snapshot, "Audit report · " + names.model(model), "models");
                return Templates.modelReport(page, maker.of(ModelResource.find(snapshot, model)));
            }
            String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
            if (benchmark == null) {
                throw new BadParameter("benchmark", "a report is of one; name it, or a model");
            }
            Page page = visit.page(snapshot, "Audit report · " + names.benchmark(benchmark), "benchmarks");
            return Templates.benchmarkReport(page, maker.of(BenchmarkResource.find(snapshot, benchmark), meanings));
        }
    }
}
