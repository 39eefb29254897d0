package org.gapexplorer.catalog;

import io.quarkus.runtime.Application;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Logger;
import org.gapexplorer.study.Problem;

/**
 * Which database keeps the saved views: the one that QUARKUS_DATASOURCE_REACTIVE_URL (or the system property) names, else
 * one of the explorer's own. Call it before Quarkus starts; it sets the system properties that Quarkus reads.
 *
 * <p>The own database starts while Quarkus does. Where it cannot start, a warning says so, saving answers that it is not
 * available, and everything else works.
 */
public final class CatalogDatabase implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CatalogDatabase.class.getName());
    private static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";

    private final EmbeddedPostgres own;

    private CatalogDatabase(EmbeddedPostgres own) {
        this.own = own;
    }

    /**
     * @param folder of the explorer's own database, made if absent; not touched where another database is configured
     */
    public static CatalogDatabase configure(Path folder) {
        return configure(folder, System.getenv());
    }

    static CatalogDatabase configure(Path folder, Map<String, String> environment) {
        String configured = System.getProperty(REACTIVE_URL, environment.get("QUARKUS_DATASOURCE_REACTIVE_URL"));
        if (configured != null && !configured.isBlank()) {
            if (System.getProperty(JDBC_URL) == null && !environment.containsKey("QUARKUS_DATASOURCE_JDBC_URL")) {
                System.setProperty(JDBC_URL, jdbcUrl(configured));
            }
            return new CatalogDatabase(null);
        }
        try {
            EmbeddedPostgres own = EmbeddedPostgres.in(folder);
            System.setProperty(REACTIVE_URL, own.reactiveUrl());
            System.setProperty(JDBC_URL, own.jdbcUrl());
            System.setProperty("quarkus.datasource.username", own.user());
            System.setProperty("quarkus.datasource.password", own.password());
            CatalogDatabase database = new CatalogDatabase(own);
            Runtime.getRuntime().addShutdownHook(new Thread(database::closeAfterServer, "stop PostgreSQL"));
            Thread.ofPlatform().daemon().name("start PostgreSQL").start(database::start);
            return database;
        } catch (Problem e) {
            LOG.warning("Views cannot be saved: " + e.getMessage());
            return new CatalogDatabase(null);
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }

    /** Requests that are still being answered may save: PostgreSQL stops when the server has drained. */
    private void closeAfterServer() {
        Application server = Application.currentApplication();
        if (server != null) {
            server.awaitShutdown();
        }
        close();
    }

    private void start() {
        try {
            own.start();
        } catch (Problem e) {
            LOG.warning("Views cannot be saved: " + e.getMessage());
        }
    }

    /** vertx-reactive:postgresql://host/db and postgresql://host/db as JDBC writes them. */
    static String jdbcUrl(String reactive) {
        String plain =
                reactive.startsWith("vertx-reactive:") ? reactive.substring("vertx-reactive:".length()) : reactive;
        return "jdbc:" + plain.replaceFirst("^postgres://", "postgresql://");
    }
}
