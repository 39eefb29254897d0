package org.gapexplorer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.gapexplorer.study.Problem;

/** Writes Parquet files: beside, then renamed, so a reader never meets half a table. The same rows give the same bytes. */
final class ParquetFile {
    private static final Pattern AFTER_NAME = Pattern.compile("\": ([^\"]+)");

    private ParquetFile() {}

    /** Appends all rows. */
    interface Rows {
        void appendTo(DuckDBAppender appender) throws SQLException;
    }

    /**
     * Replaces what stood at {@code file} only once everything is on disk.
     *
     * @param ddl the columns as SQL
     */
    static void write(Path file, String ddl, Rows rows) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var db = Duck.open()) {
                db.execute("CREATE TABLE t (" + ddl + ")");
                try (DuckDBAppender appender = db.appender("t")) {
                    rows.appendTo(appender);
                }
                db.execute("COPY t TO " + Duck.quoted(partial) + " (FORMAT parquet, COMPRESSION zstd)");
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (SQLException | IOException e) {
            deleteQuietly(partial);
            throw unwritable(file, e);
        } catch (RuntimeException e) {
            deleteQuietly(partial);
            throw e;
        }
    }

    static void append(DuckDBAppender appender, Object[] row) {
        try {
            appender.beginRow();
            for (Object value : row) {
                append(appender, value);
            }
            appender.endRow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One value of a row; NaN is NULL. */
    static void append(DuckDBAppender appender, Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case String s -> appender.append(s);
            case Integer i -> appender.append(i.intValue());
            case Double d when d.isNaN() -> appender.appendNull();
            case Double d -> appender.append(d.doubleValue());
            case Float f when f.isNaN() -> appender.appendNull();
            case Float f -> appender.append(f.floatValue());
            case Boolean b -> appender.append(b.booleanValue());
            case List<?> list -> appender.append(list);
            case int[] ints -> appender.append(Arrays.stream(ints).boxed().toList());
            case double[] doubles ->
                appender.append(Arrays.stream(doubles).boxed().toList());
            case float[] floats -> appender.append(boxed(floats));
            default -> throw new IllegalArgumentException("no column type for " + value.getClass());
        }
    }

    private static List<Float> boxed(float[] floats) {
        var list = new ArrayList<Float>(floats.length);
        for (float f : floats) {
            list.add(f);
        }
        return list;
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the first failure is the one to report
        }
    }

    /** What the system said: DuckDB puts it after the name of a file, in a message that may be JSON inside. */
    private static String reason(String message) {
        Matcher said = AFTER_NAME.matcher(message);
        return said.find() ? said.group(1) : message;
    }

    private static Problem unwritable(Path file, Exception e) {
        String reason = e instanceof IOException io ? Problem.reason(io) : reason(String.valueOf(e.getMessage()));
        return new Problem(
                file.toString(),
                "cannot be written (" + reason + ")",
                "free some space or choose a folder you may write to; nothing half-written was left",
                e);
    }
}
