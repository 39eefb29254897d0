package org.gapexplorer.study;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gapexplorer.study.StudyShapes.LabelSourceReader;
import org.gapexplorer.study.StudyShapes.SaeReader;
import org.gapexplorer.study.StudyShapes.SaeShape;
import org.gapexplorer.study.StudyShapes.SourceRefReader;

/** YAML of a given shape; what is wrong with it is told with the file, the line and the field. */
final class StudyYaml {
    static final String REMEDY = "see docs/formats.md for what a study file holds";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule()
                    .addDeserializer(SourceRef.class, new SourceRefReader())
                    .addDeserializer(LabelSource.class, new LabelSourceReader())
                    .addDeserializer(SaeShape.class, new SaeReader()))
            .build();

    private StudyYaml() {}

    /** @throws Problem if the text is empty, no YAML, or of another shape */
    static <T> T parse(Path file, String text, Class<T> shape) {
        try {
            T parsed = text.isBlank() ? null : YAML.readValue(text, shape);
            if (parsed == null) {
                throw new Problem(file.toString(), "is empty", REMEDY);
            }
            return parsed;
        } catch (JsonProcessingException e) {
            throw explained(file, text, e);
        }
    }

    private static Problem explained(Path file, String text, JsonProcessingException e) {
        int line = line(text, e);
        String where = file + (line < 1 ? "" : ", line " + line);
        if (e instanceof JsonMappingException m && !m.getPath().isEmpty()) {
            where += ", " + path(m);
        }
        return new Problem(where, complaint(e), REMEDY, e);
    }

    /** Where the field in question stands; Jackson itself is further on by the time it complains about some. */
    private static int line(String text, JsonProcessingException e) {
        if (e instanceof JsonMappingException m && !m.getPath().isEmpty()) {
            JsonPointer wanted = JsonPointer.empty();
            for (JsonMappingException.Reference step : m.getPath()) {
                wanted = step.getFieldName() == null
                        ? wanted.appendIndex(step.getIndex())
                        : wanted.appendProperty(step.getFieldName());
            }
            try (JsonParser parser = YAML.createParser(text)) {
                while (parser.nextToken() != null) {
                    if (parser.getParsingContext().pathAsPointer().equals(wanted)) {
                        return parser.currentTokenLocation().getLineNr();
                    }
                }
            } catch (IOException syntax) {
                // the location of the complaint is the next best
            }
        }
        JsonLocation at = e.getLocation();
        return at == null ? -1 : at.getLineNr();
    }

    private static String complaint(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException u ->
                "unknown key '" + u.getPropertyName() + "'; known here: "
                        + u.getKnownPropertyIds().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case InvalidFormatException f
            when f.getTargetType().isEnum() ->
                "'" + f.getValue() + "' is not one of "
                        + Arrays.stream(f.getTargetType().getEnumConstants())
                                .map(c -> c.toString().toLowerCase(Locale.ROOT))
                                .toList();
            case InvalidFormatException f -> "'" + f.getValue() + "' is not " + kind(f.getTargetType());
            case ValueInstantiationException v ->
                v.getCause() == null ? v.getOriginalMessage() : v.getCause().getMessage();
            case MismatchedInputException m when m.getTargetType() != null -> "must be " + kind(m.getTargetType());
            default -> syntax(e.getOriginalMessage());
        };
    }

    /** What a field of this type holds, as a user would say it. */
    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "a text";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one word";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "a mapping (key: value)";
    }

    /** YAML's parser tells what it was doing, then what it met; between and after stands the text around, indented. */
    private static String syntax(String message) {
        String said = message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .limit(2)
                .map(String::strip)
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? "is not valid YAML" : said;
    }

    private static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
