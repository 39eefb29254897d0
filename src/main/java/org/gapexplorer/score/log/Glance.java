package org.gapexplorer.score.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;

/**
 * What can be told from a file's first megabyte.
 *
 * @param keys the first object's keys as far as they were met; of a folder, the names in it
 */
public record Glance(Path path, Kind kind, Set<String> keys) {
    private static final int BYTES = 1 << 20;
    private static final int MAX_KEYS = 200;
    private static final int MAX_NAMES = 10_000;

    public enum Kind {
        FOLDER,
        ZIP,
        /** A JSON array of anything but objects, or an empty one. */
        SCALARS,
        /** A JSON array of objects. */
        ARRAY,
        /** One JSON object or several, as in JSON lines. */
        OBJECTS,
        OTHER
    }

    public static Glance at(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    Set<String> names = files.limit(MAX_NAMES)
                            .map(f -> f.getFileName().toString())
                            .collect(Collectors.toSet());
                    return new Glance(path, Kind.FOLDER, names);
                }
            }
            byte[] start;
            try (InputStream in = Files.newInputStream(path)) {
                start = in.readNBytes(BYTES);
            }
            boolean zip = start.length > 3 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
            return zip ? new Glance(path, Kind.ZIP, Set.of()) : json(path, start);
        } catch (IOException e) {
            throw new Problem(path.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
        }
    }

    private static Glance json(Path path, byte[] start) {
        Kind kind = Kind.OTHER;
        var keys = new HashSet<String>();
        try (JsonParser parser = JsonLog.JSON.createParser(new ByteArrayInputStream(start))) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                first = parser.nextToken();
                kind = first == JsonToken.START_OBJECT ? Kind.ARRAY : Kind.SCALARS;
            } else if (first == JsonToken.START_OBJECT) {
                kind = Kind.OBJECTS;
            }
            if (first == JsonToken.START_OBJECT) {
                while (keys.size() < MAX_KEYS && parser.nextToken() == JsonToken.FIELD_NAME) {
                    keys.add(parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        } catch (IOException endOfGlanceOrNoJson) {
            // what was met until here is what there is to tell by
        }
        return new Glance(path, kind, keys);
    }

    boolean has(String... all) {
        return keys.containsAll(Set.of(all));
    }
}
