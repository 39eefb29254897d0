package org.gapexplorer.explorer.footprint;

import jakarta.inject.Singleton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.catalog.SavedFootprint;
import org.gapexplorer.catalog.SavedFootprints;
import org.gapexplorer.catalog.SavedFootprints.NewFootprint;
import org.gapexplorer.catalog.SavedViews.Saved;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.service.Awaited;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.Studies;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.study.Problem;

/** The asked study's saved footprints, asked for from worker threads. */
@Singleton
class FootprintShelf {
    /** An id, or a link that ends with one. */
    private static final Pattern LINK = Pattern.compile("(?:.*/)?([0-9a-z]{1,16})/?(?:[?#].*)?");

    private final SavedFootprints footprints;
    private final Studies studies;
    private final FootprintReader reader;

    FootprintShelf(SavedFootprints footprints, Studies studies, FootprintReader reader) {
        this.footprints = footprints;
        this.studies = studies;
        this.reader = reader;
    }

    Saved save(Snapshot snapshot, String lens, FootprintProfile profile, String title) {
        NewFootprint footprint = new NewFootprint(
                studies.asked().id(),
                title,
                snapshot.version(),
                lens,
                snapshot.study().lens().name(),
                profile.concepts().prompts(),
                profile.json());
        return Awaited.of(() -> footprints.save(footprint));
    }

    /** @throws NotThere where there is none, or none any more, or it is of another study */
    SavedFootprint find(String id) {
        SavedFootprint found = Awaited.of(() -> footprints.find(id));
        if (found == null || !isHere(found)) {
            throw new NotThere(
                    "There is no saved footprint behind this link.",
                    "It may have been deleted, its time may be over, or a letter is missing.");
        }
        return found;
    }

    /**
     * The saved footprint that a link names, to hold another against.
     *
     * @param where what the link was asked for as
     * @param lens SHA-256 of the other's lens, {@code lensName} its name
     * @throws Problem where there is none in this study, or it is of another lens
     */
    SavedFootprint comparable(String where, String link, String lens, String lensName) {
        Matcher id = LINK.matcher(link.strip());
        SavedFootprint found = id.matches() ? Awaited.of(() -> footprints.find(id.group(1))) : null;
        if (found == null || !isHere(found)) {
            throw new Problem(
                    where,
                    "there is no saved footprint behind \"" + Text.plain(link, 80) + "\"",
                    "paste the whole link that was shown when it was saved");
        }
        if (!found.lens.equals(lens)) {
            throw new Problem(
                    where,
                    "that footprint was read by " + name(found.lensName, found.lens) + ", this one by "
                            + name(lensName, lens) + ", and their concepts are not the same",
                    "read both uploads with one lens");
        }
        return found;
    }

    /**
     * Whether it is of the study that the address names, whose door has let this visitor in. Where it names none itself, it is of
     * the study that has its snapshot.
     */
    private boolean isHere(SavedFootprint saved) {
        ShownStudy asked = studies.asked();
        return saved.study.isEmpty()
                ? !studies.several() || asked.versions().contains(saved.snapshot)
                : saved.study.equals(asked.id());
    }

    private static String name(String name, String lens) {
        return "\"" + Text.plain(name, 120) + "\" (" + lens.substring(0, 8) + ")";
    }

    /** The snapshot it was held against, else the current one if it has the same lens; the caller closes it. */
    Snapshot snapshot(SavedFootprint saved) {
        if (studies.asked().versions().contains(saved.snapshot)) {
            return studies.asked().open(saved.snapshot);
        }
        Snapshot current = studies.asked().open("");
        if (current.lens().isPresent() && reader.identity(current).equals(saved.lens)) {
            return current;
        }
        String other = Text.plain(current.study().lens().name(), 120);
        current.close();
        throw new NotThere(
                "This footprint was read by the lens \"" + Text.plain(saved.lensName, 120)
                        + "\", and this server shows the lens \"" + other + "\" now.",
                "Its snapshot, " + saved.snapshot + ", is not here any more.");
    }

    /** @throws NotThere where there is none, or the secret is not its own */
    void delete(String id, String secret) {
        if (!Awaited.of(() -> footprints.delete(id, secret))) {
            throw new NotThere(
                    "There is no such saved footprint, or the secret is not its own.",
                    "Use the whole link that was shown when it was saved.");
        }
    }
}
