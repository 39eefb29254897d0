package org.gapexplorer.stress;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** {@code gapx study run}: extraction, scores and analysis. Its result are all rows of all tables. */
record ExtractionStage(Path study) implements Stage {
    @Override
    public List<String> words(Path out) {
        return List.of("study", "run", study.toString(), "--out", out.toString());
    }

    @Override
    public List<String> result(Path out) throws Exception {
        return rows(out);
    }

    /** All rows of all tables below a folder, each with its table's name. */
    static List<String> rows(Path out) throws Exception {
        TreeSet<String> tables = new TreeSet<>();
        try (Stream<Path> files = Files.walk(out)) {
            files.filter(f -> f.toString().endsWith(".parquet"))
                    .forEach(f ->
                            tables.add(out.relativize(f).toString().replaceFirst("part-[^/]*$", "part-*.parquet")));
        }
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String table : tables) {
                // DuckDB's own text of a whole row: every digit of every number
                ResultSet found =
                        statement.executeQuery("select t::varchar from '" + out.resolve(table) + "' t order by 1");
                while (found.next()) rows.add(table + " " + found.getString(1));
            }
        }
        return rows;
    }
}
