package org.gapexplorer.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.gapexplorer.study.Problem;

/**
 * Everything that people made, as one file: gzip (whose checksum finds a damaged one) around JSON lines. The first says which
 * migration the tables had; then comes a line for each row, as PostgreSQL itself writes it in JSON; the last counts them, so
 * that half a file is not taken for a whole one.
 *
 * <p>It is for the explorer's own PostgreSQL, whose programs hold no pg_dump, and moves a catalog between versions of
 * PostgreSQL and from the own one to another.
 */
public final class CatalogBackup {
    /** Every table that a migration makes. */
    static final List<String> TABLES = List.of("saved_view", "saved_footprint", "label_flag");

    /** Where rows of older migrations are brought up to date before they go to their place. */
    private static final String STAGING = "gapx_restore";

    private static final int ROWS_AT_ONCE = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CatalogAddress address;

    public CatalogBackup(CatalogAddress address) {
        this.address = address;
    }

    /**
     * Writes the catalog as it is at one moment; others go on saving meanwhile.
     *
     * @param file written beside and renamed; readable by its owner alone
     * @return rows by table
     * @throws Problem where the database or the file's folder cannot be used
     */
    public Map<String, Long> write(Path file) {
        Path whole = file.toAbsolutePath();
        Path fresh = whole.resolveSibling("." + whole.getFileName() + ".new");
        try (Connection database = address.connect()) {
            try (Writer out = writer(fresh)) {
                Map<String, Long> rows = copy(database, out);
                out.close();
                Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return rows;
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (SQLException e) {
            throw CatalogAddress.failed(address.shown(), e);
        } catch (IOException e) {
            throw new Problem(
                    file.toString(),
                    "cannot be written (" + Problem.reason(e) + ")",
                    "choose a folder you may write to, with room",
                    e);
        }
    }

    private static Writer writer(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
    }

    private Map<String, Long> copy(Connection database, Writer out) throws SQLException, IOException {
        database.setAutoCommit(false);
        database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("gapx", "catalog");
        head.put("migration", migration(database));
        head.put("made", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        out.write(JSON.writeValueAsString(head) + "\n");
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : TABLES) {
            rows.put(table, has(database, table) ? copy(database, table, out) : 0);
        }
        out.write(JSON.writeValueAsString(Map.of("rows", rows)) + "\n");
        return rows;
    }

    private static long copy(Connection database, String table, Writer out) throws SQLException, IOException {
        try (Statement statement = database.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet found = statement.executeQuery("select row_to_json(t) from " + table + " t")) {
                long rows = 0;
                for (; found.next(); rows++) {
                    out.write("{\"table\":\"" + table + "\",\"row\":" + found.getString(1) + "}\n");
                }
                return rows;
            }
        }
    }

    private String migration(Connection database) throws SQLException {
        if (!has(database, "flyway_schema_history")) {
            throw new Problem(
                    address.shown(), "holds no catalog", "check the address; gapx serve makes one when it starts");
        }
        return one(
                database,
                "select version from flyway_schema_history where success and version is not null"
                        + " order by installed_rank desc limit 1");
    }

    private static boolean has(Connection database, String table) throws SQLException {
        return one(database, "select to_regclass('" + table + "')") != null;
    }

    private static String one(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            return found.next() ? found.getString(1) : null;
        }
    }

    /**
     * Puts back what {@link #write} wrote, all of it or nothing. A catalog of an older migration is brought up to date on
     * the way. A server may run meanwhile.
     *
     * @param replace whether what is there may be deleted; else the catalog must be empty
     * @return rows by table
     * @throws Problem where the file is damaged, incomplete or of a newer version, and where the catalog is not empty
     */
    public Map<String, Long> restore(Path file, boolean replace) {
        try (BackupFile backup = BackupFile.open(file);
                Connection database = address.connect()) {
            flyway(null).load().migrate();
            // two at once would use the same place to stage
            one(database, "select pg_advisory_lock(hashtext('" + STAGING + "'))");
            if (!replace) {
                refuseRows(database);
            }
            stage(file, database, backup.migration());
            try {
                Map<String, Long> rows = load(file, backup, database);
                flyway(STAGING).load().migrate();
                move(database);
                return rows;
            } finally {
                database.setAutoCommit(true);
                run(database, "drop schema " + STAGING + " cascade");
            }
        } catch (SQLException e) {
            throw CatalogAddress.failed(address.shown(), e);
        } catch (FlywayException e) {
            throw new Problem(
                    address.shown(),
                    "the catalog's tables cannot be made (" + Migration.reason(e) + ")",
                    "give the user of the database the right to create a schema in it",
                    e);
        }
    }

    private void refuseRows(Connection database) throws SQLException {
        for (String table : TABLES) {
            String rows = one(database, "select count(*) from " + table);
            if (!rows.equals("0")) {
                throw new Problem(
                        address.shown(),
                        "holds " + rows + " rows of " + table + " already",
                        "restore into an empty catalog, or add --replace to delete what is there");
            }
        }
    }

    /** Tables as they were when the back-up was made, in a schema of their own. */
    private void stage(Path file, Connection database, String migration) throws SQLException {
        boolean known = false;
        for (MigrationInfo info : flyway(null).load().info().all()) {
            known |= info.getVersion() != null && info.getVersion().getVersion().equals(migration);
        }
        if (!known) {
            throw new Problem(
                    file.toString(),
                    "was made by another version of gapx (migration " + migration + ")",
                    "restore it with a version that is at least as new");
        }
        run(database, "drop schema if exists " + STAGING + " cascade");
        flyway(STAGING).target(migration).load().migrate();
    }

    private static Map<String, Long> load(Path file, BackupFile backup, Connection database) throws SQLException {
        database.setAutoCommit(false);
        for (BackupFile.Row row = backup.next(); row != null; row = backup.next()) {
            try {
                insert(database, row.table(), row.json());
            } catch (SQLException e) {
                throw new Problem(
                        file.toString(),
                        "holds a row of " + row.table() + " that the database refuses (" + CatalogAddress.told(e) + ")",
                        "take another copy of the back-up",
                        e);
            }
        }
        database.commit();
        return backup.rows();
    }

    private static void insert(Connection database, String table, String row) throws SQLException {
        String place = STAGING + "." + table;
        try (PreparedStatement statement = database.prepareStatement(
                "insert into " + place + " select * from json_populate_record(null::" + place + ", ?::json)")) {
            statement.setString(1, row);
            statement.executeUpdate();
        }
    }

    private static void move(Connection database) throws SQLException {
        database.setAutoCommit(false);
        for (String table : TABLES) {
            run(database, "delete from " + table);
            run(database, "insert into " + table + " select * from " + STAGING + "." + table);
        }
        // rows brought their numbers along; new ones are counted on from there
        run(
                database,
                "select setval(pg_get_serial_sequence('label_flag', 'id'), max(id)) from label_flag having count(*) > 0");
        database.commit();
    }

    private static void run(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** @param schema null for the one that the server uses */
    private FluentConfiguration flyway(String schema) {
        var configuration = Flyway.configure(CatalogBackup.class.getClassLoader())
                .dataSource(address.jdbc(), address.user(), address.password())
                .locations("classpath:db/migration")
                .cleanDisabled(true);
        return schema == null ? configuration : configuration.schemas(schema);
    }
}
