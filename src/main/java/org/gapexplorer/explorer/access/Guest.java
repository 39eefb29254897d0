package org.gapexplorer.explorer.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.gapexplorer.explorer.problem.Closed;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.Studies;

/** Whose request this is, as {@link StudyDoor} found out. */
@Singleton
public class Guest {
    private static final String KEY = Guest.class.getName();

    private final Access access;
    private final Studies studies;
    private final CurrentVertxRequest request;

    Guest(Access access, Studies studies, CurrentVertxRequest request) {
        this.access = access;
        this.studies = studies;
        this.request = request;
    }

    static void remember(RoutingContext call, Map<By, Visitor> known) {
        call.put(KEY, known);
    }

    static Map<By, Visitor> known(RoutingContext call) {
        Map<By, Visitor> known = call == null ? null : call.get(KEY);
        return known == null ? Map.of() : known;
    }

    private Map<By, Visitor> known() {
        return known(request.getCurrent());
    }

    /** The studies that this visitor may see. */
    public List<ShownStudy> studies() {
        return studies.all().stream().filter(s -> maySee(s.id())).toList();
    }

    public boolean maySee(String study) {
        return access.of(study).admits(known());
    }

    /** Who may see a study, in words. */
    public String whoMaySee(String study) {
        return access.of(study).words();
    }

    /** Whether signing in could show more. */
    public boolean couldSignIn() {
        return access.uses(By.OIDC)
                && !known().getOrDefault(By.OIDC, Visitor.UNKNOWN).isKnown();
    }

    /** @throws Closed where this visitor may not see the study */
    public void demand(String study) {
        Rule rule = access.of(study);
        if (!rule.admits(known())) throw StudyDoor.closed(rule, request.getCurrent(), StudyDoor.THIS_STUDY);
    }

    /**
     * For what is kept of a study's page: it is the study's own.
     *
     * @param path of the page on this server
     * @throws Closed where this visitor may not see the study
     */
    public void demandStudyOf(String path) {
        demand(studies.ofPath(path));
    }

    /** @throws Closed where this visitor is no administrator */
    public void demandAdmin() {
        Rule rule = access.admins()
                .orElseThrow(() -> new Closed(
                        404,
                        "This server has no administrators.",
                        "gapexplorer.admin.users or gapexplorer.admin.groups names them, and gapexplorer.admin.by says how they"
                                + " are known.",
                        false,
                        ""));
        if (!rule.admits(known())) throw StudyDoor.closed(rule, request.getCurrent(), "This page");
    }

    /** The administrator's name, to write beside what he did. */
    public String adminName() {
        return access.admins()
                .map(rule -> known().getOrDefault(rule.by(), Visitor.UNKNOWN).user())
                .orElse("");
    }
}
