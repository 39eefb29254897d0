package org.gapexplorer.explorer.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.mcp.server.RawMessage;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolCallException;
import io.quarkiverse.mcp.server.ToolResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.function.BiFunction;
import org.gapexplorer.explorer.benchmark.CompareView;
import org.gapexplorer.explorer.concept.ConceptFilter;
import org.gapexplorer.explorer.concept.ConceptResource;
import org.gapexplorer.explorer.concept.ConceptsView;
import org.gapexplorer.explorer.concept.Meanings;
import org.gapexplorer.explorer.model.PairView;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.problem.NoSnapshot;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.Studies;
import org.gapexplorer.snapshot.ConceptPage;
import org.gapexplorer.snapshot.Pairing;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.study.Problem;
import org.jboss.logging.Logger;

/**
 * Tools for assistants (Model Context Protocol), at {@code /mcp}. Arguments are read as the pages' query strings are, by
 * the same code; answers are structured, short and name their snapshot.
 */
@Singleton
public class Assistant {
    private static final Logger LOG = Logger.getLogger(Assistant.class);

    /** Rows of an answer: an assistant reads all of it. */
    private static final int MOST = 25;

    private static final int USUAL = 10;

    static final String MEANING =
            "Scores and shares are 0 to 1, intervals 95 %. Coverage counts the dictionary's average"
                    + " as 1; coverage 0 with status MISSING means that the concept fires on no item. A score that is null or has"
                    + " no entry is not defined (N/A), which is not 0. A concept says what a text is about: a low score where it"
                    + " fires is not yet a weakness, and thin support (few items, q not small) makes extremes by chance. Labels"
                    + " are somebody's description of a concept and can be wrong; labelQuality is their AUC.";

    private static final String ABOUT_BENCHMARK = "A benchmark's id, as `study` lists them.";
    private static final String ABOUT_MODEL = "A model's id, as `study` lists them.";
    private static final String ABOUT_LIMIT = "Concepts to give, 1 to 25; 10 where left out.";
    private static final String ABOUT_SNAPSHOT = "Version of a snapshot, to get an earlier answer again.";

    private final Studies studies;
    private final Meanings meanings;
    private final ObjectMapper json;
    private final KnownArguments known;

    @Inject
    Assistant(Studies studies, Meanings meanings, ObjectMapper json, KnownArguments known) {
        this.studies = studies;
        this.meanings = meanings;
        this.json = json;
        this.known = known;
    }

    /** @param meaning what the numbers say and do not */
    record Told(String snapshot, Object data, String meaning) {}

    /** An answer and the sentence that sums it up. */
    private record Said(String text, Object data) {}

    @Tool(
            name = "study",
            description =
                    "What was studied: the benchmarks and models with their ids, sizes, missing shares and headline"
                            + " scores. Begin here.",
            annotations = @Tool.Annotations(title = "The study", readOnlyHint = true, destructiveHint = false))
    ToolResponse study(@ToolArg(description = ABOUT_SNAPSHOT, required = false) String snapshot, RawMessage call) {
        return answer(call, snapshot, (open, links) -> {
            Brief.Study study = Brief.study(open, links);
            return new Said(
                    study.title() + ": " + Numbers.count(study.counts().benchmarks(), "benchmark", "benchmarks") + ", "
                            + Numbers.count(study.counts().models(), "model", "models") + ", "
                            + Numbers.count(study.counts().liveConcepts()) + " live concepts.",
                    study);
        });
    }

