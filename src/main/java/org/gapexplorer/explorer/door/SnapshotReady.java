package org.gapexplorer.explorer.door;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.gapexplorer.explorer.visit.Studies;

/** Ready means that a snapshot is open: pages can be answered. The database away does not make a server unready. */
@Readiness
public class SnapshotReady implements HealthCheck {
    private final Studies studies;

    @Inject
    SnapshotReady(Studies studies) {
        this.studies = studies;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("snapshot").status(studies.ready());
        if (!studies.trouble().isEmpty()) response.withData("trouble", studies.trouble());
        return response.build();
    }
}
