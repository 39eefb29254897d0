package org.gapexplorer.explorer.api.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.gapexplorer.explorer.view.Links;

/**
 * The OpenAPI document as a page.
 *
 * @param routes by path
 * @param schemas what the routes answer with, by name
 */
public record Reference(List<Route> routes, List<Shape> schemas) {
    /** Characters of a text that need no word about its length. */
    private static final int ID = 500;

    /** Answers that every route can give; they stand in the rules. */
    private static final Set<String> OF_ALL = Set.of("200", "400", "404", "503");

    /**
     * @param method GET or POST
     * @param takes what its body is; empty for a route without one
     * @param bodies the forms a body can have
     * @param answers media types and what they hold
     * @param failures besides those that every route has
     * @param sample an address to try, with {@code {benchmark}} and the like in place of ids
     */
    public record Route(
            String id,
            String method,
            String path,
            String summary,
            String description,
            List<Asked> parameters,
            String takes,
            List<Sent> bodies,
            List<Answered> answers,
            List<Failure> failures,
            String sample) {
        /** The same with a sample that holds real ids. */
        public Route with(String address) {
            return new Route(
                    id, method, path, summary, description, parameters, takes, bodies, answers, failures, address);
        }

        /** Whether a link is enough: nothing is to be sent, and no id is missing. */
        public boolean linked() {
            return bodies.isEmpty() && sample.indexOf('{') < 0;
        }
    }

    /** @param shape in words */
    public record Sent(String type, String shape, String example) {
        /** The example as a word of a shell. */
        public String quoted() {
            return "'" + example.strip().replace("'", "'\\''") + "'";
        }
    }

    public record Failure(String status, String description) {}

    /** @param allowed type, words and bounds; usual: the default, empty for none */
    public record Asked(
            String name, String where, boolean required, String allowed, String usual, String description) {}

    /** @param of name of a schema; empty for a file */
    public record Answered(String type, String of) {}

    public record Shape(String name, String words, List<Field> fields) {}

    /** @param of name of the schema within; empty for none */
    public record Field(String name, String type, String of, String description) {}

    public static Reference of(JsonNode document) {
        List<Route> routes = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                routes.add(route(operation.getKey(), path.getKey(), operation.getValue()))));
        List<Shape> schemas = new ArrayList<>();
        document.path("components").path("schemas").properties().forEach(s -> schemas.add(shape(s)));
        return new Reference(routes, schemas);
    }

    private static Route route(String method, String path, JsonNode operation) {
        List<Asked> asked = new ArrayList<>();
        operation.path("parameters").forEach(p -> {
            JsonNode schema = p.path("schema");
            if (p.path("name").asText().equals(Links.PIN)) return; // every route takes it: it stands in the rules
            asked.add(new Asked(
                    p.path("name").asText(),
                    p.path("in").asText(),
                    p.path("required").asBoolean(),
                    allowed(schema),
                    schema.path("default").asText(""),
                    p.path("description").asText()));
        });
        List<Answered> answers = new ArrayList<>();
        operation
                .path("responses")
                .path("200")
                .path("content")
                .properties()
                .forEach(type -> answers.add(
                        new Answered(type.getKey(), name(type.getValue().path("schema")))));
        return new Route(
                operation.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asText(),
                operation.path("description").asText(),
                asked,
                operation.at("/requestBody/description").asText(),
                bodies(operation),
                answers,
                failures(operation),
                operation.path("x-try").asText());
    }

    private static List<Sent> bodies(JsonNode operation) {
        List<Sent> bodies = new ArrayList<>();
        operation.at("/requestBody/content").properties().forEach(type -> {
            JsonNode example = type.getValue().path("example");
            bodies.add(new Sent(
                    type.getKey(),
                    type.getValue().at("/schema/description").asText(),
                    example.isTextual() ? example.textValue() : example.toString()));
        });
        return bodies;
    }

    private static List<Failure> failures(JsonNode operation) {
        List<Failure> failures = new ArrayList<>();
        operation.path("responses").properties().forEach(answer -> {
            if (!OF_ALL.contains(answer.getKey())) {
                failures.add(new Failure(
                        answer.getKey(), answer.getValue().path("description").asText()));
            }
        });
        return failures;
    }

    private static Shape shape(Map.Entry<String, JsonNode> schema) {
        List<Field> fields = new ArrayList<>();
        schema.getValue().path("properties").properties().forEach(p -> {
            StringBuilder type = new StringBuilder();
            String[] of = {""};
            type(p.getValue(), type, name -> of[0] = name);
            fields.add(new Field(
                    p.getKey(),
                    type.toString(),
                    of[0],
                    p.getValue().path("description").asText()));
        });
        return new Shape(schema.getKey(), words(schema.getValue()), fields);
    }

    private static String allowed(JsonNode schema) {
        if (schema.path("type").asText().equals("array")) {
            String words = words(schema.path("items"));
            return words.isEmpty() ? "any number of texts" : "any of " + words;
        }
        String words = words(schema);
        if (!words.isEmpty()) return words;
        if (schema.has("maximum")) {
            return schema.path("type").asText() + ", " + schema.path("minimum").asText() + " to "
                    + schema.path("maximum").asText();
        }
        if (schema.has("minimum"))
            return schema.path("type").asText() + ", at least "
                    + schema.path("minimum").asText();
        if (schema.path("maxLength").asInt() > ID) {
            return "text, up to " + schema.path("maxLength").asText() + " characters";
        }
        return "text";
    }

    private static String words(JsonNode schema) {
        List<String> words = new ArrayList<>();
        schema.path("enum").forEach(w -> words.add(w.asText()));
        return String.join(", ", words);
    }

    /** A type in words: "list of number or null", "by key: …"; a schema's name goes to {@code of}. */
    private static void type(JsonNode schema, StringBuilder text, Consumer<String> of) {
        if (schema.has("$ref")) {
            of.accept(name(schema));
            return;
        }
        if (schema.has("anyOf")) {
            // null, or something
            for (JsonNode one : schema.path("anyOf")) {
                if (!one.path("type").asText().equals("null")) type(one, text, of);
            }
            text.append(text.isEmpty() ? "null or" : " or null");
            return;
        }
        Set<String> types = new java.util.TreeSet<>();
        if (schema.path("type").isArray()) schema.path("type").forEach(t -> types.add(t.asText()));
        else types.add(schema.path("type").asText());
        boolean nullable = types.remove("null");
        if (types.contains("array")) {
            text.append("list of ");
            type(schema.path("items"), text, of);
        } else if (schema.path("additionalProperties").isObject()) {
            text.append("by id: ");
            type(schema.path("additionalProperties"), text, of);
        } else {
            text.append(String.join(" or ", types));
            if (schema.has("format") && schema.path("format").asText().equals("date-time"))
                text.append(" (date and time)");
        }
        if (nullable) text.append(" or null");
    }

    private static String name(JsonNode schema) {
        String ref = schema.path("$ref").asText();
        return ref.substring(ref.lastIndexOf('/') + 1);
    }
}
