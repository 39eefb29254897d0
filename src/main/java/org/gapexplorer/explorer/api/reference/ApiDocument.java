package org.gapexplorer.explorer.api.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Completes, while the application is built, what is read off the resources' classes: pages are taken out; parameters,
 * failures and the meaning of every property come in.
 */
public class ApiDocument implements OASFilter {
    private static final String REF = "#/components/schemas/";
    private static final String PROBLEM = "Problem";

    /** Nested records share their plain names; the property tells them apart. */
    private static final List<String[]> RENAMED = List.of(
            new String[] {"Row", "scoreBefore", "ChangesRow"},
            new String[] {"Row", "pair", "PairingRow"},
            new String[] {"Row", "difference", "ComparisonRow"},
            new String[] {"Firing", "label", "DatapointFiring"},
            new String[] {"Firing", "concept", "PromptFiring"},
            new String[] {"Part", "lifts", "SuitePart"},
            new String[] {"Answer", "margin", "ModelAnswer"},
            new String[] {"Benchmark", "covered", "FootprintBenchmark"},
            new String[] {"Model", "atConcepts", "FootprintModel"},
            new String[] {"Change", "change", "FootprintShift"});

    /** One client may ask for these so often. */
    private static final Set<String> LIMITED = Set.of("readPrompt", "readFootprint");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, org.eclipse.microprofile.openapi.models.PathItem> paths =
                new TreeMap<>(api.getPaths().getPathItems());
        paths.keySet().removeIf(path -> !isApi(path));
        api.getPaths().setPathItems(paths);
        api.setInfo(
                OASFactory.createInfo()
                        .title("Gap Explorer")
                        .version("v1")
                        .description(
                                "Which concepts benchmarks exercise, and how well models do where they fire. Every answer"
                                        + " names the snapshot it comes from; null is not defined, which is not 0. Addresses and ids do"
                                        + " not change within v1; properties may be added. No key, but where a study is not open to everybody. Nothing that is sent is kept."));
        paths.values().forEach(item -> item.getOperations().values().forEach(ApiDocument::complete));

