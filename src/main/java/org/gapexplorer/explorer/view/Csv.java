package org.gapexplorer.explorer.view;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A table as CSV (RFC 4180, UTF-8), row by row. What is not defined is an empty cell. */
public final class Csv implements Closeable {
    public static final String TYPE = "text/csv;charset=UTF-8;header=present";
    private static final CsvMapper MAPPER = new CsvMapper();

    private final SequenceWriter rows;

    /** Writes the header; closing this closes {@code out}. */
    public Csv(OutputStream out, List<String> header) throws IOException {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        header.forEach(schema::addColumn);
        rows = MAPPER.writer(schema.build()).writeValues(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** One value a column. */
    public void row(Object... values) throws IOException {
        rows.write(Arrays.stream(values).map(Csv::safe).toArray());
    }

    /**
     * Text that a spreadsheet would take for a formula gets an apostrophe before it: labels are anybody's text. Numbers, negative
     * ones too, stay as they are.
     */
    private static Object safe(Object value) {
        // in a row given as an array the library leaves null out and moves the rest
        if (value == null || value instanceof Double d && d.isNaN()) return "";
        boolean formula = value instanceof String text && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + value : value;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
