package org.gapexplorer.explorer.concept;

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

    static native TemplateInstance concepts(Page page, ConceptsView view);

    static native TemplateInstance concepts$live(Page page, ConceptsView view);

    static native TemplateInstance suggest(Suggestions view);

    static native TemplateInstance concept(Page page, ConceptDetail view);

    static native TemplateInstance concept$live(Page page, ConceptDetail view);
}
