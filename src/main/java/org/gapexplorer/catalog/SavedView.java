package org.gapexplorer.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A view somebody saved; {@code /v/{shortId}} leads there. */
@Entity
@Table(name = "saved_view")
public class SavedView extends ShortLinked {
    /** Path and query on this server, starting with one slash; it names the study where there are several. */
    @Column(nullable = false)
    public String path;

    @Column(nullable = false)
    public String note;
}
