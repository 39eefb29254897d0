package org.gapexplorer.explorer;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.gapexplorer.explorer.view.Page;

/**
 * The pages, type-checked against {@code web/templates}. A method {@code page$live} is the part of the page that moves:
 * what the same address answers to htmx.
 */
@CheckedTemplate(basePath = "")
final class Templates {
    private Templates() {}

    static native TemplateInstance overview(Page page, OverviewView view);

    static native TemplateInstance overview$live(Page page, OverviewView view);

    static native TemplateInstance concepts(Page page, ConceptsView view);

    static native TemplateInstance concepts$live(Page page, ConceptsView view);

    static native TemplateInstance suggest(Suggestions view);

    static native TemplateInstance concept(Page page, ConceptDetail view);

    static native TemplateInstance concept$live(Page page, ConceptDetail view);

    static native TemplateInstance benchmarks(Page page, BenchmarksView view);

    static native TemplateInstance benchmark(Page page, BenchmarkDetail view);

    static native TemplateInstance benchmark$live(Page page, BenchmarkDetail view);

    static native TemplateInstance compare(Page page, CompareView view);

    static native TemplateInstance compare$live(Page page, CompareView view);

    static native TemplateInstance suite(Page page, SuiteView view);

    static native TemplateInstance suite$live(Page page, SuiteView view);

    static native TemplateInstance correlation(Page page, CorrelationView view);

    static native TemplateInstance correlation$live(Page page, CorrelationView view);

    static native TemplateInstance models(Page page, ModelsView view);

    static native TemplateInstance model(Page page, ModelDetail view);

    static native TemplateInstance model$live(Page page, ModelDetail view);

    static native TemplateInstance pair(Page page, PairView view);

    static native TemplateInstance pair$live(Page page, PairView view);

    static native TemplateInstance changes(Page page, ChangesView view);

    static native TemplateInstance changes$live(Page page, ChangesView view);

    static native TemplateInstance datapoint(Page page, DatapointDetail view);

    static native TemplateInstance next(Page page, NextView view);

    static native TemplateInstance next$live(Page page, NextView view);

    static native TemplateInstance prompt(Page page, PromptView view);

    static native TemplateInstance prompt$live(Page page, PromptView view);

    static native TemplateInstance footprint(Page page, FootprintResource.Form view);

    static native TemplateInstance footprintRead(Page page, FootprintView view, FootprintResource.Kept kept);

    static native TemplateInstance saved(Page page, SavedViewResource.Shown view);

    static native TemplateInstance note(Page page, SavedViewResource.Shown view);

    static native TemplateInstance note$live(Page page, SavedViewResource.Shown view);

    static native TemplateInstance delete(Page page, SavedViewResource.Shown view);

    /** The tools that hand a view on, for htmx to put in place of those that stand. */
    static native TemplateInstance tools(Page page);

    static native TemplateInstance chart(Page page, ChartFile chart);

    static native TemplateInstance about(Page page);

    static native TemplateInstance benchmarkReport(Page page, Report.OfBenchmark view);

    static native TemplateInstance modelReport(Page page, Report.OfModel view);

    static native TemplateInstance reference(Page page, ReferenceResource.View view);

    static native TemplateInstance problem(Page page, String message, String hint);
}
