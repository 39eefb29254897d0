package org.gapexplorer.catalog;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.gapexplorer.study.Problem;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The saved views, kept in PostgreSQL. Every answer fails with {@link CatalogAway} while the database cannot be reached.
 * Call it on a Vert.x context, as a reactive endpoint does.
 */
@ApplicationScoped
public class SavedViews {
    public static final int MAX_PATH = 4_000;
    public static final int MAX_TITLE = 200;
    public static final int MAX_NOTE = 2_000;

    /** For so long a short link that expired says so; then it is as if it had never been. */
    private static final Duration TOLD_EXPIRED = Duration.ofDays(90);

    /** More than are saved at once, so that what is over goes away in the end. */
    private static final int PURGED_AT_ONCE = 20;

    /** Of who waits for the database. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    /** No control characters, no backslash, and no second slash at the start (that would lead to another host). */
    private static final Pattern PATH = Pattern.compile("/(?!/)[^\\p{Cntrl}\\\\]*");

    private final Mutiny.SessionFactory sessions;
    private final ShortLinks<SavedView> links;

    SavedViews(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
        links = new ShortLinks<>(sessions, SavedView.class);
    }

    /**
     * What to save.
     *
     * @param path path and query on this server
     * @param note may be empty
     * @param snapshot version of the snapshot shown
     */
    public record NewView(String path, String title, String note, String snapshot, Term term) {}

    /**
     * What was saved.
     *
     * @param secret deletes the view; told once, here
     */
    public record Saved(String shortId, String secret, Instant expires) {}

    /**
     * Saves a view, and clears away those that expired long ago.
     *
     * @throws Problem (at once) where a field is too long or the path leads elsewhere
     */
    public Uni<Saved> save(NewView wanted) {
        SavedView view = new SavedView();
        view.path = path(wanted.path());
        view.title = text("title", wanted.title(), MAX_TITLE);
        view.note = text("note", wanted.note(), MAX_NOTE);
        view.snapshot = version(wanted.snapshot());
        Saved saved = ShortLinks.seal(view, wanted.term().length);
        return answered(sessions.withTransaction(
                        session -> session.persist(view).call(() -> purge(session))))
                .replaceWith(saved);
    }

    /** Deletes some of what expired so long ago that nobody needs to be told any more. */
    private static Uni<Void> purge(Mutiny.Session session) {
        return session.createSelectionQuery("from SavedView where expires < :before", SavedView.class)
                .setParameter("before", Instant.now().minus(TOLD_EXPIRED))
                .setMaxResults(PURGED_AT_ONCE)
                .getResultList()
                .flatMap(old -> session.removeAll(old.toArray()));
    }

    /** The view behind a short link, expired or not; null where there is none. */
    public Uni<SavedView> find(String shortId) {
        return links.find(shortId);
    }

    /** Deletes a view for who holds its secret; false, changing nothing, for everybody else. */
    public Uni<Boolean> delete(String shortId, String secret) {
        return links.delete(shortId, secret);
    }

    /** How many views are kept, expired ones included. */
    public Uni<Long> count() {
        return answered(sessions.withSession(
                session -> session.createSelectionQuery("select count(*) from SavedView", Long.class)
                        .getSingleResult()));
    }

    /** Whether the database answers. */
    public Uni<Boolean> reachable() {
        return answered(sessions.withSession(session ->
                        session.createNativeQuery("select 1", Integer.class).getSingleResult()))
                .replaceWith(true)
                .onFailure(CatalogAway.class)
                .recoverWithItem(false);
    }

    /**
     * Everything but a mistake in the data is the database's absence: no route, no table yet, no free connection. What
     * takes too long is not cancelled (memoised): it ends by itself when the database is back or its connection is gone,
     * and gives its connection back in order.
     */
    static <T> Uni<T> answered(Uni<T> answer) {
        return answer.memoize()
                .indefinitely()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(CatalogAway::new);
    }

    private static String path(String path) {
        if (path == null || path.length() > MAX_PATH || !PATH.matcher(path).matches()) {
            throw new Problem(
                    "path",
                    "not a path on this server of at most " + MAX_PATH + " characters",
                    "save a page's own path");
        }
        return path;
    }

    static String text(String field, String value, int longest) {
        String text = value == null ? "" : value.replace('\0', ' ').strip();
        if (text.codePointCount(0, text.length()) > longest) {
            throw new Problem(field, "longer than " + longest + " characters", "shorten it");
        }
        return text;
    }

    static String version(String version) {
        if (version == null || !VERSION.matcher(version).matches()) {
            throw new Problem("snapshot", "not a snapshot's version", "take the version that the page shows");
        }
        return version;
    }
}
