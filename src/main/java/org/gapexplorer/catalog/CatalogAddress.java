package org.gapexplorer.catalog;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.gapexplorer.study.Problem;

/**
 * Where a catalog's PostgreSQL is, and as whom it is asked.
 *
 * @param reactive for the reactive client, {@code postgresql://host:port/database?parameters}, without name and password
 * @param user null where none is known
 * @param password null where none is known
 */
public record CatalogAddress(String reactive, String user, String password) {
    /**
     * Reads what people and operators of PostgreSQL write: {@code postgresql://}, {@code postgres://} or {@code
     * vertx-reactive:postgresql://}, with or without {@code name:password@}. Name and password given apart count more.
     *
     * @throws Problem where it is no such address; the message holds no password
     */
    static CatalogAddress of(String written, String user, String password) {
        String plain =
                written.strip().replaceFirst("^vertx-reactive:", "").replaceFirst("^postgres://", "postgresql://");
        int at = plain.indexOf('@');
        int path = plain.indexOf('/', "postgresql://".length());
        if (!plain.startsWith("postgresql://")) {
            throw new Problem(
                    "QUARKUS_DATASOURCE_REACTIVE_URL",
                    "is not the address of a PostgreSQL",
                    "write postgresql://host:5432/database");
        }
        if (at < 0 || (path >= 0 && at > path)) {
            return new CatalogAddress(plain, user, password);
        }
        String[] identity = plain.substring("postgresql://".length(), at).split(":", 2);
        return new CatalogAddress(
                "postgresql://" + plain.substring(at + 1),
                user != null ? user : decoded(identity[0]),
                password != null || identity.length == 1 ? password : decoded(identity[1]));
    }

    /** The same for JDBC. */
    public String jdbc() {
        return "jdbc:" + reactive;
    }

    /** Host, port and database, for messages. */
    String shown() {
        URI uri = URI.create(reactive.replaceFirst("[?].*", ""));
        return uri.getAuthority() + uri.getPath();
    }

    /** @throws Problem where it does not answer or refuses */
    Connection connect() {
        Properties properties = new Properties();
        if (user != null) properties.setProperty("user", user);
        if (password != null) properties.setProperty("password", password);
        properties.putIfAbsent("connectTimeout", "10");
        try {
            return DriverManager.getConnection(jdbc(), properties);
        } catch (SQLException e) {
            throw failed(shown(), e);
        }
    }

    static Problem failed(String where, SQLException e) {
        return new Problem(
                where,
                "the database does not do as asked (" + told(e) + ")",
                "check that it runs, the address, the name and the password",
                e);
    }

    /** The first line of what the driver says. */
    static String told(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("[.]$", "");
    }

    private static String decoded(String text) {
        // a plus is a plus here
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
