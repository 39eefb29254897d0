package org.gapexplorer.explorer.admin;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.gapexplorer.explorer.view.Page;

/** Pages type-checked against {@code web/templates}. */
@CheckedTemplate(basePath = "")
final class Templates {
    private Templates() {}

    static native TemplateInstance admin(Page page, AdminView view);
}
