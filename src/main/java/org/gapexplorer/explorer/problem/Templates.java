package org.gapexplorer.explorer.problem;

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

    static native TemplateInstance problem(Page page, String message, String hint, String requestId);
}
