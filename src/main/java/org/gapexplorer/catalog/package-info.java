/**
 * What people make: saved views and footprints, kept in PostgreSQL. The only room that knows Hibernate, and the one that starts a
 * PostgreSQL where none is configured.
 */
package org.gapexplorer.catalog;
