package org.gapexplorer.explorer.visit;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gapexplorer.explorer.problem.NoSnapshot;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Snapshots;

/** The folder of snapshots that this server reads, opened at start: a broken one should be known then, not at the first visit. */
@Startup
@Singleton
public class Studies {
    private final Snapshots snapshots;
    private final Path folder;

    Studies(@ConfigProperty(name = "gapexplorer.snapshots", defaultValue = "index/snapshots") Path folder) {
        this.folder = folder;
        this.snapshots = Snapshots.open(folder);
    }

    /** The snapshot of that version, or the current one where it is empty; the caller closes it. */
    public Snapshot open(String version) {
        if (version.isEmpty()) {
            return snapshots.current().orElseThrow(() -> new NoSnapshot("No snapshot is published yet."));
        }
        return snapshots
                .at(version)
                .orElseThrow(() -> new NotThere(
                        "This server has no snapshot of that version.",
                        "It may have been removed. Take \"snapshot\" out of the address to see the current one."));
    }

    public boolean ready() {
        return snapshots
                .current()
                .map(s -> {
                    s.close();
                    return true;
                })
                .orElse(false);
    }

    /** What is wrong, for operators; empty where nothing is. */
    public String trouble() {
        return snapshots.trouble().map(Throwable::getMessage).orElse("");
    }

    public List<String> versions() {
        return snapshots.versions();
    }

    @PreDestroy
    void close() {
        snapshots.close();
    }
}
