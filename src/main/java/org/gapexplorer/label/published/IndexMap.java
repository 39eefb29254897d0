package org.gapexplorer.label.published;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.gapexplorer.label.LabelRoom;
import org.gapexplorer.label.LabelText;
import org.gapexplorer.study.Problem;

/** One JSON object from index to label: {@code {"123": "label"}}. */
final class IndexMap {
    private static final String REMEDY = "write one JSON object from a concept's number to its label";
    private static final JsonFactory JSON = new JsonFactory();

    private IndexMap() {}

    static Map<Integer, String> read(Path file) {
        var labels = new HashMap<Integer, String>();
        var room = new LabelRoom();
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem(file.toString(), "is not a JSON object", REMEDY);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String where = file + ", key '" + parser.currentName() + "'";
                int concept = LabelText.concept(parser.currentName());
                if (concept < 0) {
                    throw new Problem(where, "is no concept's number", REMEDY);
                }
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw new Problem(where, "has " + parser.currentToken() + " where a text was expected", REMEDY);
                }
                String label = LabelText.clean(parser.getText());
                room.take(where, label == null ? 0 : label.length());
                if (label != null && labels.put(concept, label) != null) {
                    throw new Problem(where, "stands there twice", "keep one label for each concept");
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new Problem(file.toString(), "does not end with its object", REMEDY);
            }
        } catch (JsonParseException e) {
            throw new Problem(
                    file + ", line " + e.getLocation().getLineNr(),
                    "is not JSON (" + e.getOriginalMessage() + ")",
                    REMEDY,
                    e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
        }
        return labels;
    }
}
