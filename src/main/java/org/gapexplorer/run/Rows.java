package org.gapexplorer.run;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.study.Problem;

/** A query's result as it comes from its process: rows in the query's order, read once, and not more of them than memory holds. */
final class Rows {
    private static final long MOST_BYTES = 192L << 20;
    /** What a row, and a text in it, take beside their characters, about. */
    private static final int ROW_BYTES = 200;

    private static final int TEXT_BYTES = 60;

    private final String where;
    private final DataInputStream in;
    private final List<Column> columns = new ArrayList<>();
    private Object[] cells = {};
    private int row;
    private long left = MOST_BYTES;
    private boolean within;
    private boolean ended;

    Rows(String where, DataInputStream in) {
        this.where = where;
        this.in = in;
    }

    record Column(String name, String type) {}

    /** A number, and how SQL writes it. */
    record Numeric(double value, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    void begin() throws IOException {
        if (continues()) {
            for (int more = in.readInt(); more > 0; more--) {
                columns.add(new Column(text(), text()));
            }
        }
    }

    List<Column> columns() {
        return columns;
    }

    /** Of the row that is being read, from 1. */
    int row() {
        return row;
    }

    boolean next() throws IOException {
        if (!continues()) {
            return false;
        }
        row++;
        within = true;
        take(ROW_BYTES);
        cells = new Object[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell();
        }
        within = false;
        return true;
    }

    /** Null, a String, a {@link Numeric}, a Boolean or a list of texts, some of which may be null. */
    Object cell(int column) {
        return cells[column];
    }

    /** Passes over what is left. */
    void skip() throws IOException {
        if (within) {
            throw new EOFException("a row was too much");
        }
        try {
            while (!ended) {
                next();
            }
        } catch (Problem told) {
            // of a query that nobody asks for any more
        }
    }

    private boolean continues() throws IOException {
        byte next = in.readByte();
        ended = next != Wire.ROW;
        return switch (next) {
            case Wire.ROW -> true;
            case Wire.END -> false;
            case Wire.WRONG -> throw new Problem(where, text(), text());
            default -> throw new EOFException("no row: " + next);
        };
    }

    private Object cell() throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case Wire.NULL -> null;
            case Wire.TEXT -> text();
            case Wire.NUMBER -> new Numeric(in.readDouble(), text());
            case Wire.BOOLEAN -> in.readBoolean();
            case Wire.LIST -> list();
            default -> throw new EOFException("no cell: " + kind);
        };
    }

    private List<String> list() throws IOException {
        var list = new ArrayList<String>();
        for (int more = in.readInt(); more > 0; more--) {
            take(Long.BYTES);
            list.add(in.readBoolean() ? text() : null);
        }
        return list;
    }

    /** A text that is counted before it is read. */
    private String text() throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new EOFException("no text: " + length);
        }
        take(TEXT_BYTES + (long) length);
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void take(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new Problem(
                    where + ", row " + row,
                    "the rows so far take more than " + (MOST_BYTES >> 20) + " MB",
                    "yield less, or make several benchmarks of it");
        }
    }
}
