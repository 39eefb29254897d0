package org.gapexplorer.catalog;

import io.smallrye.mutiny.Uni;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.Base64;
import java.util.regex.Pattern;
import org.gapexplorer.catalog.SavedViews.Saved;
import org.gapexplorer.study.Sha256;
import org.hibernate.reactive.mutiny.Mutiny;

/** What short links of one kind lead to. Every answer fails with {@link CatalogAway} while the database cannot be reached. */
final class ShortLinks<T extends ShortLinked> {
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 10;
    private static final Pattern ID = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Mutiny.SessionFactory sessions;
    private final Class<T> kind;

    ShortLinks(Mutiny.SessionFactory sessions, Class<T> kind) {
        this.sessions = sessions;
        this.kind = kind;
    }

    /** Gives what is to be saved its id, its time and its secret, of which it keeps the hash. */
    static Saved seal(ShortLinked fresh, TemporalAmount kept) {
        fresh.created = Instant.now().truncatedTo(ChronoUnit.MICROS);
        fresh.expires = fresh.created.atOffset(ZoneOffset.UTC).plus(kept).toInstant();
        fresh.shortId = id();
        String secret = secret();
        fresh.secretHash = Sha256.digest(secret);
        return new Saved(fresh.shortId, secret, fresh.expires);
    }

    /** What is behind a link, its time over or not; null where there is nothing. */
    Uni<T> find(String shortId) {
        return isId(shortId)
                ? SavedViews.answered(sessions.withSession(session -> session.find(kind, shortId)))
                : Uni.createFrom().nullItem();
    }

    /** Deletes it for who holds its secret; false, changing nothing, for everybody else. */
    Uni<Boolean> delete(String shortId, String secret) {
        if (!isId(shortId) || secret == null) {
            return Uni.createFrom().item(false);
        }
        byte[] hash = Sha256.digest(secret);
        return SavedViews.answered(sessions.withTransaction(session -> session.find(kind, shortId)
                .flatMap(found -> {
                    if (found == null || !MessageDigest.isEqual(found.secretHash, hash)) {
                        return Uni.createFrom().item(false);
                    }
                    return session.remove(found).replaceWith(true);
                })));
    }

    private static boolean isId(String shortId) {
        return shortId != null && ID.matcher(shortId).matches();
    }

    /** Ten characters of thirty: 49 bits, none that look alike. */
    private static String id() {
        return RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .reduce("", String::concat);
    }

    private static String secret() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
