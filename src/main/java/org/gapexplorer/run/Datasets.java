package org.gapexplorer.run;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * Turns fetched files into datapoints and scores by a study's SQL, which runs sandboxed: it sees the given files, as
 * variables ({@code read_json(getvariable('test'))}), and nothing else.
 *
 * <p>Columns are told by their names. Rows keep the query's order. Everything that is wrong with a query, its files or
 * its rows is a {@link Problem} that names the benchmark and, where known, the row and item.
 */
public final class Datasets {
    private static final Duration TIME = Duration.ofMinutes(2);
    /** Of a query; some more is taken by what is read of its result. */
    private static final int MEGABYTES = 256;

    private static final long RESULT_BYTES = 192L << 20;
    /** What a row, and a text in it, take beside their characters, about. */
    private static final int ROW_BYTES = 200;

    private static final int TEXT_BYTES = 60;

    private Datasets() {}

    /**
     * An item of a benchmark.
     *
     * @param choices null where there are none
     * @param answer index of the right choice, null if unknown
     * @param category null if unknown
     */
    public record Datapoint(String item, String question, List<String> choices, Integer answer, String category) {}

    /**
     * A model's score on an item.
     *
     * @param score in [0,1], NaN where unscored
     * @param answer what the model answered, null if unknown
     * @param margin NaN if unknown
     */
    public record Scored(String item, double score, String answer, double margin) {}

    /**
     * The items a query yields: columns {@code item}, {@code question} and, if known, {@code choices} (a list),
     * {@code answer} (index of the right choice, from 0) and {@code category}.
     *
     * @param where what to name in a complaint: the benchmark
     * @param files name to fetched files
     */
    public static List<Datapoint> datapoints(String where, String sql, Map<String, List<Path>> files) {
        try (Sandbox.Session session = sandbox(where, files).session()) {
            return datapoints(where, sql, session);
        }
    }

    static List<Datapoint> datapoints(String where, String sql, Sandbox.Session session) {
        return session.select(sql, result -> {
            var columns =
                    new Columns(where, result, List.of("item", "question"), List.of("choices", "answer", "category"));
            return unique(columns, result, Datasets::datapoint);
        });
    }

    /**
     * The scores a query yields: columns {@code item}, {@code score} and, if known, {@code answer} and {@code margin}. A
     * null score means unscored.
     *
     * @param where what to name in a complaint: the model and the benchmark
     * @param files name to fetched files
     */
    public static List<Scored> scores(String where, String sql, Map<String, List<Path>> files) {
        return sandbox(where, files).select(sql, result -> {
            var columns = new Columns(where, result, List.of("item", "score"), List.of("answer", "margin"));
            return unique(columns, result, Datasets::scored);
        });
    }

    static Sandbox sandbox(String where, Map<String, List<Path>> files) {
        return new Sandbox(where, files, TIME, MEGABYTES);
    }

    private interface RowReader<T> {
        T read(Columns columns, ResultSet row) throws SQLException;
    }

    private static <T> List<T> unique(Columns columns, ResultSet result, RowReader<T> reader) throws SQLException {
        var rows = new ArrayList<T>();
        var firstSeen = new HashMap<String, Integer>();
        while (result.next()) {
            columns.row++;
            columns.item = null;
            columns.take(ROW_BYTES);
            columns.item = columns.requiredText(result, "item");
            Integer before = firstSeen.putIfAbsent(columns.item, columns.row);
            if (before != null) {
                throw columns.problem("the id stood in row " + before + " already", "give every item an id of its own");
            }
            rows.add(reader.read(columns, result));
        }
        if (rows.isEmpty()) {
            throw new Problem(columns.where, "the sql yields no rows", "check its conditions and the file it reads");
        }
        return rows;
    }

    private static Datapoint datapoint(Columns columns, ResultSet row) throws SQLException {
        List<String> choices = columns.texts(row, "choices");
        Integer answer = columns.index(row, "answer");
        if (answer != null && choices != null && answer >= choices.size()) {
            throw columns.problem(
                    "the answer is " + answer + ", but there are " + choices.size() + " choices",
                    "answer is the index of the right choice, from 0");
        }
        return new Datapoint(
                columns.item, columns.requiredText(row, "question"), choices, answer, columns.text(row, "category"));
    }

