package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.BytesRef;

/** Reads columns of a one-segment index for a few documents given in rising order, or for all. */
final class Columns {
    private final LeafReader reader;
    private final int[] documents;

    /** @param documents rising */
    Columns(LeafReader reader, int... documents) {
        this.reader = reader;
        this.documents = documents;
    }

    static Columns ofAll(LeafReader reader) {
        int[] all = new int[reader.maxDoc()];
        Arrays.setAll(all, i -> i);
        return new Columns(reader, all);
    }

    /** One value per document; NaN where it has none. */
    double[] doubles(String field) throws IOException {
        double[] values = new double[documents.length];
        Arrays.fill(values, Double.NaN);
        NumericDocValues column = reader.getNumericDocValues(field);
        for (int i = 0; column != null && i < documents.length; i++) {
            if (column.advanceExact(documents[i])) {
                values[i] = Double.longBitsToDouble(column.longValue());
            }
        }
        return values;
    }

    /** One value per document. */
    int[] ints(String field, int otherwise) throws IOException {
        int[] values = new int[documents.length];
        Arrays.fill(values, otherwise);
        NumericDocValues column = reader.getNumericDocValues(field);
        for (int i = 0; column != null && i < documents.length; i++) {
            if (column.advanceExact(documents[i])) {
                values[i] = (int) column.longValue();
            }
        }
        return values;
    }

    /** The bytes of the first document; good until the next call. */
    BytesRef bytes(String field) throws IOException {
        BinaryDocValues column = reader.getBinaryDocValues(field);
        return column != null && column.advanceExact(documents[0]) ? column.binaryValue() : new BytesRef();
    }

    /** One text per document. */
    List<String> texts(String field) throws IOException {
        List<String> values = new ArrayList<>(documents.length);
        BinaryDocValues column = reader.getBinaryDocValues(field);
        for (int document : documents) {
            boolean has = column != null && column.advanceExact(document);
            values.add(has ? column.binaryValue().utf8ToString() : "");
        }
        return values;
    }

    /** The text of the first document. */
    String text(String field) throws IOException {
        return bytes(field).utf8ToString();
    }

    /** The JSON of the first document. */
    <T> T json(String field, Class<T> type) throws IOException {
        BytesRef bytes = bytes(field);
        return SnapshotFiles.JSON.readValue(bytes.bytes, bytes.offset, bytes.length, type);
    }

    static OptionalDouble optional(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