    @Tool(
            name = "search_concepts",
            description =
                    "Finds concepts by words and by meaning, or lists them by filter: what benchmarks cover, miss or"
                            + " overdo, and where a model does worst or best.",
            annotations = @Tool.Annotations(title = "Search concepts", readOnlyHint = true, destructiveHint = false))
    ToolResponse searchConcepts(
            @ToolArg(description = "Words, a \"quoted phrase\", -word, or a concept's number.", required = false)
                    String query,
            @ToolArg(description = ABOUT_BENCHMARK + " The whole suite where left out.", required = false)
                    String benchmark,
            @ToolArg(description = ABOUT_MODEL + " Only concepts for which it has a score.", required = false)
                    String model,
            @ToolArg(description = "missing, under, present or over; several apart by commas.", required = false)
                    String status,
            @ToolArg(
                            description = "Kind of label: meaning, syntax, piece, unclear or dead; several apart by"
                                    + " commas.",
                            required = false)
                    String kind,
            @ToolArg(description = "Items on which the concept fires, at least.", required = false) Integer minSupport,
            @ToolArg(
                            description = "relevance, coverage, gap (worst for the model first), score, q, support,"
                                    + " density, label or id.",
                            required = false)
                    String sort,
            @ToolArg(description = "asc or desc.", required = false) String order,
            @ToolArg(description = ABOUT_LIMIT, required = false) Integer limit,
            @ToolArg(description = ABOUT_SNAPSHOT, required = false) String snapshot,
            RawMessage call) {
        return answer(call, snapshot, (open, links) -> {
            Params params = new Arguments()
                    .with("q", query)
                    .with("benchmark", benchmark)
                    .with("model", model)
                    .with("status", status)
                    .with("kind", kind)
                    .with("minSupport", minSupport)
                    .with("sort", sort)
                    .with("order", order)
                    .with("limit", limit(limit))
                    .params();
            ConceptFilter filter = ConceptFilter.of(params, Names.of(open), meanings::of);
            ConceptPage found = open.concepts(filter.query());
            return new Said(
                    ConceptsView.total(found.total()) + " concepts found; "
                            + found.rows().size() + " given.",
                    new Brief.Concepts(
                            found.total(),
                            found.meant(),
                            found.rows().stream()
                                    .map(row -> Brief.concept(row, filter.on(), links))
                                    .toList()));
        });
    }

    @Tool(
            name = "concept",
            description = "All that is known of one concept: coverage in every benchmark, every model's score where it"
                    + " fires, similar concepts and those that fire with it.",
            annotations = @Tool.Annotations(title = "One concept", readOnlyHint = true, destructiveHint = false))
    ToolResponse concept(
            @ToolArg(description = "The concept's number.") int id,
            @ToolArg(description = ABOUT_SNAPSHOT, required = false) String snapshot,
            RawMessage call) {
        return answer(call, snapshot, (open, links) -> {
            Brief.OneConcept concept = Brief.concept(ConceptResource.find(open, String.valueOf(id)), links);
            return new Said(
                    "Concept " + id + ", labelled “" + concept.label() + "”: coverage of the suite "
                            + Numbers.coverage(concept.suite().chi()) + " ("
                            + concept.suite().status().word() + ").",
                    concept);
        });
    }

    @Tool(
            name = "compare_benchmarks",
            description =
                    "Two to ten benchmarks side by side: what they share, miss and have alone, how far they overlap"
                            + " (Jaccard), and the concepts on which their coverage differs most.",
            annotations = @Tool.Annotations(title = "Compare benchmarks", readOnlyHint = true, destructiveHint = false))
    ToolResponse compareBenchmarks(
            @ToolArg(description = "Two to ten ids.") List<String> benchmarks,
            @ToolArg(
                            description = "Which concepts: all, shared, missed, or alone:ID for those of one benchmark"
                                    + " only.",
                            required = false)
                    String show,
            @ToolArg(description = "Words that the label holds.", required = false) String query,
            @ToolArg(description = ABOUT_LIMIT, required = false) Integer limit,
            @ToolArg(description = ABOUT_SNAPSHOT, required = false) String snapshot,
            RawMessage call) {
        return answer(call, snapshot, (open, links) -> {
            Params params = new Arguments()
                    .with("benchmarks", benchmarks)
                    .with("show", show)
                    .with("q", query)
                    .with("limit", limit(limit))
                    .params();
            CompareView.Wanted wanted = CompareView.complete(params, Names.of(open));
            Brief.Benchmarks compared =
                    Brief.benchmarks(open, open.compare(wanted.benchmarks(), wanted.show(), wanted.query()), links);
            return new Said(
                    Numbers.count(compared.sharedByAll()) + " concepts are shared by all of them, "
                            + Numbers.count(compared.missingFromAll()) + " missed by all, of those whose label tells a"
                            + " meaning.",
                    compared);
        });
    }

