package org.gapexplorer.catalog;

/** The database cannot be reached: views and footprints can neither be saved nor read just now. Browsing goes on. */
public final class CatalogAway extends RuntimeException {
    CatalogAway(Throwable cause) {
        super(
                "Views and footprints can neither be saved nor opened at the moment: the database does not answer.",
                cause);
    }
}
