package org.gapexplorer.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What is kept of an upload of prompts: numbers per concept, no word of the prompts. Never changed once written. */
@Entity
@Table(name = "saved_footprint")
public class SavedFootprint {
    /** What stands in the link, {@code /footprint/{shortId}}. */
    @Id
    @Column(name = "short_id")
    public String shortId;

    @Column(nullable = false)
    public String title;

    /** Version of the snapshot it was held against. */
    @Column(nullable = false)
    public String snapshot;

    /** SHA-256 of the lens's files, in hexadecimal. */
    @Column(nullable = false)
    public String lens;

    @Column(name = "lens_name", nullable = false)
    public String lensName;

    /** How many prompts there were. */
    @Column(nullable = false)
    public int prompts;

    /** The numbers, as JSON. */
    @Column(nullable = false)
    public String profile;

    @Column(nullable = false)
    public Instant created;

    /** After this it is not shown any more. */
    @Column(nullable = false)
    public Instant expires;

    /** SHA-256 of the secret that deletes it; the secret itself is kept nowhere. */
    @Column(name = "secret_hash", nullable = false)
    byte[] secretHash;
}
