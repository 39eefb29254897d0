package org.gapexplorer.catalog;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** All saved views, for administrators. As of {@link SavedViews}, answers fail with {@link CatalogAway}. */
@ApplicationScoped
public class SavedViewDesk {
    private final Mutiny.SessionFactory sessions;

    SavedViewDesk(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    public Uni<Long> count() {
        return SavedViews.answered(sessions.withSession(
                session -> session.createSelectionQuery("select count(*) from SavedView", Long.class)
                        .getSingleResult()));
    }

    /**
     * Newest first.
     *
     * @param words that stand in the title, the note or the path, or the short id; empty for all
     */
    public Uni<List<SavedView>> find(String words, int most) {
        String like = "%" + words.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return SavedViews.answered(sessions.withSession(session -> session.createSelectionQuery(
                        "from SavedView where shortId = :id or lower(title) like :like escape '\\'"
                                + " or lower(note) like :like escape '\\' or lower(path) like :like escape '\\'"
                                + " order by created desc, shortId",
                        SavedView.class)
                .setParameter("id", words)
                .setParameter("like", like)
                .setMaxResults(most)
                .getResultList()));
    }

    /** By snapshot's version: the views that lead to it. */
    public Uni<Map<String, Long>> bySnapshot() {
        return SavedViews.answered(sessions.withSession(session -> session.createSelectionQuery(
                                "select snapshot, count(*) from SavedView group by snapshot", Object[].class)
                        .getResultList()))
                .map(rows -> rows.stream().collect(Collectors.toMap(r -> (String) r[0], r -> (Long) r[1])));
    }

    /** Without its secret; false where there is none. */
    public Uni<Boolean> delete(String shortId) {
        return SavedViews.answered(sessions.withTransaction(
                        session -> session.createMutationQuery("delete from SavedView where shortId = :id")
                                .setParameter("id", shortId)
                                .executeUpdate()))
                .map(gone -> gone > 0);
    }
}
