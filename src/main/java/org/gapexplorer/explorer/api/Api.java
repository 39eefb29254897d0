package org.gapexplorer.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.gapexplorer.explorer.benchmark.BenchmarkResource;
import org.gapexplorer.explorer.benchmark.CompareView;
import org.gapexplorer.explorer.benchmark.SuiteView;
import org.gapexplorer.explorer.change.ChangesFilter;
import org.gapexplorer.explorer.concept.ConceptFilter;
import org.gapexplorer.explorer.concept.ConceptResource;
import org.gapexplorer.explorer.concept.Meanings;
import org.gapexplorer.explorer.correlation.CorrelationFilter;
import org.gapexplorer.explorer.datapoint.DatapointResource;
import org.gapexplorer.explorer.datapoint.ItemList;
import org.gapexplorer.explorer.model.ModelResource;
import org.gapexplorer.explorer.model.PairView;
import org.gapexplorer.explorer.next.NextView;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.prompt.Lenses;
import org.gapexplorer.explorer.prompt.PromptReading;
import org.gapexplorer.explorer.prompt.PromptView;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Canaries;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.explorer.visit.Visit;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Changes;
import org.gapexplorer.snapshot.Comparison;
import org.gapexplorer.snapshot.ConceptPage;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.ConceptView;
import org.gapexplorer.snapshot.DatapointRow;
import org.gapexplorer.snapshot.DatapointView;
import org.gapexplorer.snapshot.FamilyView;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Overlap;
import org.gapexplorer.snapshot.Pairing;
import org.gapexplorer.snapshot.Relation;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.StudyFacts;
import org.gapexplorer.snapshot.Suite;
import org.gapexplorer.snapshot.Total;
import org.gapexplorer.snapshot.Untested;

/**
 * The pages' data as JSON, under the same filters. Every answer names the snapshot it comes from; what is not defined is
 * {@code null}, which is not 0.
 */
