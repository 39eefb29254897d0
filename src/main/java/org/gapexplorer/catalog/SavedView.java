package org.gapexplorer.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A view somebody saved: where a short link leads. Never changed once written. */
@Entity
@Table(name = "saved_view")
public class SavedView {
    /** What stands in the short link, {@code /v/{shortId}}. */
    @Id
    @Column(name = "short_id")
    public String shortId;

    /** Path and query on this server, starting with one slash. */
    @Column(nullable = false)
    public String path;

    @Column(nullable = false)
    public String title;

    @Column(nullable = false)
    public String note;

    /** Version of the snapshot that was shown. */
    @Column(nullable = false)
    public String snapshot;

    @Column(nullable = false)
    public Instant created;

    /** From then on the short link leads nowhere. */
    @Column(nullable = false)
    public Instant expires;

    /** SHA-256 of the secret that deletes the view; the secret itself is kept nowhere. */
    @Column(name = "secret_hash", nullable = false)
    byte[] secretHash;

    public boolean isExpired() {
        return !Instant.now().isBefore(expires);
    }
}
