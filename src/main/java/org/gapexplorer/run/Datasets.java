package org.gapexplorer.run;

import java.io.IOException;
import java.nio.file.Path;
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
    /** Of a query; its process takes some more, and so does what is read of its result. */
    private static final int MEGABYTES = 160;

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

    /** A process that reads several queries' datapoints one after the other, each over its own files alone. */
    public static final class Reader implements AutoCloseable {
        private final Sandbox.Session session = new Sandbox.Session();

        /** As {@link Datasets#datapoints}. */
        public List<Datapoint> datapoints(String where, String sql, Map<String, List<Path>> files) {
            return Datasets.datapoints(where, sql, sandbox(where, files), session);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /**
     * The items a query yields: columns {@code item}, {@code question} and, if known, {@code choices} (a list),
     * {@code answer} (index of the right choice, from 0) and {@code category}.
     *
     * @param where what to name in a complaint: the benchmark
     * @param files name to fetched files
     */
    public static List<Datapoint> datapoints(String where, String sql, Map<String, List<Path>> files) {
        try (Reader reader = new Reader()) {
            return reader.datapoints(where, sql, files);
        }
    }

    static List<Datapoint> datapoints(String where, String sql, Sandbox sandbox, Sandbox.Session session) {
        return session.select(sandbox, sql, result -> {
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
        try (var session = new Sandbox.Session()) {
            return scores(where, sql, sandbox(where, files), session);
        }
    }

    static List<Scored> scores(String where, String sql, Sandbox sandbox, Sandbox.Session session) {
        return session.select(sandbox, sql, result -> {
            var columns = new Columns(where, result, List.of("item", "score"), List.of("answer", "margin"));
            return unique(columns, result, Datasets::scored);
        });
    }

    static Sandbox sandbox(String where, Map<String, List<Path>> files) {
        return new Sandbox(where, files, TIME, MEGABYTES);
    }

    private interface RowReader<T> {
        T read(Columns columns);
    }

    private static <T> List<T> unique(Columns columns, Rows result, RowReader<T> reader) throws IOException {
        var rows = new ArrayList<T>();
        var firstSeen = new HashMap<String, Integer>();
        while (columns.next()) {
            Integer before = firstSeen.putIfAbsent(columns.item, result.row());
            if (before != null) {
                throw columns.problem("the id stood in row " + before + " already", "give every item an id of its own");
            }
            rows.add(reader.read(columns));
        }
        if (rows.isEmpty()) {
            throw new Problem(columns.where, "the sql yields no rows", "check its conditions and the file it reads");
        }
        return rows;
    }

    private static Datapoint datapoint(Columns columns) {
        List<String> choices = columns.texts("choices");
        Integer answer = columns.index("answer");
        if (answer != null && choices != null && answer >= choices.size()) {
            throw columns.problem(
                    "the answer is " + answer + ", but there are " + choices.size() + " choices",
                    "answer is the index of the right choice, from 0");
        }
        return new Datapoint(columns.item, columns.requiredText("question"), choices, answer, columns.text("category"));
    }

    private static Scored scored(Columns columns) {
        Double score = columns.number("score");
        if (score != null && score.isNaN()) {
            throw columns.problem("the score is NaN", "use null where an item is unscored");
        }
        if (score != null && (score < 0 || score > 1)) {
            throw columns.problem("the score is " + score, "scale scores to [0, 1]");
        }
        Double margin = columns.number("margin");
        return new Scored(
                columns.item,
                score == null ? Double.NaN : score,
                columns.text("answer"),
                margin == null ? Double.NaN : margin);
    }

    /** A result's columns by name, and the row being read. */
    private static final class Columns {
        private static final Set<String> INTEGERS = Set.of(
                "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT");

        private final String where;
        private final Rows rows;
        private final Map<String, Integer> positions = new LinkedHashMap<>();
        private final Map<String, String> types = new HashMap<>();
        private String item;

        Columns(String where, Rows rows, List<String> required, List<String> optional) {
            this.where = where;
            this.rows = rows;
            for (Rows.Column column : rows.columns()) {
                String name = column.name().toLowerCase(Locale.ROOT);
                if (!required.contains(name) && !optional.contains(name)) {
                    throw new Problem(
                            where,
                            "the sql yields a column '" + name + "'",
                            "yield " + String.join(", ", required) + " and, if known, " + String.join(", ", optional));
                }
                if (positions.put(name, positions.size()) != null) {
                    throw new Problem(where, "the sql yields two columns '" + name + "'", "drop one");
                }
                types.put(name, column.type());
            }
            for (String name : required) {
                if (!positions.containsKey(name)) {
                    throw new Problem(where, "the sql yields no column '" + name + "'", "name one so, with AS " + name);
                }
            }
        }

        boolean next() throws IOException {
            item = null;
            if (!rows.next()) {
                return false;
            }
            item = requiredText("item");
            return true;
        }

        Problem problem(String what, String remedy) {
            String at = where + ", row " + rows.row() + (item == null ? "" : ", item '" + item + "'");
            return new Problem(at, what, remedy);
        }

        private Object value(String name) {
            Integer position = positions.get(name);
            return position == null ? null : rows.cell(position);
        }

        String text(String name) {
            Object value = value(name);
            return value == null ? null : value.toString();
        }

        String requiredText(String name) {
            String text = text(name);
            if (text == null || text.isBlank()) {
                throw problem("the " + name + " is " + (text == null ? "null" : "empty"), "give every row one");
            }
            return text;
        }

        Double number(String name) {
            return switch (value(name)) {
                case null -> null;
                case Rows.Numeric number -> number.value();
                case Boolean yes -> yes ? 1.0 : 0.0;
                case Object other ->
                    throw problem("the " + name + " is " + types.get(name) + " '" + other + "'", "yield a number");
            };
        }

        Integer index(String name) {
            Object value = value(name);
            if (value == null) {
                return null;
            }
            boolean integer = INTEGERS.contains(types.get(name));
            double index = integer ? ((Rows.Numeric) value).value() : Double.NaN;
            if (!(index >= 0 && index <= Integer.MAX_VALUE)) {
                throw problem(
                        "the " + name + " is " + types.get(name) + " '" + value + "'",
                        "yield the index of the right choice, from 0");
            }
            return (int) index;
        }

        List<String> texts(String name) {
            Object value = value(name);
            if (value == null) {
                return null;
            }
            if (!(value instanceof List<?> list)) {
                throw problem("the " + name + " are " + types.get(name), "yield a list, such as [a, b, c]");
            }
            List<String> texts = new ArrayList<>();
            for (Object element : list) {
                if (!(element instanceof String text) || text.isBlank()) {
                    throw problem("one of the " + name + " is null or empty", "leave no gaps in the list");
                }
                texts.add(text);
            }
            return texts.isEmpty() ? null : List.copyOf(texts);
        }
    }
}
