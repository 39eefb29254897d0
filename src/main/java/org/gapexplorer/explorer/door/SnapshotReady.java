package org.gapexplorer.explorer.door;

import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.gapexplorer.explorer.visit.BucketMirror;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.Studies;

/** Ready means that a snapshot is open, of several studies one: pages can be answered. The database away does not make a server unready. */
@Readiness
public class SnapshotReady implements HealthCheck {
    private final Studies studies;
    private final BucketMirror mirror;

    @Inject
    SnapshotReady(Studies studies, BucketMirror mirror) {
        this.studies = studies;
        this.mirror = mirror;
    }

    @Override
    public HealthCheckResponse call() {
        List<ShownStudy> all = studies.all();
        var response = HealthCheckResponse.named("snapshot").status(all.stream().anyMatch(ShownStudy::ready));
        for (ShownStudy study : all) {
            String name = studies.several() ? "trouble of " + study.id() : "trouble";
            if (!study.trouble().isEmpty()) response.withData(name, study.trouble());
        }
        if (!mirror.trouble().isEmpty()) response.withData("bucket", mirror.trouble());
        return response.build();
    }
}
