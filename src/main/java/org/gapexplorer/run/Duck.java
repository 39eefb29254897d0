package org.gapexplorer.run;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** One in-memory DuckDB, open as long as this object. */
final class Duck implements AutoCloseable {
    private final DuckDBConnection connection;

    private Duck(DuckDBConnection connection) {
        this.connection = connection;
    }

    static Duck open() throws SQLException {
        var settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        // rows leave in the order they came, whatever the machine: one thread
        settings.setProperty("threads", "1");
        // else eight more, for files that lie far away
        settings.setProperty("async_threads", "0");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        // not through DriverManager, which knows the drivers of one class loader only
        return new Duck((DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", settings));
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A result that is read as it is computed; closing it closes its statement. */
    ResultSet stream(String sql) throws SQLException {
        Statement statement = connection.createStatement();
        try {
            statement.closeOnCompletion();
            return statement.executeQuery(sql);
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender(table);
    }

    static String quoted(Path path) {
        return quoted(path.toAbsolutePath().toString());
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
