package org.gapexplorer.explorer.visit;

import io.quarkus.arc.Arc;
import io.quarkus.qute.TemplateGlobal;
import org.gapexplorer.explorer.view.Links;

/** {@code {global:base}} in templates: what the addresses of the asked study's pages begin with. */
@TemplateGlobal
public final class StudyBase {
    private StudyBase() {}

    /** {@code /s/{study}} where this server shows several; empty where it shows one. */
    public static String base() {
        return Arc.container().instance(Studies.class).get().base();
    }

    /** Links of the asked study, to no version. */
    static Links links() {
        return new Links(base(), "");
    }
}
