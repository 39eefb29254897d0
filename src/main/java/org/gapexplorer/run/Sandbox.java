package org.gapexplorer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;

/**
 * Runs one SELECT of a study file over the files it was given and nothing else. A study may come from anyone, so its SQL
 * sees no other file, no network, no extension and no setting, writes nothing, and is bounded in time and memory.
 *
 * @param where what to name in a complaint
 * @param files name to files; SQL reads each name as a variable that holds the list of its files, as in
 *     {@code read_json(getvariable('test'))}
 * @param time the longest a query may take
 * @param megabytes the most memory it may take, its result included
 */
record Sandbox(String where, Map<String, List<Path>> files, Duration time, int megabytes) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATTERN_CHARACTERS = ".*[*?\\[\\]].*";

    /** Takes the rows of a result. */
    interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    <T> T select(String sql, Rows<T> rows) {
        try (Session session = session()) {
            return session.select(sql, rows);
        }
    }

    /** Opened and locked, for one query after the other. */
    Session session() {
        try {
            return new Session();
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    /** A database that sees the files and nothing else. */
    final class Session implements AutoCloseable {
        private final Connection db;

        private Session() throws SQLException {
            db = open();
            try {
                lock(db);
            } catch (SQLException | Problem e) {
                db.close();
                throw e;
            }
        }

        <T> T select(String sql, Rows<T> rows) {
            try (Statement statement = db.createStatement()) {
                requireOneSelect(db, sql);
                statement.setQueryTimeout((int) Math.max(1, time.toSeconds()));
                // into a table first: results count towards the memory limit only there
                statement.execute("CREATE OR REPLACE TEMP TABLE result AS\n" + sql);
                try (ResultSet result = statement.executeQuery("FROM result")) {
                    return rows.read(result);
                }
            } catch (SQLException e) {
                throw explained(e);
            }
        }

        @Override
        public void close() {
            try {
                db.close();
            } catch (SQLException e) {
                throw explained(e);
            }
        }
    }

    private static Connection open() throws SQLException {
        var settings = new Properties();
        // rows come in the order of the files
        settings.setProperty("threads", "1");
        settings.setProperty("async_threads", "0");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    private void lock(Connection db) throws SQLException {
        try (Statement statement = db.createStatement()) {
            for (Map.Entry<String, List<Path>> file : files.entrySet()) {
                String name = "\"" + file.getKey().replace("\"", "\"\"") + "\"";
                statement.execute("SET VARIABLE " + name + " = " + list(file.getValue().stream()));
            }
            statement.execute("SET memory_limit = '" + megabytes + "MB'");
            statement.execute("SET temp_directory = ''");
            statement.execute("SET allow_community_extensions = false");
            statement.execute("SET allowed_paths = "
                    + list(files.values().stream().flatMap(List::stream).distinct()));
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        }
    }

    private String list(Stream<Path> paths) {
        return paths.map(this::readable).map(Duck::quoted).collect(Collectors.joining(", ", "[", "]::VARCHAR[]"));
    }

    private Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new Problem(where, file + " is missing or cannot be read", "check the path and its permissions");
        }
        if (file.toAbsolutePath().toString().matches(PATTERN_CHARACTERS)) {
            throw new Problem(
                    where, file + " has one of * ? [ ] in its path, which SQL takes for a pattern", "rename it");
        }
        return file;
    }

    /** The parser's word on what the text is; only SELECT statements have a serialised form. */
    private void requireOneSelect(Connection db, String sql) throws SQLException {
        JsonNode parsed;
        try (PreparedStatement parse = db.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR")) {
            parse.setString(1, sql);
            try (ResultSet result = parse.executeQuery()) {
                result.next();
                parsed = JSON.readTree(result.getString(1));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (parsed.path("error").asBoolean()) {
            boolean syntax = parsed.path("error_type").asText().equals("parser");
            throw new Problem(
                    where,
                    syntax
                            ? "the sql does not parse: "
                                    + parsed.path("error_message").asText() + position(sql, parsed)
                            : "the sql is not a SELECT",
                    "write one SELECT statement over the study's files");
        }
        int statements = parsed.path("statements").size();
        if (statements != 1) {
            throw new Problem(
                    where,
                    "the sql holds " + statements + " statements",
                    "write one SELECT statement over the study's files");
        }
    }

    private static String position(String sql, JsonNode parsed) {
        int at = parsed.path("position").asInt(-1);
        if (at < 0 || at > sql.length()) {
            return "";
        }
        return " (line " + (sql.substring(0, at).lines().count() + (at == 0 ? 1 : 0)) + " of the sql)";
    }

    private Problem explained(SQLException e) {
        // the text below the first lines points into the SQL and gives DuckDB's advice on its own settings
        String message = String.valueOf(e.getMessage())
                .lines()
                .takeWhile(line -> !line.startsWith("LINE ") && !line.startsWith("Possible ") && !line.isBlank())
                .collect(Collectors.joining(" "))
                .strip();
        if (e instanceof SQLTimeoutException) {
            return new Problem(where, "the sql ran longer than " + time.toSeconds() + " s", "make it do less", e);
        }
        if (message.startsWith("Out of Memory")) {
            return new Problem(where, "the sql needs more than " + megabytes + " MB", "make it hold less at once", e);
        }
        if (message.startsWith("Permission Error") || message.contains("configuration has been locked")) {
            return new Problem(
                    where,
                    "the sql reaches outside its files (" + message + ")",
                    "name every file under files: and read it as getvariable('name')",
                    e);
        }
        if (message.toLowerCase(Locale.ROOT).matches(".*(utf-8|unicode).*")) {
            message += malformed();
        }
        return new Problem(where, "the sql failed (" + message + ")", "mend the sql or the file it reads", e);
    }

    /** Where the first file that is not UTF-8 stops being so; DuckDB counts lines differently from format to format. */
    private String malformed() {
        for (Path file : files.values().stream().flatMap(List::stream).toList()) {
            int line = 0;
            // lines are split at the byte 0x0A, which is part of no longer UTF-8 sequence
            try (var reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    line++;
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
                }
            } catch (CharacterCodingException notUtf8) {
                return "; " + file + ", line " + line + " is not UTF-8";
            } catch (IOException unreadable) {
                return "";
            }
        }
        return "";
    }
}
