package org.gapexplorer.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A Parquet table whose columns are known only when it is written; {@link Table} is for those known before. */
public final class Sheet {
    private Sheet() {}

    /** What stands in a column: {@code String}, {@code Integer} or {@code Double} (NaN is NULL); all may be null. */
    public enum Type {
        TEXT("VARCHAR"),
        WHOLE("INTEGER"),
        REAL("DOUBLE");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }
    }

    /** @param name any text; no two columns may differ in case only */
    public record Column(String name, Type type) {}

    /** Hands every row, one value a column, to where it is told; nothing is kept but what the file will hold. */
    public interface Rows {
        void forEach(Consumer<Object[]> row);
    }

    /** Writes all rows to {@code file}, replacing what stood there only once everything is on disk. */
    public static void write(Path file, List<Column> columns, Rows rows) {
        String ddl = columns.stream()
                .map(c -> '"' + c.name().replace("\"", "\"\"") + "\" " + c.type().sql)
                .collect(Collectors.joining(", "));
        ParquetFile.write(file, ddl, appender -> rows.forEach(row -> ParquetFile.append(appender, row)));
    }
}
