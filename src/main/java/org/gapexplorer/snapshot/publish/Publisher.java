package org.gapexplorer.snapshot.publish;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/** Publishes snapshots to a store, and prunes it. */
public final class Publisher {
    private final Store store;

    public Publisher(Store store) {
        this.store = store;
    }

    /**
     * What publishing came to.
     *
     * @param current the version that is current now: another one where that was built later and published meanwhile
     */
    public record Published(String version, String current) {}

    /**
     * Verifies a snapshot, brings it into the store, verifies it there, and then makes it current. Interrupted at any moment,
     * it is called again and goes on.
     *
     * @param snapshot the folder of one version
     */
    public Published publish(Path snapshot, Progress progress) {
        SnapshotVerifier.verify(snapshot);
        Manifest manifest = Manifest.read(snapshot);
        Optional<String> before = store.current();
        store.put(snapshot, manifest, progress);
        String current = store.point(new Edition(manifest.version(), manifest.built()), before);
        if (store.editions().stream().noneMatch(e -> e.version().equals(current))) {
            throw new Problem(
                    store.name(),
                    "version " + current + " was removed while it was published",
                    "let nothing else prune meanwhile, and publish it again");
        }
        return new Published(manifest.version(), current);
    }

    /**
     * Removes the versions that a policy does not keep, and what unfinished publishing left.
     *
     * @param dryRun whether to say only what would be removed
     * @return the versions removed, newest first
     */
    public List<Edition> prune(Retention retention, boolean dryRun) {
        String current = store.current()
                .orElseThrow(() -> new Problem(
                        store.name(),
                        "has no pointer to a current version",
                        "name the folder or prefix of one study's published versions"));
        List<Edition> removed = retention.superfluous(store.editions(), current, Instant.now());
        if (!dryRun) {
            removed.forEach(edition -> store.remove(edition.version()));
            store.sweep();
        }
        return removed;
    }
}
