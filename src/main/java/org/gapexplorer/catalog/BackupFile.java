package org.gapexplorer.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.gapexplorer.study.BoundedLine;
import org.gapexplorer.study.Problem;

/**
 * Reads a back-up of the catalog line by line. The last line is held against the rows before it, and gzip's checksum is
 * read with it: only after {@link #next} has given null is everything known to be whole.
 */
final class BackupFile implements AutoCloseable {
    /** Characters of a row, as JSON: a footprint over every concept of a large dictionary has some five million. */
    private static final int MAX_LINE = 16 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Reader reader;
    private final String migration;
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private int line;

    /** A row of a table, as PostgreSQL writes it in JSON. */
    record Row(String table, String json) {}

    private BackupFile(Path file, Reader reader) {
        this.file = file;
        this.reader = reader;
        CatalogBackup.TABLES.forEach(table -> rows.put(table, 0L));
        JsonNode head = object();
        if (head == null || !head.path("gapx").asText().equals("catalog")) {
            throw notOurs(null);
        }
        migration = head.path("migration").asText();
    }

    /** @throws Problem if the file is no back-up, or cannot be read */
    static BackupFile open(Path file) {
        Reader reader = null;
        try {
            var bytes = new GZIPInputStream(Files.newInputStream(file), 1 << 16);
            reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
            return new BackupFile(file, reader);
        } catch (EOFException | ZipException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (Problem e) {
            close(reader);
            throw e;
        }
    }

    /** Which migration the tables had. */
    String migration() {
        return migration;
    }

    /** The rows given so far, by table. */
    Map<String, Long> rows() {
        return rows;
    }

    /**
     * The next row; null after the last.
     *
     * @throws Problem if the file is damaged, ends before its last line, or that counts other rows than there were
     */
    Row next() {
        JsonNode next = object();
        if (next == null) {
            throw damaged(file, null);
        }
        if (next.has("rows")) {
            JsonNode stated = next.path("rows");
            boolean all =
                    rows.keySet().stream().allMatch(table -> stated.path(table).asLong() == rows.get(table));
            if (!all || object() != null) {
                throw damaged(file, null);
            }
            return null;
        }
        String table = next.path("table").asText();
        if (!rows.containsKey(table)) {
            throw notOurs(null);
        }
        rows.merge(table, 1L, Long::sum);
        return new Row(table, next.path("row").toString());
    }

    /** The next line's object; null at the end. */
    private JsonNode object() {
        try {
            String text = BoundedLine.read(reader, file, ++line, MAX_LINE);
            if (text == null) {
                return null;
            }
            JsonNode object = JSON.readTree(text);
            if (!object.isObject()) {
                throw notOurs(null);
            }
            return object;
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw notOurs(e);
        } catch (EOFException | ZipException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Problem damaged(Path file, Exception cause) {
        return new Problem(file.toString(), "is damaged or incomplete", "take another copy of the back-up", cause);
    }

    private Problem notOurs(Exception cause) {
        return new Problem(
                file.toString(), "is not a back-up of a catalog", "give a file that gapx catalog backup wrote", cause);
    }

    private static Problem unreadable(Path file, IOException e) {
        return new Problem(file.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
    }

    private static void close(Reader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            // nothing was written
        }
    }

    @Override
    public void close() {
        close(reader);
    }
}
