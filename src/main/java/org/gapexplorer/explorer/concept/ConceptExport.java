package org.gapexplorer.explorer.concept;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.gapexplorer.explorer.api.Api;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Csv;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.run.Sheet;
import org.gapexplorer.snapshot.Snapshot;

/**
 * The concept list as a file: the filters, order and columns of the page, all of its rows (up to {@value MOST}), numbers
 * unrounded. What is not defined is empty in CSV, {@code null} in JSON and NULL in Parquet, which is not 0.
 */
@Path("/")
@Blocking
public class ConceptExport {
    static final int MOST = 100_000;

    private final Visit visit;
    private final Meanings meanings;

    @Inject
    ConceptExport(Visit visit, Meanings meanings) {
        this.visit = visit;
        this.meanings = meanings;
    }

    /** What the list can be had as. */
    public enum Format {
        CSV("CSV", Csv.TYPE),
        JSON("JSON", "application/json"),
        PARQUET("Parquet", "application/vnd.apache.parquet");

        final String title;
        private final String type;

        Format(String title, String type) {
            this.title = title;
            this.type = type;
        }

        String word() {
            return Params.word(this);
        }

        public String type() {
            return type;
        }
    }

    @GET
    @Path("concepts.{format}")
    @Operation(
            operationId = "exportConcepts",
            summary = "The concept list as a file",
            description =
                    "All rows that the filters leave, up to 100,000, numbers unrounded. What is not defined is empty"
                            + " in CSV and null in the others.")
    @Extension(name = Api.TRY, value = "/concepts.csv?benchmark={benchmark}&status=missing")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv"),
                @Content(mediaType = "application/json"),
                @Content(mediaType = "application/vnd.apache.parquet")
            })
    public Response export(@PathParam("format") String word) {
        Format format = Arrays.stream(Format.values())
                .filter(f -> f.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new NotThere(
                        "Concepts are not to be had in that format.",
                        "There are concepts.csv, concepts.json and concepts.parquet."));
        ShownStudy study = visit.study();
        String version;
        ConceptFilter filter;
        try (Snapshot snapshot = visit.open()) {
            version = snapshot.version();
            filter = ConceptFilter.of(visit.params(), Names.of(snapshot), meanings::of);
        }
        ConceptFields fields = ConceptFields.of(filter);
        Object body = switch (format) {
            case CSV -> (StreamingOutput) out -> csv(study, version, filter, fields, out);
            case JSON -> (StreamingOutput) out -> json(study, version, filter, fields, out);
            case PARQUET -> parquet(study, version, filter, fields);
        };
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, format.type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"concepts-" + version + "." + format.word() + "\"")
                .build();
    }

    private void csv(ShownStudy study, String version, ConceptFilter filter, ConceptFields fields, OutputStream out)
            throws IOException {
        List<String> header = fields.columns().stream().map(Sheet.Column::name).toList();
        try (Snapshot snapshot = study.open(version);
                Csv csv = new Csv(out, header)) {
            snapshot.forEachConcept(filter.ofColumns(), MOST, row -> {
                try {
                    csv.row(fields.values(row));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private void json(ShownStudy study, String version, ConceptFilter filter, ConceptFields fields, OutputStream out)
            throws IOException {
        List<Sheet.Column> columns = fields.columns();
        try (Snapshot snapshot = study.open(version);
                JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("snapshot", version);
            json.writeStringField("face", filter.face().word());
            json.writeArrayFieldStart("concepts");
            snapshot.forEachConcept(filter.ofColumns(), MOST, row -> {
                try {
                    Object[] values = fields.values(row);
                    json.writeStartObject();
                    for (int i = 0; i < values.length; i++) {
                        json.writeFieldName(columns.get(i).name());
                        write(json, values[i]);
                    }
                    json.writeEndObject();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Double d when !Double.isFinite(d) -> json.writeNull();
            case Double d -> json.writeNumber(d);
            case Integer i -> json.writeNumber(i);
            default -> json.writeString(value.toString());
        }
    }

    /** A Parquet file is known only when it is whole; the temporary one is gone before the answer leaves. */
    private byte[] parquet(ShownStudy study, String version, ConceptFilter filter, ConceptFields fields) {
        try (Snapshot snapshot = study.open(version)) {
            java.nio.file.Path file = Files.createTempFile("concepts-", ".parquet");
            try {
                Sheet.write(
                        file,
                        fields.columns(),
                        rows -> snapshot.forEachConcept(
                                filter.ofColumns(), MOST, row -> rows.accept(fields.values(row))));
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
