package org.gapexplorer.explorer.benchmark;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.gapexplorer.explorer.view.Page;

/**
 * Pages type-checked against {@code web/templates}. A method {@code page$live} is the part of the page that moves: what
 * the same address answers to htmx.
 */
@CheckedTemplate(basePath = "")
final class Templates {
    private Templates() {}

    static native TemplateInstance benchmarks(Page page, BenchmarksView view);

    static native TemplateInstance benchmark(Page page, BenchmarkDetail view);

    static native TemplateInstance benchmark$live(Page page, BenchmarkDetail view);

    static native TemplateInstance compare(Page page, CompareView view);

    static native TemplateInstance compare$live(Page page, CompareView view);

    static native TemplateInstance suite(Page page, SuiteView view);

    static native TemplateInstance suite$live(Page page, SuiteView view);
}
