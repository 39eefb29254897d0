package org.gapexplorer.explorer.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.explorer.api.reference.Reference;
import org.gapexplorer.explorer.door.Origin;
import org.gapexplorer.explorer.problem.Errors;
import org.gapexplorer.explorer.problem.NoSnapshot;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.DatapointQuery;
import org.gapexplorer.snapshot.Snapshot;

/** The API's reference: the OpenAPI document as a page, with addresses that hold ids of the study shown. */
@Path("/api")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ReferenceResource {
    private final Visit visit;
    private final ObjectMapper json;
    private volatile Reference reference;

    @Inject
    ReferenceResource(Visit visit, ObjectMapper json) {
        this.visit = visit;
        this.json = json;
    }

    /**
     * @param base this server's address, as the visitor has it, and the study's
     * @param live whether the samples hold real ids, so that they can be tried
     * @param problems kinds of failure
     */
    public record View(String base, boolean live, Reference api, List<Errors.Kind> problems) {}

    @GET
    public TemplateInstance reference(HttpServerRequest request) {
        String base = Origin.of(request) + visit.links().base();
        List<Errors.Kind> problems = List.of(Errors.Kind.values());
        try (Snapshot snapshot = visit.open()) {
            Reference with = new Reference(
                    tried(reference().routes(), ids(snapshot)), reference().schemas());
            return Templates.reference(visit.page(snapshot, "API", "api"), new View(base, true, with, problems));
        } catch (NoSnapshot e) {
            return Templates.reference(visit.bare("API", "api"), new View(base, false, reference(), problems));
        }
    }

    private Reference reference() {
        Reference known = reference;
        if (known == null) {
            try {
                known = Reference.of(json.readTree(ApiDescription.bytes("json")));
                reference = known;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return known;
    }

    /** Ids that stand for themselves in the samples. */
    static Map<String, String> ids(Snapshot snapshot) {
        Names names = Names.of(snapshot);
        Map<String, String> ids = new HashMap<>();
        put(ids, "benchmark", names.benchmarkIds(), 0);
        put(ids, "other", names.benchmarkIds(), 1);
        put(ids, "model", names.modelIds(), 0);
        put(ids, "otherModel", names.modelIds(), 1);
        snapshot.concepts(ConceptQuery.all().limit(1).build())
                .rows()
                .forEach(row -> ids.put("concept", String.valueOf(row.concept())));
        if (!names.benchmarkIds().isEmpty()) {
            DatapointQuery first = DatapointQuery.ALL
                    .benchmark(names.benchmarkIds().getFirst())
                    .limit(1);
            snapshot.datapoints(first).rows().forEach(row -> ids.put("item", Url.segment(row.item())));
        }
        return ids;
    }

    private static void put(Map<String, String> ids, String name, List<String> all, int at) {
        if (at < all.size()) ids.put(name, Url.segment(all.get(at)));
    }

    private static List<Reference.Route> tried(List<Reference.Route> routes, Map<String, String> ids) {
        List<Reference.Route> with = new ArrayList<>();
        for (Reference.Route route : routes) with.add(route.with(filled(route.sample(), ids)));
        return with;
    }

    /** The sample with real ids in it. */
    public static String filled(String sample, Map<String, String> ids) {
        String address = sample;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            address = address.replace("{" + id.getKey() + "}", id.getValue());
        }
        return address;
    }
}