        Map<String, Schema> schemas = new LinkedHashMap<>(api.getComponents().getSchemas());
        schemas.put(PROBLEM, problem());
        Map<String, String> names = names(schemas);
        Map<String, Schema> reached = new TreeMap<>();
        Consumer<Schema> reach = schema -> each(schema, s -> reach(s, schemas, names, reached));
        paths.values()
                .forEach(item -> item.getOperations()
                        .values()
                        .forEach(operation -> operation
                                .getResponses()
                                .getAPIResponses()
                                .values()
                                .forEach(response -> response.getContent()
                                        .getMediaTypes()
                                        .values()
                                        .forEach(type -> {
                                            if (type.getSchema() != null) reach.accept(type.getSchema());
                                        }))));
        Terms terms = Terms.read();
        reached.forEach(terms::describe);
        api.getComponents().setSchemas(reached);
    }

    private static boolean isApi(String path) {
        return path.startsWith("/api/v1/") || path.startsWith("/concepts.") || path.equals("/next/worklist.csv");
    }

    private static void complete(Operation operation) {
        operation.setTags(null);
        List<Parameter> all = new ArrayList<>();
        if (operation.getParameters() != null) all.addAll(operation.getParameters());
        for (Parameter inPath : all) {
            if (inPath.getDescription() == null) inPath.description(ApiParameters.IN_PATHS.get(inPath.getName()));
        }
        all.addAll(ApiParameters.of(operation.getOperationId()));
        operation.setParameters(all);
        failure(operation, "400", "A parameter cannot be used; the detail names it and says what is allowed.");
        failure(operation, "401", "The study is shown to those who are signed in; send a bearer token.");
        failure(operation, "403", "The study is not open to who asks.");
        failure(operation, "404", "There is no such thing, or no snapshot of that version.");
        failure(operation, "503", "No snapshot is published yet, or the server is busy: try again.");
        ApiBodies.of(operation.getOperationId()).ifPresent(body -> {
            operation.setRequestBody(body);
            failure(
                    operation,
                    "403",
                    "The study is not open to who asks, or a browser sent it from a page of another site.");
            failure(operation, "413", "The body is larger than 1 MB.");
            failure(operation, "415", "The body is of none of these types.");
        });
        if (LIMITED.contains(operation.getOperationId())) {
            failure(operation, "429", "This address had its share; Retry-After says in how many seconds to try again.");
        }
    }

    private static void failure(Operation operation, String status, String description) {
        MediaType type =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref(REF + PROBLEM));
        operation
                .getResponses()
                .addAPIResponse(
                        status,
                        OASFactory.createAPIResponse()
                                .description(description)
                                .content(OASFactory.createContent().addMediaType("application/problem+json", type)));
    }

    /** RFC 9457. */
    private static Schema problem() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty("type", string("What kind of failure it is: an address below /api, which explains it"))
                .addProperty("title", string("The same in a word or two"))
                .addProperty(
                        "status",
                        OASFactory.createSchema().addType(SchemaType.INTEGER).description("The HTTP status"))
                .addProperty("detail", string("What was wrong, in a sentence"))
                .addProperty("instance", string("The address asked for"))
                .addProperty(
                        "requestId",
                        string("The request’s id, which the server’s log and the header X-Request-Id have too"));
    }

    private static Schema string(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    /** New names of schemas, by their old ones. */
    private static Map<String, String> names(Map<String, Schema> schemas) {
        Map<String, String> names = new LinkedHashMap<>();
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() == null) return;
            for (String[] rule : RENAMED) {
                boolean fits = name.replaceAll("\\d+$", "").equals(rule[0])
                        && schema.getProperties().containsKey(rule[1]);
                if (fits) names.putIfAbsent(name, rule[2]);
            }
        });
        schemas.forEach((name, schema) -> {
            if (!name.startsWith("PageRow")) return;
            String of = schema.getProperties().get("rows").getItems().getRef().substring(REF.length());
            names.put(name, "PageOf" + names.getOrDefault(of, of) + "s");
        });
        return names;
    }

    private static void reach(
            Schema schema, Map<String, Schema> all, Map<String, String> names, Map<String, Schema> reached) {
        if (schema.getRef() == null || !schema.getRef().startsWith(REF)) return;
        String name = schema.getRef().substring(REF.length());
        // what Java's own classes would look like from inside is not what is sent
        if (name.equals("Instant")) {
            schema.ref(null).addType(SchemaType.STRING).format("date-time");
        } else if (name.equals("OptionalDouble")) {
            schema.ref(null).addType(SchemaType.NUMBER).addType(SchemaType.NULL);
        } else {
            String renamed = names.getOrDefault(name, name);
            schema.ref(renamed);
            if (reached.putIfAbsent(renamed, all.get(name)) == null) {
                each(all.get(name), s -> reach(s, all, names, reached));
            }
        }
    }

    /** The schema and those within it, references not followed. */
    static void each(Schema schema, Consumer<Schema> use) {
        if (schema == null) return;
        List<Schema> within = new ArrayList<>(); // no set: schemas that look alike are equal
        if (schema.getProperties() != null) within.addAll(schema.getProperties().values());
        within.add(schema.getItems());
        within.add(schema.getAdditionalPropertiesSchema());
        for (List<Schema> some :
                List.of(orNone(schema.getAnyOf()), orNone(schema.getOneOf()), orNone(schema.getAllOf()))) {
            within.addAll(some);
        }
        within.removeIf(Objects::isNull);
        use.accept(schema);
        within.forEach(s -> each(s, use));
    }

    private static List<Schema> orNone(Collection<Schema> schemas) {
        return schemas == null ? List.of() : List.copyOf(schemas);
    }
}
