package org.gapexplorer.explorer.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.gapexplorer.catalog.LabelFlag;
import org.gapexplorer.catalog.SavedView;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.StudyPath;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Snapshots;

/**
 * The administrators' page.
 *
 * @param away why the database's parts are missing; empty where they are there
 * @param q what saved views are searched for
 * @param saved how many views there are in all
 * @param flagged how many flags wait for a decision
 */
record AdminView(
        List<StudyCard> studies,
        String away,
        String q,
        String saved,
        List<View> views,
        String flagged,
        List<Flag> flags) {
    /**
     * A study.
     *
     * @param access who may see it, in words
     * @param trouble what is wrong with the newest version; empty where nothing is
     */
    record StudyCard(String name, String title, String href, String access, String trouble, List<Version> versions) {}

    /** A version on disk. */
    record Version(String version, boolean current, String size, String built, String age, String views) {}

    record View(String shortId, String title, String path, String snapshot, String created, String expires) {}

    record Flag(
            long id,
            String href,
            String concept,
            String label,
            String fault,
            String suggestion,
            String study,
            String day) {}

    static StudyCard study(ShownStudy study, String access, Map<String, Long> pinned) {
        String current = "";
        String title = "";
        var open = study.snapshots().current();
        if (open.isPresent()) {
            try (Snapshot snapshot = open.get()) {
                current = snapshot.version();
                title = Text.plain(snapshot.study().title(), 120);
            }
        }
        String now = current;
        return new StudyCard(
                study.id().isEmpty() ? "the only study" : study.id(),
                title,
                study.base() + "/",
                access,
                Text.plain(study.trouble(), 400),
                study.snapshots().onDisk().stream()
                        .map(v -> version(v, now, pinned))
                        .toList());
    }

    private static Version version(Snapshots.OnDisk on, String current, Map<String, Long> pinned) {
        return new Version(
                on.version(),
                on.version().equals(current),
                on.bytes() < 0 ? "cannot be read" : size(on.bytes()),
                on.built() == null ? "" : Numbers.day(on.built()),
                on.built() == null ? "" : age(Duration.between(on.built(), Instant.now())),
                Numbers.count(pinned.getOrDefault(on.version(), 0L)));
    }

    /** In MB of 10^6 bytes. */
    private static String size(long bytes) {
        return bytes < 1_000_000 ? "under 1 MB" : Numbers.count(Math.round(bytes / 1e6)) + " MB";
    }

    private static String age(Duration age) {
        long hours = Math.max(0, age.toHours());
        return hours < 48 ? Numbers.count(hours, "hour", "hours") : Numbers.count(hours / 24, "day", "days");
    }

    static View view(SavedView v) {
        return new View(
                v.shortId,
                v.title.isBlank() ? "Untitled" : Text.bounded(v.title, 120),
                Text.bounded(v.path, 160),
                v.snapshot,
                Numbers.day(v.created),
                Numbers.day(v.expires));
    }

    static Flag flag(LabelFlag f) {
        return new Flag(
                f.id,
                StudyPath.base(f.study) + "/concepts/" + f.concept + "?snapshot=" + f.snapshot,
                "#" + f.concept,
                Text.bounded(f.label, Text.LABEL),
                f.fault,
                Text.bounded(f.suggestion, Text.LABEL),
                f.study,
                Numbers.day(f.created));
    }
}
