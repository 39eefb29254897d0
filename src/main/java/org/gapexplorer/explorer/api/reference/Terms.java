package org.gapexplorer.explorer.api.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** What each property means: {@code terms.properties}. */
final class Terms {
    private static final String CANARIES = "canaries";

    private final Properties words;

    private Terms(Properties words) {
        this.words = words;
    }

    static Terms read() {
        try (InputStream in = Terms.class.getResourceAsStream("terms.properties")) {
            Properties words = new Properties();
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new Terms(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Every property but {@value #CANARIES} is always there, and says what it means. A number that is not defined is sent as null, whatever its
     * type in Java.
     */
    void describe(String name, Schema schema) {
        if (schema.getProperties() == null) return;
        List<String> required = new ArrayList<>(schema.getProperties().keySet());
        required.remove(CANARIES);
        schema.required(required);
        schema.getProperties().forEach((property, of) -> {
            String word = words.getProperty(name + "." + property, words.getProperty(property));
            if (of.getDescription() == null) of.description(word);
            if (name.equals("Axis") && !property.equals("kind")) of.addType(SchemaType.NULL);
            nullable(of);
        });
    }

    private static void nullable(Schema schema) {
        ApiDocument.each(schema, s -> {
            boolean number = s.getType() != null
                    && s.getType().contains(SchemaType.NUMBER)
                    && !s.getType().contains(SchemaType.NULL);
            if (number) s.addType(SchemaType.NULL);
        });
    }
}
