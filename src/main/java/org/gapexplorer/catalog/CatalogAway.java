package org.gapexplorer.catalog;

/** The database cannot be reached: views can neither be saved nor read just now. Browsing goes on. */
public final class CatalogAway extends RuntimeException {
    CatalogAway(Throwable cause) {
        super("Views can neither be saved nor opened at the moment: the database does not answer.", cause);
    }
}
