package org.gapexplorer.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;

/** What a short link leads to, until its time is over or its secret deletes it. Never changed once written. */
@MappedSuperclass
public abstract class ShortLinked {
    /** What the link ends with. */
    @Id
    @Column(name = "short_id")
    public String shortId;

    @Column(nullable = false)
    public String title;

    /** Version of the snapshot that was shown. */
    @Column(nullable = false)
    public String snapshot;

    @Column(nullable = false)
    public Instant created;

    /** From then on the link leads nowhere. */
    @Column(nullable = false)
    public Instant expires;

    /** SHA-256 of the secret that deletes it; the secret itself is kept nowhere. */
    @Column(name = "secret_hash", nullable = false)
    byte[] secretHash;

    public boolean isExpired() {
        return !Instant.now().isBefore(expires);
    }
}