    @Tool(
            name = "compare_models",
            description = "Two models over the same items: on how many only one is right or both are wrong, overall, on"
                    + " each benchmark, and where each concept fires; the largest difference first.",
            annotations = @Tool.Annotations(title = "Compare models", readOnlyHint = true, destructiveHint = false))
    ToolResponse compareModels(
            @ToolArg(description = "Two ids.") List<String> models,
            @ToolArg(description = ABOUT_BENCHMARK + " The mean over benchmarks where left out.", required = false)
                    String benchmark,
            @ToolArg(
                            description = "Items on which a concept must fire to be listed; 50 where left out.",
                            required = false)
                    Integer minSupport,
            @ToolArg(description = "asc (where the second is ahead) or desc.", required = false) String order,
            @ToolArg(description = ABOUT_LIMIT, required = false) Integer limit,
            @ToolArg(description = ABOUT_SNAPSHOT, required = false) String snapshot,
            RawMessage call) {
        return answer(call, snapshot, (open, links) -> {
            Params params = new Arguments()
                    .with("models", models)
                    .with("benchmark", benchmark)
                    .with("minSupport", minSupport)
                    .with("order", order)
                    .with("limit", limit(limit))
                    .params();
            Pairing pairing = PairView.pairing(open, params);
            Pairing.Paired overall = pairing.overall();
            return new Said(
                    "Of " + Numbers.count(overall.items(), "item", "items") + " only " + pairing.first()
                            + " is right on "
                            + overall.onlyFirst() + ", only " + pairing.second() + " on " + overall.onlySecond()
                            + ", neither on " + overall.bothWrong() + ".",
                    Brief.models(pairing, links));
        });
    }

    private static int limit(Integer asked) {
        if (asked == null) return USUAL;
        if (asked < 1 || asked > MOST) throw new BadParameter("limit", asked + " is not from 1 to " + MOST);
        return asked;
    }

    private ToolResponse answer(RawMessage call, String version, BiFunction<Snapshot, Links, Said> say) {
        ShownStudy study = studies.asked();
        try (Snapshot snapshot = open(study, call, version)) {
            Said said = say.apply(snapshot, new Links(study.base(), snapshot.version()));
            String data = json.writeValueAsString(new Told(snapshot.version(), said.data(), MEANING));
            // for clients that read text alone, the data is there as text too
            return new ToolResponse(
                    false, List.of(new TextContent(said.text()), new TextContent(data)), new JsonObject(data), null);
        } catch (NotThere e) {
            throw new ToolCallException((e.getMessage() + " " + e.hint).strip());
        } catch (BadParameter | NoSnapshot | Problem e) {
            throw new ToolCallException(e.getMessage());
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.error("a tool failed", e);
            throw new ToolCallException("The server failed to answer; the fault is on its side.");
        }
    }

    private Snapshot open(ShownStudy study, RawMessage call, String version) {
        known.check(call);
        return study.open(version == null ? "" : version.strip());
    }

    /** Arguments as a query string's parameters. */
    private static final class Arguments {
        private final MultivaluedMap<String, String> values = new MultivaluedHashMap<>();

        Arguments with(String name, Object value) {
            switch (value) {
                case null -> {}
                case List<?> several -> several.forEach(v -> values.add(name, String.valueOf(v)));
                default -> values.add(name, String.valueOf(value));
            }
            return this;
        }

        Params params() {
            return new Params(values);
        }
    }
}
