package org.gapexplorer.explorer.api.reference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/** What is sent to the routes that take a body: its forms, bounds, and an example of each. */
final class ApiBodies {
    /** As the explorer bounds them. */
    private static final int PROMPTS = 500;

    private static final int CHARACTERS = 2_000;

    private static final String BOATS = "Two boats left the harbour at dawn, one of them with nets.";
    private static final String SUM = "How much is seven times eight?";

    private ApiBodies() {}

    /** Of an operation by its id. */
    static Optional<RequestBody> of(String operation) {
        return operation.equals("readFootprint") ? Optional.of(prompts()) : Optional.empty();
    }

    private static RequestBody prompts() {
        String lines = "{\"prompt\": \"" + BOATS + "\"}\n{\"prompt\": \"" + SUM + "\"}\n";
        Content content = OASFactory.createContent();
        for (String type : List.of("application/x-ndjson", "application/jsonl")) {
            content.addMediaType(
                    type,
                    OASFactory.createMediaType()
                            .schema(schema(SchemaType.STRING).description("JSONL: one object a line"))
                            .example(lines));
        }
        content.addMediaType(
                "application/json",
                OASFactory.createMediaType().schema(array()).example(List.of(BOATS, Map.of("prompt", SUM))));
        return OASFactory.createRequestBody()
                .required(true)
                .description("The prompts: 1 to " + PROMPTS + " of up to " + CHARACTERS
                        + " characters, 1 MB in all. An object’s prompt may be called \"text\" too; its other properties"
                        + " are not read.")
                .content(content);
    }

    private static Schema array() {
        Schema prompt = OASFactory.createSchema()
                .addAnyOf(text())
                .addAnyOf(
                        schema(SchemaType.OBJECT).addProperty("prompt", text()).addRequired("prompt"))
                .addAnyOf(schema(SchemaType.OBJECT).addProperty("text", text()).addRequired("text"));
        return schema(SchemaType.ARRAY)
                .description("texts, or objects")
                .items(prompt)
                .minItems(1)
                .maxItems(PROMPTS);
    }

    private static Schema text() {
        return schema(SchemaType.STRING).maxLength(CHARACTERS);
    }

    private static Schema schema(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
