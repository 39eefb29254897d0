package org.gapexplorer.run;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.gapexplorer.study.Problem;

/**
 * A Parquet table whose schema is a record: one column per component, in order, in snake case. Files are written beside
 * and renamed, so a reader never meets half a table; the same rows give the same bytes.
 *
 * <p>Component types: {@code String}, {@code int}, {@code Integer} (nullable), {@code double} and {@code float} (NaN is
 * stored as NULL and read back as NaN), {@code boolean}, {@code List<String>}, {@code int[]}, {@code float[]},
 * {@code double[]}. {@code String}, list and array values may be null.
 *
 * @param <T> the row
 */
public final class Table<T extends Record> {
    /** A column that files written before it was thought of do not have: null there. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Later {}

    private final RecordComponent[] components;
    private final List<String> columns;
    private final MethodHandle[] getters;
    private final MethodHandle constructor;

    private Table(Class<T> row) {
        components = row.getRecordComponents();
        columns = Arrays.stream(components)
                .map(c -> '"' + snakeCase(c.getName()) + '"') // "similar" is a word of SQL
                .toList();
        try {
            var lookup = MethodHandles.privateLookupIn(row, MethodHandles.lookup());
            getters = new MethodHandle[components.length];
            for (int i = 0; i < components.length; i++) {
                getters[i] = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Record.class));
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            constructor = lookup.findConstructor(row, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(row + " cannot be a table row", e);
        }
    }

    /** The table of a record type. */
    public static <T extends Record> Table<T> of(Class<T> row) {
        return new Table<>(row);
    }

    /** Writes all rows to {@code file}, replacing what stood there only once everything is on disk. */
    public void write(Path file, Iterable<T> rows) {
        write(file, rows.iterator());
    }

    /** @see #write(Path, Iterable) */
    public void write(Path file, Iterator<T> rows) {
        ParquetFile.write(file, ddl(), appender -> {
            while (rows.hasNext()) {
                append(appender, rows.next());
            }
        });
    }

    /** All rows of one file, or of all files a glob names (in name order), in the order written. */
    public List<T> read(Path fileOrGlob) {
        var rows = new ArrayList<T>();
        forEach(fileOrGlob, rows::add);
        return rows;
    }

    /** Hands over each row of one file, or of all files a glob names, without holding them all. */
    public void forEach(Path fileOrGlob, Consumer<T> row) {
        try (var db = Duck.open()) {
            String sql = "SELECT " + String.join(", ", columns(db, fileOrGlob)) + " FROM read_parquet("
                    + Duck.quoted(fileOrGlob) + ")";
            try (var result = db.stream(sql)) {
                while (result.next()) {
                    row.accept(toRow(result));
                }
            }
        } catch (SQLException e) {
            throw unreadable(fileOrGlob, e);
        }
    }

    /** The columns to select: NULL in place of those that came later than the files. */
    private List<String> columns(Duck db, Path fileOrGlob) throws SQLException {
        if (Arrays.stream(components).noneMatch(c -> c.isAnnotationPresent(Later.class))) return columns;
        var there = new HashSet<String>();
        try (var schema = db.stream("SELECT name FROM parquet_schema(" + Duck.quoted(fileOrGlob) + ")")) {
            while (schema.next()) {
                there.add('"' + schema.getString(1) + '"');
            }
        }
        var wanted = new ArrayList<String>();
        for (int i = 0; i < components.length; i++) {
            boolean absent = components[i].isAnnotationPresent(Later.class) && !there.contains(columns.get(i));
            wanted.add(absent ? "NULL::" + sqlType(components[i].getType()) : columns.get(i));
        }
        return wanted;
    }

    private String ddl() {
        var parts = new ArrayList<String>();
        for (int i = 0; i < components.length; i++) {
            parts.add(columns.get(i) + " " + sqlType(components[i].getType()));
        }
        return String.join(", ", parts);
    }

    private static String sqlType(Class<?> type) {
        if (type == String.class) return "VARCHAR";
        if (type == int.class || type == Integer.class) return "INTEGER";
        if (type == double.class) return "DOUBLE";
        if (type == float.class) return "FLOAT";
        if (type == boolean.class) return "BOOLEAN";
        if (type == List.class) return "VARCHAR[]";
        if (type == int[].class) return "INTEGER[]";
        if (type == float[].class) return "FLOAT[]";
        if (type == double[].class) return "DOUBLE[]";
        throw new IllegalArgumentException("no column type for " + type);
    }

    private void append(DuckDBAppender appender, T row) throws SQLException {
        appender.beginRow();
        for (MethodHandle getter : getters) {
            Object value;
            try {
                value = (Object) getter.invokeExact((Record) row);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            ParquetFile.append(appender, value);
        }
        appender.endRow();
    }

    @SuppressWarnings("unchecked")
    private T toRow(ResultSet result) throws SQLException {
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(result, i + 1, components[i].getType());
        }
        try {
            return (T) constructor.invoke(values);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(ResultSet result, int column, Class<?> type) throws SQLException {
        if (type == String.class) return result.getString(column);
        if (type == int.class) return result.getInt(column);
        if (type == boolean.class) return result.getBoolean(column);
        if (type == Integer.class) {
            int value = result.getInt(column);
            return result.wasNull() ? null : value;
        }
        if (type == double.class) {
            double value = result.getDouble(column);
            return result.wasNull() ? Double.NaN : value;
        }
        if (type == float.class) {
            float value = result.getFloat(column);
            return result.wasNull() ? Float.NaN : value;
        }
        Array array = result.getArray(column);
        return array == null ? null : list((Object[]) array.getArray(), type);
    }

    private static Object list(Object[] values, Class<?> type) {
        if (type == List.class)
            return Arrays.stream(values).map(String.class::cast).toList();
        if (type == int[].class) {
            return Arrays.stream(values).mapToInt(v -> ((Number) v).intValue()).toArray();
        }
        if (type == double[].class) {
            return Arrays.stream(values)
                    .mapToDouble(v -> ((Number) v).doubleValue())
                    .toArray();
        }
        var floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((Number) values[i]).floatValue();
        }
        return floats;
    }

    private static String snakeCase(String name) {
        return name.chars()
                .mapToObj(c ->
                        Character.isUpperCase(c) ? "_" + Character.toLowerCase((char) c) : String.valueOf((char) c))
                .collect(Collectors.joining())
                .toLowerCase(Locale.ROOT);
    }

    private static Problem unreadable(Path file, Exception e) {
        return new Problem(
                file.toString(),
                "is missing, damaged or not a run's table (" + e.getMessage() + ")",
                "run the study again into a fresh folder",
                e);
    }
}
