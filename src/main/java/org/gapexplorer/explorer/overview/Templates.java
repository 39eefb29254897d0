package org.gapexplorer.explorer.overview;

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

    static native TemplateInstance studies(Page page, StudiesView view);

    static native TemplateInstance overview(Page page, OverviewView view);

    static native TemplateInstance overview$live(Page page, OverviewView view);

    static native TemplateInstance about(Page page);
}
