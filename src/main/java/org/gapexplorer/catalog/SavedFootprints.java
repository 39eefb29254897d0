package org.gapexplorer.catalog;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.regex.Pattern;
import org.gapexplorer.study.Problem;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The saved footprints, kept in PostgreSQL for {@link #KEPT}. Every answer fails with {@link CatalogAway} while the database
 * cannot be reached. Call it on a Vert.x context, as a reactive endpoint does.
 */
@ApplicationScoped
public class SavedFootprints {
    /** A month's upload can be held against that of the same month a year before. */
    public static final Duration KEPT = Duration.ofDays(400);

    public static final int MAX_TITLE = 200;
    /** Characters of a profile: some fifty for each of 65,536 concepts. */
    private static final int MAX_PROFILE = 4 << 20;

    private static final int MAX_LENS_NAME = 200;
    private static final Pattern LENS = Pattern.compile("[0-9a-f]{64}");

    private final Mutiny.SessionFactory sessions;
    private final ShortLinks<SavedFootprint> links;

    SavedFootprints(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
        links = new ShortLinks<>(sessions, SavedFootprint.class);
    }

    /**
     * What to save.
     *
     * @param study id of the study it was held against; empty for the only one of a server
     * @param snapshot version of the snapshot it was held against
     * @param lens SHA-256 of the lens's files
     * @param prompts how many there were, at least 1
     * @param profile the numbers, as JSON
     */
    public record NewFootprint(
            String study, String title, String snapshot, String lens, String lensName, int prompts, String profile) {}

    /**
     * Saves a footprint, and deletes those whose time is over.
     *
     * @throws Problem (at once) where a field is too long
     */
    public Uni<SavedViews.Saved> save(NewFootprint wanted) {
        if (!LENS.matcher(wanted.lens()).matches() || wanted.profile().length() > MAX_PROFILE) {
            throw new Problem("footprint", "too large to be kept", "read it without keeping it");
        }
        SavedFootprint footprint = new SavedFootprint();
        footprint.study = wanted.study();
        footprint.title = SavedViews.text("title", wanted.title(), MAX_TITLE);
        footprint.snapshot = SavedViews.version(wanted.snapshot());
        footprint.lens = wanted.lens();
        footprint.lensName = wanted.lensName()
                .substring(0, Math.min(MAX_LENS_NAME, wanted.lensName().length()));
        footprint.prompts = wanted.prompts();
        footprint.profile = wanted.profile();
        SavedViews.Saved saved = ShortLinks.seal(footprint, KEPT);
        return SavedViews.answered(sessions.withTransaction(
                        session -> session.createMutationQuery("delete from SavedFootprint where expires < :now")
                                .setParameter("now", footprint.created)
                                .executeUpdate()
                                .flatMap(gone -> session.persist(footprint))))
                .replaceWith(saved);
    }

    /** The footprint behind a link; null where there is none, or its time is over. */
    public Uni<SavedFootprint> find(String shortId) {
        return links.find(shortId).map(found -> found == null || found.isExpired() ? null : found);
    }

    /** Deletes a footprint for who holds its secret; false, changing nothing, for everybody else. */
    public Uni<Boolean> delete(String shortId, String secret) {
        return links.delete(shortId, secret);
    }
}