@Path("/api/v1")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class Api {
    /** Says of an operation at which address it can be tried; {@code {benchmark}} and the like stand for real ids. */
    public static final String TRY = "x-try";

    private final Visit visit;
    private final Meanings meanings;
    private final Lenses lenses;

    @Inject
    Api(Visit visit, Meanings meanings, Lenses lenses) {
        this.visit = visit;
        this.meanings = meanings;
        this.lenses = lenses;
    }

    /** @param snapshot version of the snapshot: put {@code snapshot=} it into an address to get the same again */
    public record Answer<T>(String snapshot, T data) {}

    /** One that holds items. @param canaries of the benchmarks whose items' text is in it */
    public record AnswerWithItems<T>(
            String snapshot,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> canaries,
            T data) {}

    /** @param meant a respelling that finds something, where the words as typed find nothing */
    public record Concepts(Total total, int offset, int limit, Optional<String> meant, List<ConceptRow> concepts) {}

    public record Benchmarks(List<BenchmarkView> benchmarks, Overlap overlap) {}

    public record Families(List<FamilyView> families) {}

    public record Models(List<ModelView> models) {}

    public record Datapoints(Total total, int offset, int limit, List<DatapointRow> datapoints) {}

    @GET
    @Path("study")
    @Operation(
            operationId = "study",
            summary = "What was studied",
            description = "When, with what lens, with which settings and versions, and how large it is.")
    @Extension(name = TRY, value = "/api/v1/study")
    public Answer<StudyFacts> study() {
        return answer((snapshot, names) -> snapshot.study());
    }

    @GET
    @Path("concepts")
    @Operation(
            operationId = "searchConcepts",
            summary = "Search and list concepts",
            description =
                    "The list of /concepts: by words and by meaning, filtered and in any order, with coverage and scores. Files of the whole list: /concepts.csv, .json, .parquet.")
    @Extension(name = TRY, value = "/api/v1/concepts?benchmark={benchmark}&status=missing&limit=5")
    public Answer<Concepts> concepts() {
        return answer((snapshot, names) -> {
            ConceptPage found = snapshot.concepts(
                    ConceptFilter.of(visit.params(), names, meanings::of).query());
            return new Concepts(
                    found.total(), found.page().offset(), found.page().limit(), found.meant(), found.rows());
        });
    }

    @GET
    @Path("concepts/{id}")
    @Operation(
            operationId = "concept",
            summary = "One concept",
            description =
                    "Its label, coverage in every benchmark, every model’s score where it fires, similar concepts and those that fire with it.")
    @Extension(name = TRY, value = "/api/v1/concepts/{concept}")
    public Answer<ConceptView> concept(@Parameter(description = "A concept’s number.") @PathParam("id") String id) {
        return answer((snapshot, names) -> ConceptResource.find(snapshot, id));
    }

    @GET
    @Path("benchmarks")
    @Operation(
            operationId = "benchmarks",
            summary = "All benchmarks",
            description = "Sizes, shares missing, how coverage is spread, and which share their concepts.")
    @Extension(name = TRY, value = "/api/v1/benchmarks")
    public Answer<Benchmarks> benchmarks() {
        return answer((snapshot, names) -> new Benchmarks(snapshot.benchmarks(), snapshot.overlap()));
    }

    @GET
    @Path("benchmarks/{id}")
    @Operation(
            operationId = "benchmark",
            summary = "One benchmark",
            description = "Its size and scope, its share missing, and how its coverage is spread.")
    @Extension(name = TRY, value = "/api/v1/benchmarks/{benchmark}")
    public Answer<BenchmarkView> benchmark(@Parameter(description = "A benchmark’s id.") @PathParam("id") String id) {
        return answer((snapshot, names) -> BenchmarkResource.find(snapshot, id));
    }

    @GET
    @Path("compare")
    @Operation(
            operationId = "compareBenchmarks",
            summary = "Benchmarks side by side",
            description = "What two to ten benchmarks share, miss and have alone, and each concept’s coverage in each.")
    @Extension(name = TRY, value = "/api/v1/compare?benchmarks={benchmark},{other}&limit=5")
    public Answer<Comparison> compare() {
        return answer((snapshot, names) -> {
            CompareView.Wanted wanted = CompareView.complete(visit.params(), names);
            return snapshot.compare(wanted.benchmarks(), wanted.show(), wanted.query());
        });
    }

    /** Families with their coverage, and with every model's performance overall and on the benchmark asked for. */
    @GET
    @Path("families")
    @Operation(
            operationId = "families",
            summary = "Families of concepts",
            description =
                    "The map’s circles: families of alike concepts with their coverage, every model’s performance overall, and on the benchmark asked for.")
    @Extension(name = TRY, value = "/api/v1/families?benchmark={benchmark}")
    public Answer<Families> families() {
        return answer((snapshot, names) -> {
            String model = visit.params().one("model", names.modelIds(), m -> m);
            String benchmark = visit.params().one("benchmark", names.benchmarkIds(), b -> b);
            return new Families(snapshot.families().stream()
                    .map(f -> f.only(model, benchmark))
                    .toList());
        });
    }

    @GET
    @Path("correlation")
    @Operation(
            operationId = "correlation",
            summary = "Two numbers of every concept held against each other",
            description = "Coverage, scores or gaps, with Pearson’s and Spearman’s correlation and their intervals.")
    @Extension(name = TRY, value = "/api/v1/correlation?x=coverage&y=coverage:{benchmark}&minSupport=1&limit=5")
    public Answer<Relation> correlation() {
        return answer((snapshot, names) -> CorrelationFilter.of(visit.params(), snapshot, names)
                .relation(snapshot, visit.params().integer("limit", 500, 1, 2_000)));
    }

    @GET
    @Path("correlation/matrix")
    @Operation(
            operationId = "correlationMatrix",
            summary = "Correlation of every two",
            description = "Of all benchmarks’ coverage, or of all models’ scores.")
    @Extension(name = TRY, value = "/api/v1/correlation/matrix?minSupport=1")
    public Answer<Relation.Matrix> correlations() {
        return answer((snapshot, names) ->
                CorrelationFilter.of(visit.params(), snapshot, names).matrix(snapshot, names));
    }

    @GET
    @Path("suite")
    @Operation(
            operationId = "suite",
            summary = "Benchmarks taken together",
            description =
                    "What chosen benchmarks cover together, how thinly, what is missing, and what each other one would add.")
    @Extension(name = TRY, value = "/api/v1/suite?benchmarks={benchmark}&limit=5")
    public Answer<Suite> suite() {
        return answer((snapshot, names) -> {
            SuiteView.Wanted wanted = SuiteView.wanted(visit.params(), names);
            Suite suite = snapshot.suite(wanted.query());
            return suite.with(wanted.ordered(suite.candidates()));
        });
    }

    @GET
    @Path("models")
    @Operation(
            operationId = "models",
            summary = "All models",
            description = "Headline scores with intervals, and how the score is spread over the concepts.")
    @Extension(name = TRY, value = "/api/v1/models")
    public Answer<Models> models() {
        return answer((snapshot, names) -> new Models(snapshot.models()));
    }

    @GET
    @Path("models/{id}")
    @Operation(
            operationId = "model",
            summary = "One model",
            description = "Its headline scores with intervals, and how its score is spread over the concepts.")
    @Extension(name = TRY, value = "/api/v1/models/{model}")
    public Answer<ModelView> model(@Parameter(description = "A model’s id.") @PathParam("id") String id) {
        return answer((snapshot, names) -> ModelResource.find(snapshot, id));
    }

    @GET
    @Path("models/compare")
    @Operation(
            operationId = "compareModels",
            summary = "Two models paired",
            description =
                    "Over the same items: overall, on each benchmark, and where each concept fires; with the number of items where only one is right, and what both get wrong.")
    @Extension(name = TRY, value = "/api/v1/models/compare?models={model},{otherModel}&minSupport=1&limit=5")
    public Answer<Pairing> pair() {
        return answer((snapshot, names) -> PairView.pairing(snapshot, visit.params()));
    }

    @GET
    @Path("datapoints")
    @Operation(
            operationId = "datapoints",
            summary = "Items",
            description =
                    "Of one benchmark, of one concept, right by one model and wrong by another. Where a benchmark’s text may not be shown, there are ids alone.")
    @Extension(name = TRY, value = "/api/v1/datapoints?benchmark={benchmark}&limit=5")
    public AnswerWithItems<Datapoints> datapoints() {
        return answer(d -> d.datapoints().stream().map(DatapointRow::benchmark), (snapshot, names) -> {
            Params params = visit.params();
            int concept = params.integer("concept", -1, 0, Integer.MAX_VALUE);
            int limit = params.integer("limit", ItemList.PAGE, 1, 500);
            var page = snapshot.datapoints(ItemList.query(params, names, concept < 0 ? null : concept, null, limit));
            return new Datapoints(page.total(), page.offset(), page.limit(), page.rows());
        });
    }

    @GET
    @Path("datapoints/{benchmark}/{item: .+}")
    @Operation(
            operationId = "datapoint",
            summary = "One item",
            description =
                    "Its text where that may be shown, the concepts that fire on it, and each model’s answer and score.")
    @Extension(name = TRY, value = "/api/v1/datapoints/{benchmark}/{item}")
    public AnswerWithItems<DatapointView> datapoint(
            @PathParam("benchmark") String benchmark, @PathParam("item") String item) {
        return answer(
                d -> Stream.of(d.benchmark()), (snapshot, names) -> DatapointResource.find(snapshot, benchmark, item));
    }

    /** A benchmark's worklist. @param scope the parts of its scope, which each row's phrase is counted in */
    public record Next(String benchmark, List<String> scope, List<Untested> untested) {}

    @GET
    @Path("next")
    @Operation(
            operationId = "next",
            summary = "What to test next",
            description =
                    "Concepts that lie within a benchmark’s stated scope and that it misses or holds little of. A file of the same: /next/worklist.csv.")
    @Extension(name = TRY, value = "/api/v1/next?benchmark={benchmark}&limit=5")
    public Answer<Next> next() {
        return answer((snapshot, names) -> {
            BenchmarkView benchmark = NextView.benchmark(snapshot, names, visit.params());
            int limit = NextView.limit(visit.params());
            return new Next(
                    benchmark.id(),
                    NextView.phrases(benchmark),
                    NextView.untested(snapshot, benchmark, meanings, limit));
        });
    }

    /** What changed since another snapshot, named by {@code since}; by default the one before. */
    @GET
    @Path("changes")
    @Operation(
            operationId = "changes",
            summary = "What changed since another snapshot",
            description = "Items, coverage and scores of two snapshots of one lens held against each other, concept by"
                    + " concept. 404 where this server has only one.")
    @Extension(name = TRY, value = "/api/v1/changes?limit=5")
    public Answer<Changes> changes() {
        return answer((after, names) -> {
            String version =
                    ChangesFilter.earlier(visit.params(), visit.study(), after).version();
            if (version.isEmpty()) {
                throw new NotThere(
                        "This server has no earlier snapshot.", "Build a second run's into the same folder.");
            }
            try (Snapshot before = visit.study().open(version)) {
                return after.changesSince(
                        before, ChangesFilter.of(visit.params(), before, after).query());
            }
        });
    }

    /** A text of up to {@value org.gapexplorer.explorer.view.Links#LONGEST_TEXT} characters through the study's lens. */
    @GET
    @Path("try")
    @Operation(
            operationId = "readPrompt",
            summary = "Read a text",
            description =
                    "A text of yours through the study’s lens: its concepts, how far each benchmark covers them, each model’s score on other items where they fire. No forecast of a model’s answer.")
    @Extension(name = TRY, value = "/api/v1/try?text=a%20short%20text")
    public AnswerWithItems<PromptReading> prompt() {
        return answer(
                r -> r.alike().stream().map(a -> a.datapoint().benchmark()),
                (snapshot, names) -> PromptView.reading(snapshot, lenses, visit.params())
                        .map(reading -> PromptReading.of(snapshot, reading))
                        .orElseThrow(() ->
                                new BadParameter("text", "is empty, or this study's lens is not on this server")));
    }

    private <T> Answer<T> answer(BiFunction<Snapshot, Names, T> data) {
        try (Snapshot snapshot = visit.open()) {
            return new Answer<>(snapshot.version(), data.apply(snapshot, Names.of(snapshot)));
        }
    }

    /** @param benchmarks those whose items are in the answer, by id */
    private <T> AnswerWithItems<T> answer(Function<T, Stream<String>> benchmarks, BiFunction<Snapshot, Names, T> data) {
        try (Snapshot snapshot = visit.open()) {
            T answer = data.apply(snapshot, Names.of(snapshot));
            Set<String> shown = benchmarks.apply(answer).collect(Collectors.toSet());
            return new AnswerWithItems<>(snapshot.version(), Canaries.of(snapshot, shown), answer);
        }
    }
}
