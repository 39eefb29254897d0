package org.gapexplorer.catalog;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.gapexplorer.study.Problem;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What visitors say of concepts' labels, kept in PostgreSQL until an administrator decides. Every answer fails with {@link
 * CatalogAway} while the database cannot be reached. Call it on a Vert.x context, as a reactive endpoint does.
 */
@ApplicationScoped
public class LabelFlags {
    public static final Set<String> FAULTS = Set.of("wrong", "misleading");
    public static final Set<String> DECISIONS = Set.of("accepted", "dismissed");
    public static final int MAX_SUGGESTION = 200;
    private static final int MAX_LABEL = 300;
    private static final int MAX_NAME = 200;

    /** Flags that nobody has decided on; past that no more are taken. */
    private static final int MOST_OPEN = 10_000;

    private final Mutiny.SessionFactory sessions;

    LabelFlags(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * A flag to keep.
     *
     * @param study its id; empty for the only one of a server
     * @param label as the snapshot has it
     * @param fault one of {@link #FAULTS}
     * @param suggestion a better label; may be empty
     */
    public record NewFlag(String study, String snapshot, int concept, String label, String fault, String suggestion) {}

    /**
     * Keeps a flag.
     *
     * @return false, keeping nothing, where too many wait for a decision
     * @throws Problem (at once) where a field cannot be kept
     */
    public Uni<Boolean> add(NewFlag wanted) {
        if (wanted.fault() == null || !FAULTS.contains(wanted.fault())) {
            throw new Problem("what", "is neither wrong nor misleading", "choose one of the two");
        }
        LabelFlag flag = new LabelFlag();
        flag.study = wanted.study();
        flag.snapshot = SavedViews.version(wanted.snapshot());
        flag.concept = wanted.concept();
        flag.label = cut(wanted.label(), MAX_LABEL);
        flag.fault = wanted.fault();
        flag.suggestion = SavedViews.text("suggestion", wanted.suggestion(), MAX_SUGGESTION);
        flag.created = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return SavedViews.answered(sessions.withTransaction(session -> session.createSelectionQuery(
                        "select count(*) from LabelFlag where decision is null", Long.class)
                .getSingleResult()
                .flatMap(open -> open >= MOST_OPEN
                        ? Uni.createFrom().item(false)
                        : session.persist(flag).replaceWith(true))));
    }

    /** Those nobody has decided on, the oldest first. */
    public Uni<List<LabelFlag>> open(int most) {
        return SavedViews.answered(sessions.withSession(session -> session.createSelectionQuery(
                        "from LabelFlag where decision is null order by created, id", LabelFlag.class)
                .setMaxResults(most)
                .getResultList()));
    }

    /** How many wait for a decision. */
    public Uni<Long> count() {
        return SavedViews.answered(sessions.withSession(session -> session.createSelectionQuery(
                        "select count(*) from LabelFlag where decision is null", Long.class)
                .getSingleResult()));
    }

    /**
     * Decides on an open flag.
     *
     * @param decision one of {@link #DECISIONS}
     * @param by the administrator's name
     * @return false where there is no such open flag
     */
    public Uni<Boolean> decide(long id, String decision, String by) {
        if (decision == null || !DECISIONS.contains(decision)) {
            throw new Problem("decision", "is neither accepted nor dismissed", "choose one of the two");
        }
        return SavedViews.answered(sessions.withTransaction(session -> session.createMutationQuery(
                                "update LabelFlag set decision = :decision, decided = :now, decidedBy = :by"
                                        + " where id = :id and decision is null")
                        .setParameter("decision", decision)
                        .setParameter("now", Instant.now().truncatedTo(ChronoUnit.MICROS))
                        .setParameter("by", cut(by, MAX_NAME))
                        .setParameter("id", id)
                        .executeUpdate()))
                .map(changed -> changed > 0);
    }

    private static String cut(String text, int most) {
        String clean = text.replace('\0', ' ');
        return clean.codePointCount(0, clean.length()) <= most
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, most));
    }
}
