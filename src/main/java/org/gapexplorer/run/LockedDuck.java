package org.gapexplorer.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/** A DuckDB that sees the given files and nothing else, and runs one SELECT at a time. */
final class LockedDuck implements AutoCloseable {
    private static final String ONE = "write one SELECT statement over the study's files";

    private final int megabytes;
    private final Map<String, List<Path>> files;
    private Connection db;

    LockedDuck(int megabytes, Map<String, List<Path>> files) {
        this.megabytes = megabytes;
        this.files = files;
    }

    /** Takes a result. */
    interface Taker {
        void take(ResultSet result) throws SQLException, IOException;
    }

    /** What is wrong with a query or its files. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final String remedy;

        Refused(String what, String remedy) {
            super(what);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    void select(String sql, Taker taker) throws Refused, IOException {
        try {
            if (db == null) {
                db = open();
                lock();
            }
            requireOneSelect(sql);
            try (Statement statement = db.createStatement()) {
                // into a table first: what goes wrong while rows are streamed is told without its reason
                statement.execute("CREATE OR REPLACE TEMP TABLE result AS\n" + sql);
                try (ResultSet result = statement.executeQuery("FROM result")) {
                    taker.take(result);
                }
            }
        } catch (SQLException | RuntimeException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws SQLException {
        if (db != null) {
            db.close();
        }
    }

    private static Connection open() throws SQLException {
        var settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        // rows come in the order of the files
        settings.setProperty("threads", "1");
        settings.setProperty("async_threads", "0");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return new DuckDBDriver().connect("jdbc:duckdb:", settings);
    }

    private void lock() throws SQLException {
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

    private static String list(Stream<Path> paths) {
        return paths.map(Duck::quoted).collect(Collectors.joining(", ", "[", "]::VARCHAR[]"));
    }

    /** The parser's word on what the text is; only SELECT statements have a serialised form. */
    private void requireOneSelect(String sql) throws SQLException, Refused {
        try (PreparedStatement parse = db.prepareStatement("""
                SELECT (parsed->>'error')::BOOLEAN, parsed->>'error_type', parsed->>'error_message',
                       coalesce((parsed->>'position')::INTEGER, -1), json_array_length(parsed, 'statements')
                FROM (SELECT json_serialize_sql(?::VARCHAR) AS parsed)""")) {
            parse.setString(1, sql);
            try (ResultSet parsed = parse.executeQuery()) {
                parsed.next();
                if (parsed.getBoolean(1)) {
                    boolean syntax = "parser".equals(parsed.getString(2));
                    String what = "the sql does not parse: " + parsed.getString(3) + line(sql, parsed.getInt(4));
                    throw new Refused(syntax ? what : "the sql is not a SELECT", ONE);
                }
                if (parsed.getInt(5) != 1) {
                    throw new Refused("the sql holds " + parsed.getInt(5) + " statements", ONE);
                }
            }
        }
    }

    private static String line(String sql, int at) {
        if (at < 0 || at > sql.length()) {
            return "";
        }
        return " (line " + (sql.substring(0, at).lines().count() + (at == 0 ? 1 : 0)) + " of the sql)";
    }

    private Refused refused(String error) {
        // the text below the first lines points into the SQL and gives DuckDB's advice on its own settings
        String message = error.lines()
                .takeWhile(line -> !line.startsWith("LINE ") && !line.startsWith("Possible ") && !line.isBlank())
                .collect(Collectors.joining(" "))
                .strip();
        if (message.startsWith("Out of Memory")) {
            return new Refused(Wire.tooMuch(megabytes), "make it hold less at once");
        }
        if (message.startsWith("Permission Error") || message.contains("configuration has been locked")) {
            return new Refused(
                    "the sql reaches outside its files (" + message + ")",
                    "name every file under files: and read it as getvariable('name')");
        }
        if (message.toLowerCase(Locale.ROOT).matches(".*(utf-8|unicode).*")) {
            message += malformed();
        }
        return new Refused("the sql failed (" + message + ")", "mend the sql or the file it reads");
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
