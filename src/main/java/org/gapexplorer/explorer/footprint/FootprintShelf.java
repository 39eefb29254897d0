package org.gapexplorer.explorer.footprint;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.catalog.SavedFootprint;
import org.gapexplorer.catalog.SavedFootprints;
import org.gapexplorer.catalog.SavedFootprints.NewFootprint;
import org.gapexplorer.catalog.SavedViews.Saved;
import org.gapexplorer.explorer.access.Guest;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.Studies;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.study.Problem;

/** Saved footprints, asked for from worker threads. */
@Singleton
class FootprintShelf {
    /** An id, or a link that ends with one. */
    private static final Pattern LINK = Pattern.compile("(?:.*/)?([0-9a-z]{1,16})/?(?:[?#].*)?");

    private final SavedFootprints footprints;
    private final Studies studies;
    private final FootprintReader reader;
    private final Guest guest;

    FootprintShelf(SavedFootprints footprints, Studies studies, FootprintReader reader, Guest guest) {
        this.guest = guest;
        this.footprints = footprints;
        this.studies = studies;
        this.reader = reader;
    }

    Saved save(Snapshot snapshot, String lens, FootprintProfile profile, String title) {
        NewFootprint footprint = new NewFootprint(
                title,
                snapshot.version(),
                lens,
                snapshot.study().lens().name(),
                profile.concepts().prompts(),
                profile.json());
        return await(() -> footprints.save(footprint));
    }

    /** @throws NotThere where there is none, or none any more */
    SavedFootprint find(String id) {
        SavedFootprint found = await(() -> footprints.find(id));
        if (found == null || isOfClosed(found)) {
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
     * @throws Problem where there is none, or it is of another lens
     */
    SavedFootprint comparable(String where, String link, String lens, String lensName) {
        Matcher id = LINK.matcher(link.strip());
        SavedFootprint found = id.matches() ? await(() -> footprints.find(id.group(1))) : null;
        if (found == null || isOfClosed(found)) {
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

    /** Whether it was held against a study that this visitor may not see: its expected scores are that study's. */
    private boolean isOfClosed(SavedFootprint saved) {
        return studies.all().stream().anyMatch(s -> s.versions().contains(saved.snapshot) && !guest.maySee(s.id()));
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
        if (!await(() -> footprints.delete(id, secret))) {
            throw new NotThere(
                    "There is no such saved footprint, or the secret is not its own.",
                    "Use the whole link that was shown when it was saved.");
        }
    }

    private static <T> T await(Supplier<Uni<T>> answer) {
        try {
            return VertxContextSupport.subscribeAndAwait(answer);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
