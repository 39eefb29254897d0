package org.gapexplorer.explorer.visit;

import java.util.List;
import org.gapexplorer.explorer.problem.NoSnapshot;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.snapshot.SearchWatch;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Problem;
import org.jboss.logging.Logger;

/**
 * A study that this server shows.
 *
 * @param id as it stands in addresses; empty for the only study of a server
 * @param watch stands around every search of its snapshots
 */
public record ShownStudy(String id, Snapshots snapshots, SearchWatch watch) {
    private static final Logger LOG = Logger.getLogger(ShownStudy.class);
    private static final String REMOVED =
            "It may have been removed. Take \"snapshot\" out of the address to see the current one.";

    /** The snapshot of that version, or the current one where it is empty; the caller closes it. */
    public Snapshot open(String version) {
        if (version.isEmpty()) {
            return snapshots
                    .current()
                    .orElseThrow(() -> new NoSnapshot("No snapshot is published yet."))
                    .watchedBy(watch);
        }
        try {
            return snapshots
                    .at(version)
                    .orElseThrow(() -> new NotThere("This server has no snapshot of that version.", REMOVED))
                    .watchedBy(watch);
        } catch (Problem e) {
            LOG.warnf("version %s is not shown: %s", version, e.getMessage());
            throw new NotThere(
                    "The files of that version are damaged on this server.",
                    "Take \"snapshot\" out of the address to see the current one.");
        }
    }

    /** Versions there are, newest first. */
    public List<String> versions() {
        return snapshots.versions();
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

    /** What all addresses of its pages begin with; empty for the only study. */
    public String base() {
        return StudyPath.base(id);
    }
}
