package org.gapexplorer.score.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gapexplorer.study.Problem;

/**
 * Reads logs of JSON entry by entry, so that a file may be larger than memory. Of an entry only what is wanted is kept,
 * within a budget. Where a file ends in the middle, the entries before are read and the method that reads says so by
 * its result; anything else that is not JSON is a {@link Problem} with its line.
 */
final class JsonLog implements AutoCloseable {
    /** Deeper than any harness writes, shallow enough for any stack. */
    private static final int MAX_DEPTH = 256;

    /** Characters kept of one entry. */
    private static final long MAX_ENTRY = 64L << 20;

    private static final long MAX_NODES = 1L << 20;

    /** Python's json module writes NaN as it is. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(10_000)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String where;
    private final EndSeen in;
    private final JsonParser parser;
    private long entries;
    private long budget;
    private long nodes;

    /** Takes an entry. */
    interface Entry {
        /** @param at where it stands, for a complaint */
        void take(JsonNode entry, String at);
    }

    private interface Reading {
        void run() throws IOException;
    }

    private JsonLog(String where, InputStream in) throws IOException {
        this.where = where;
        this.in = new EndSeen(in);
        this.parser = JSON.createParser(this.in);
    }

    static JsonLog open(String where, Path file) {
        try {
            return new JsonLog(where, Files.newInputStream(file));
        } catch (IOException e) {
            throw unreadable(where, e);
        }
    }

    /** @param in closed with this */
    static JsonLog open(String where, InputStream in) {
        try {
            return new JsonLog(where, in);
        } catch (IOException e) {
            throw unreadable(where, e);
        }
    }

    /** One small file, read whole. */
    static JsonNode whole(String where, Path file, Wanted wanted) {
        JsonNode[] read = new JsonNode[1];
        try (JsonLog log = open(where, file)) {
            if (!log.each(wanted, (entry, at) -> read[0] = entry)) {
                throw new Problem(where, "is cut short", "write it again");
            }
        }
        if (read[0] == null) {
            throw new Problem(where, "is empty", "write it again");
        }
        return read[0];
    }

    /**
     * Each object of a sequence (JSON lines) or of one array.
     *
     * @return false where the file ends in the middle
     */
    boolean each(Wanted wanted, Entry entry) {
        return guarded(() -> {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY) {
                    elements(wanted, entry);
                } else {
                    object(wanted, entry);
                }
            }
        });
    }

    /**
     * Goes through one object: each element of its arrays that are named, and what is wanted of the other values.
     *
     * @param arrays what to keep of each element of an array, by the array's name
     * @param others what to keep of the object's other values
     * @param element takes the elements
     * @param rest takes an object of each other value that is wanted
     * @return false where the file ends in the middle
     */
    boolean inside(Map<String, Wanted> arrays, Wanted others, Entry element, Entry rest) {
        return guarded(() -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem(where, "is not a JSON object", "check that this is the file that is meant");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (arrays.containsKey(name) && parser.currentToken() == JsonToken.START_ARRAY) {
                    elements(arrays.get(name), element);
                } else if (others.child(name) == null) {
                    parser.skipChildren();
                } else {
                    fresh();
                    rest.take(NODES.objectNode().set(name, keep(others.child(name))), at());
                }
            }
        });
    }

    private void elements(Wanted wanted, Entry entry) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            object(wanted, entry);
        }
    }

    private void object(Wanted wanted, Entry entry) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new Problem(where + at(), "is not an object", "check that this is the file that is meant");
        }
        fresh();
        String at = at();
        entry.take(keep(wanted), at.substring(2));
    }

    private void fresh() {
        entries++;
        budget = MAX_ENTRY;
        nodes = MAX_NODES;
    }

    /** Begins with a comma and a space. */
    private String at() {
        int line = parser.currentTokenLocation().getLineNr();
        return line == entries ? ", line " + line : ", entry " + entries + " (line " + line + ")";
    }

    private JsonNode keep(Wanted wanted) throws IOException {
        if (--nodes < 0) {
            throw tooLarge();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    Wanted child = wanted.child(name);
                    parser.nextToken();
                    if (child == null) {
                        parser.skipChildren();
                    } else {
                        object.set(name, keep(child));
                    }
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(keep(wanted));
                }
                yield array;
            }
            case VALUE_STRING -> {
                budget -= parser.getTextLength();
                if (budget < 0) {
                    throw tooLarge();
                }
                yield NODES.textNode(parser.getText());
            }
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getDoubleValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case null, default -> NODES.nullNode();
        };
    }

    private Problem tooLarge() {
        return new Problem(
                where + at(),
                "is larger than " + (MAX_ENTRY >> 20) + " MB or " + MAX_NODES + " values",
                "leave it out");
    }

    private boolean guarded(Reading reading) {
        try {
            reading.run();
            return true;
        } catch (StreamConstraintsException e) {
            throw new Problem(where + at(), "is out of bounds (" + e.getOriginalMessage() + ")", "leave it out", e);
        } catch (JsonProcessingException e) {
            if (in.ended && entries > 0) {
                return false;
            }
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new Problem(
                    where + ", line " + line, "is not JSON (" + e.getOriginalMessage() + ")", "mend or remove it", e);
        } catch (IOException e) {
            throw unreadable(where, e);
        }
    }

    private static Problem unreadable(String where, IOException e) {
        return new Problem(where, "cannot be read (" + Problem.reason(e) + ")", "check the file", e);
    }

    /** What to say of a file that ends in the middle. */
    String cutShort() {
        return "ends in the middle: what stands after entry " + Math.max(0, entries - 1) + " is missing";
    }

    /** Entries met so far, the one that is cut short included. */
    long entries() {
        return entries;
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw unreadable(where, e);
        }
    }

    /** Knows whether its end has been asked for: a parser that stumbles after that has run out of file. */
    private static final class EndSeen extends FilterInputStream {
        private boolean ended;

        EndSeen(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            ended |= one < 0;
            return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            ended |= read < 0;
            return read;
        }
    }
}
