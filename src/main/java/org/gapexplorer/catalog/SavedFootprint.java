package org.gapexplorer.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** What is kept of an upload of prompts: numbers per concept, no word of the prompts; {@code /footprint/{shortId}} shows it. */
@Entity
@Table(name = "saved_footprint")
public class SavedFootprint extends ShortLinked {
    /** Id of the study it was held against; empty where the server had one alone, or it was saved before that was noted. */
    @Column(nullable = false)
    public String study;

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
}
