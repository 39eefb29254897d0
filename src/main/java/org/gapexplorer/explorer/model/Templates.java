package org.gapexplorer.explorer.model;

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

    static native TemplateInstance models(Page page, ModelsView view);

    static native TemplateInstance model(Page page, ModelDetail view);

    static native TemplateInstance model$live(Page page, ModelDetail view);

    static native TemplateInstance pair(Page page, PairView view);

    static native TemplateInstance pair$live(Page page, PairView view);
}
