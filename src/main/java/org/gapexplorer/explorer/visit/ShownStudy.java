package org.gapexplorer.explorer.visit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.gapexplorer.explorer.problem.Busy;
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
 * @param bucket has versions that are not here
 */
public record ShownStudy(String id, Snapshots snapshots, SearchWatch watch, BucketMirror bucket) {
    private static final Logger LOG = Logger.getLogger(ShownStudy.class);
    private static final String REMOVED =
            "It may have been removed. Take \"snapshot\" out of the address to see the current one.";

    /** A snapshot of some hundred megabytes comes within a gigabit's line in less. */
    private static final int FETCHING_SECONDS = 20;

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
                    .orElseThrow(() -> unlessFetched(version, "This server has no snapshot of that version.", REMOVED))
                    .watchedBy(watch);
        } catch (Problem e) {
            LOG.warnf("version %s is not shown: %s", version, e.getMessage());
            throw unlessFetched(
                    version,
                    "The files of that version are damaged on this server.",
                    "Take \"snapshot\" out of the address to see the current one.");
        }
    }

    private RuntimeException unlessFetched(String version, String what, String hint) {
        return bucket.fetches(id, version)
                ? new Busy("That version of the study is being fetched.", FETCHING_SECONDS)
                : new NotThere(what, hint);
    }

    /** Versions there are, newest first; some may have to be fetched first. */
    public List<String> versions() {
        return Stream.concat(snapshots.versions().stream(), bucket.versions(id).stream())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
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
