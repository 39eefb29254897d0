package org.gapexplorer.catalog;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables up to date in the background, trying again until the database answers: the server starts, and shows
 * what it has, with or without one.
 */
@ApplicationScoped
class Migration {
    private static final Logger LOG = Logger.getLogger(Migration.class.getName());
    private static final int[] WAIT_MILLIS = {100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private final Instance<Flyway> flyway;
    private volatile Thread worker;

    Migration(Instance<Flyway> flyway) {
        this.flyway = flyway;
    }

    void start(@Observes StartupEvent event) {
        worker = Thread.ofPlatform().daemon().name("migrate catalog").start(this::migrate);
    }

    void stop(@Observes ShutdownEvent event) {
        if (worker != null) {
            worker.interrupt();
        }
    }

    private void migrate() {
        for (int attempt = 0; !Thread.currentThread().isInterrupted(); attempt++) {
            try {
                flyway.get().migrate();
                return;
            } catch (RuntimeException e) {
                if (attempt == WAIT_MILLIS.length) {
                    LOG.warning(
                            "Views cannot be saved until the database answers: " + reason(e)
                                    + "; check that it runs, and QUARKUS_DATASOURCE_REACTIVE_URL, _USERNAME and _PASSWORD if set");
                }
                LOG.fine(e::toString);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS[Math.min(attempt, WAIT_MILLIS.length - 1)]);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** In one line: Flyway's own message is a table, with the driver's inside. */
    static String reason(RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage())
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll("\\.$", "");
    }
}