    private static Scored scored(Columns columns, ResultSet row) throws SQLException {
        Double score = columns.number(row, "score");
        if (score != null && score.isNaN()) {
            throw columns.problem("the score is NaN", "use null where an item is unscored");
        }
        if (score != null && (score < 0 || score > 1)) {
            throw columns.problem("the score is " + score, "scale scores to [0, 1]");
        }
        Double margin = columns.number(row, "margin");
        return new Scored(
                columns.item,
                score == null ? Double.NaN : score,
                columns.text(row, "answer"),
                margin == null ? Double.NaN : margin);
    }

    /** A result's columns by name, and the row being read. */
    private static final class Columns {
        private static final Set<String> INTEGERS = Set.of(
                "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT");

        private final String where;
        private final Map<String, Integer> positions = new LinkedHashMap<>();
        private final Map<String, String> types = new HashMap<>();
        private int row;
        private String item;
        private long left = RESULT_BYTES;

        Columns(String where, ResultSet result, List<String> required, List<String> optional) throws SQLException {
            this.where = where;
            ResultSetMetaData meta = result.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String name = meta.getColumnLabel(i).toLowerCase(Locale.ROOT);
                if (!required.contains(name) && !optional.contains(name)) {
                    throw new Problem(
                            where,
                            "the sql yields a column '" + name + "'",
                            "yield " + String.join(", ", required) + " and, if known, " + String.join(", ", optional));
                }
                if (positions.put(name, i) != null) {
                    throw new Problem(where, "the sql yields two columns '" + name + "'", "drop one");
                }
                types.put(name, meta.getColumnTypeName(i));
            }
            for (String name : required) {
                if (!positions.containsKey(name)) {
                    throw new Problem(where, "the sql yields no column '" + name + "'", "name one so, with AS " + name);
                }
            }
        }

        Problem problem(String what, String remedy) {
            String at = where + ", row " + row + (item == null ? "" : ", item '" + item + "'");
            return new Problem(at, what, remedy);
        }

        private Object value(ResultSet result, String name) throws SQLException {
            Integer position = positions.get(name);
            return position == null ? null : result.getObject(position);
        }

        void take(long bytes) {
            left -= bytes;
            if (left < 0) {
                throw problem(
                        "the rows so far take more than " + (RESULT_BYTES >> 20) + " MB",
                        "yield less, or make several benchmarks of it");
            }
        }

        String text(ResultSet result, String name) throws SQLException {
            Object value = value(result, name);
            return value == null ? null : kept(value);
        }

        private String kept(Object value) {
            String text = value.toString();
            take(TEXT_BYTES + text.length());
            return text;
        }

        String requiredText(ResultSet result, String name) throws SQLException {
            String text = text(result, name);
            if (text == null || text.isBlank()) {
                throw problem("the " + name + " is " + (text == null ? "null" : "empty"), "give every row one");
            }
            return text;
        }

        Double number(ResultSet result, String name) throws SQLException {
            return switch (value(result, name)) {
                case null -> null;
                case Number number -> number.doubleValue();
                case Boolean yes -> yes ? 1.0 : 0.0;
                case Object other ->
                    throw problem("the " + name + " is " + types.get(name) + " '" + other + "'", "yield a number");
            };
        }

        Integer index(ResultSet result, String name) throws SQLException {
            Object value = value(result, name);
            if (value == null) {
                return null;
            }
            boolean integer = INTEGERS.contains(types.get(name));
            double index = integer ? ((Number) value).doubleValue() : Double.NaN;
            if (!(index >= 0 && index <= Integer.MAX_VALUE)) {
                throw problem(
                        "the " + name + " is " + types.get(name) + " '" + value + "'",
                        "yield the index of the right choice, from 0");
            }
            return (int) index;
        }

        List<String> texts(ResultSet result, String name) throws SQLException {
            Object value = value(result, name);
            if (value == null) {
                return null;
            }
            if (!(value instanceof Array array)) {
                throw problem("the " + name + " are " + types.get(name), "yield a list, such as [a, b, c]");
            }
            List<String> texts = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                if (element == null || element.toString().isBlank()) {
                    throw problem("one of the " + name + " is null or empty", "leave no gaps in the list");
                }
                texts.add(kept(element));
            }
            return texts.isEmpty() ? null : List.copyOf(texts);
        }
    }
}
