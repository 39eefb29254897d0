package org.gapexplorer.source;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the hub's cache keeps of a listing, in huggingface_hub's form. It is read as a stream: whatever else stands in the
 * file takes no memory.
 */
final class HubTree {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_BYTES = 64 << 20;

    private HubTree() {}

    /**
     * Every file by its path; null if there is no such listing, or one of another version.
     *
     * @throws IllegalArgumentException where it names a file that cannot be one
     */
    static Map<String, HubCache.Entry> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return null;
        }
        var entries = new LinkedHashMap<String, HubCache.Entry>();
        boolean known = false;
        try (JsonParser in = JSON.createParser(file.toFile())) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                JsonToken value = in.nextToken();
                if (name.equals("format_version")) {
                    known = in.getValueAsInt() == 1;
                } else if (name.equals("files") && value == JsonToken.START_OBJECT) {
                    files(in, entries);
                    continue;
                }
                in.skipChildren();
            }
        }
        return known ? entries : null;
    }

    private static void files(JsonParser in, Map<String, HubCache.Entry> entries) throws IOException {
        for (String path = in.nextFieldName(); path != null; path = in.nextFieldName()) {
            boolean object = in.nextToken() == JsonToken.START_OBJECT;
            if (!HubUri.harmless(path)) {
                in.skipChildren();
            } else if (object) {
                entries.put(path, entry(in, path));
            } else {
                throw new IllegalArgumentException("no file");
            }
        }
    }

    private static HubCache.Entry entry(JsonParser in, String path) throws IOException {
        String git = "";
        String sha256 = null;
        long size = -1;
        long large = -1;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            boolean text = in.nextToken() == JsonToken.VALUE_STRING;
            switch (name) {
                case "blob_id" -> git = in.getValueAsString("");
                case "lfs_sha256" -> sha256 = text ? in.getText() : null;
                case "size" -> size = in.getValueAsLong(-1);
                case "lfs_size" -> large = in.getValueAsLong(-1);
                default -> {
                    // the hub's, not ours
                }
            }
            in.skipChildren();
        }
        return sha256 == null ? new HubCache.Entry(path, git, git, size) : new HubCache.Entry(path, sha256, git, large);
    }

    static String text(Map<String, HubCache.Entry> entries) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("format_version", 1);
            out.writeObjectFieldStart("files");
            for (HubCache.Entry entry : entries.values()) {
                write(out, entry);
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, HubCache.Entry entry) throws IOException {
        out.writeObjectFieldStart(entry.path());
        out.writeNumberField("size", entry.size());
        out.writeStringField("blob_id", entry.gitId());
        if (!entry.etag().equals(entry.gitId())) {
            out.writeStringField("lfs_sha256", entry.etag());
            out.writeNumberField("lfs_size", entry.size());
        }
        out.writeEndObject();
    }
}
