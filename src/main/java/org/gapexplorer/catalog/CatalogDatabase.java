package org.gapexplorer.catalog;

import io.quarkus.runtime.Application;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final String USERNAME = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";

    private final EmbeddedPostgres own;
    /** Null where there is none. */
    private final CatalogAddress address;

    private CatalogDatabase(EmbeddedPostgres own, CatalogAddress address) {
        this.own = own;
        this.address = address;
    }

    /**
     * @param folder of the explorer's own database, made if absent; not touched where another database is configured
     * @throws Problem where what is configured is no address
     */
    public static CatalogDatabase configure(Path folder) {
        return configure(folder, System.getenv());
    }

    static CatalogDatabase configure(Path folder, Map<String, String> environment) {
        Optional<CatalogAddress> configured = configured(environment);
        if (configured.isPresent()) {
            tellQuarkus(configured.get());
            return new CatalogDatabase(null, configured.get());
        }
        try {
            EmbeddedPostgres own = EmbeddedPostgres.in(folder);
            tellQuarkus(own.address());
            CatalogDatabase database = new CatalogDatabase(own, own.address());
            Runtime.getRuntime().addShutdownHook(new Thread(database::closeAfterServer, "stop PostgreSQL"));
            Thread.ofPlatform().daemon().name("start PostgreSQL").start(database::start);
            return database;
        } catch (Problem e) {
            LOG.warning("Views cannot be saved: " + e.getMessage());
            return new CatalogDatabase(null, null);
        }
    }

    /**
     * The same database for a command: it runs when this returns, and the own one ends with {@link #close} unless a server
     * uses it.
     *
     * @throws Problem where the own one cannot start
     */
    public static CatalogDatabase forCommand(Path folder) {
        Optional<CatalogAddress> configured = configured(System.getenv());
        if (configured.isPresent()) {
            return new CatalogDatabase(null, configured.get());
        }
        EmbeddedPostgres own = EmbeddedPostgres.in(folder);
        try {
            own.start();
        } catch (Problem e) {
            own.close();
            throw e;
        }
        return new CatalogDatabase(own, own.address());
    }

    /** Where it is. */
    public CatalogAddress address() {
        return address;
    }

    private static Optional<CatalogAddress> configured(Map<String, String> environment) {
        String url = setting(REACTIVE_URL, environment);
        return url == null
                ? Optional.empty()
                : Optional.of(CatalogAddress.of(url, setting(USERNAME, environment), setting(PASSWORD, environment)));
    }

    /** A system property, else the environment's variable of Quarkus's naming; null where neither says anything. */
    private static String setting(String name, Map<String, String> environment) {
        String value = System.getProperty(
                name, environment.get(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_")));
        return value == null || value.isBlank() ? null : value;
    }

    private static void tellQuarkus(CatalogAddress address) {
        System.setProperty(REACTIVE_URL, address.reactive());
        if (setting(JDBC_URL, System.getenv()) == null) {
            System.setProperty(JDBC_URL, address.jdbc());
        }
        if (address.user() != null) System.setProperty(USERNAME, address.user());
        if (address.password() != null) System.setProperty(PASSWORD, address.password());
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
}
