package org.gapexplorer.explorer.api.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.snapshot.ChangeQuery;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.DatapointQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.SortKey;
import org.gapexplorer.snapshot.Status;

/** What can stand in the query string of each route: meaning, bounds, defaults. The explorer reads them strictly. */
final class ApiParameters {
    private static final int LONGEST = 500;
    private static final int MANY = 1_000_000;
    private static final String OF_BENCHMARK = "A benchmark’s id, as in /api/v1/benchmarks.";
    private static final String OF_MODEL = "A model’s id, as in /api/v1/models.";

    private ApiParameters() {}

    /** Of an operation by its id; every one takes {@code snapshot}, but a saved footprint has its own. */
    static List<Parameter> of(String operation) {
        List<Parameter> all = new ArrayList<>(
                switch (operation) {
                    case "searchConcepts" -> {
                        List<Parameter> concepts = new ArrayList<>(concepts());
                        concepts.addAll(paging(50));
                        yield concepts;
                    }
                    case "exportConcepts" -> concepts();
                    case "compareBenchmarks" -> comparison();
                    case "suite" -> suite();
                    case "families" ->
                        List.of(
                                text("model", "Scores of this model on every benchmark too. " + OF_MODEL),
                                text("benchmark", "Scores of every model on this benchmark too. " + OF_BENCHMARK));
                    case "correlation" -> correlation();
                    case "correlationMatrix" ->
                        List.of(
                                choice("matrix", "Benchmarks’ coverage, or models’ scores.", "benchmarks", "models"),
                                kind(),
                                support(50));
                    case "compareModels" -> pairing();
                    case "datapoints" -> datapoints();
                    case "changes" -> changes();
                    case "next", "worklist" ->
                        List.of(
                                text("benchmark", OF_BENCHMARK + " The first of the suite where none is given."),
                                whole("limit", "Rows to give.", 1, ConceptQuery.MAX_LIMIT, 50));
                    case "readPrompt" ->
                        List.of(required(text("text", "The text to read. It is kept nowhere.", Links.LONGEST_TEXT)));
                    default -> List.<Parameter>of();
                });
        if (operation.equals("footprint")) return all;
        all.add(text(
                "snapshot",
                "Version of a snapshot, to get the same answer again; the current one where none is given. Every answer"
                        + " names its version."));
        return all;
    }

    private static List<Parameter> concepts() {
        String columns = SortKey.COLUMNS_OF_LISTS.stream()
                .map(ApiParameters::word)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        return List.of(
                text(
                        "q",
                        "Words, beginnings of words, misspellings, a \"quoted phrase\", -word, or a concept’s number."
                                + " Never an error.",
                        LONGEST),
                choice(
                        "match",
                        "With words: only labels that hold the words. With meaning: labels that mean the same too.",
                        "meaning",
                        "words"),
                text(
                        "benchmark",
                        OF_BENCHMARK + " What status, coverage and scores speak of; the whole suite where none is"
                                + " given."),
                text("model", OF_MODEL + " Only concepts for which it has a score."),
                oneOf(
                        "face",
                        "What the list is about: a model’s gaps or the benchmarks’. It chooses the usual order, and"
                                + " whose support minSupport asks for. Told from the other parameters where it is left"
                                + " out.",
                        "model",
                        "benchmark"),
                several(
                        "status",
                        "How much of the concept the benchmark, or the suite, holds.",
                        words(Status.values())),
                several("kind", "Kinds of label; all of them where none is given.", words(LabelKind.values())),
                whole("minSupport", "Items on which the concept fires, at least.", 0, MANY, 0),
                whole("minBenchmarks", "Benchmarks in which the concept is present, at least.", 0, 1_000, 0),
                decimal("minQuality", "AUC of the label, at least; above 0 leaves out labels that were not measured."),
                whole("family", "Number of a family, as in /api/v1/families.", 0, MANY, null),
                several("columns", "Benchmarks that have columns of their own in files, by id."),
                several("models", "Models that have columns of their own in files, by id."),
                text(
                        "sort",
                        "A column: " + columns + "; or coverage:BENCHMARK, score:BENCHMARK (of the model), model:MODEL"
                                + " (its score). Relevance where words are given, else q (a model’s gaps) or coverage."
                                + " Rows without a value come last."),
                order("Lowest first for id, label, family, gap and q, else highest first, where it is left out."));
    }

    private static List<Parameter> comparison() {
        List<Parameter> all = new ArrayList<>(List.of(
                required(several("benchmarks", "Two to ten benchmarks, by id.")),
                text("show", "all (the default), shared, missed, or alone:BENCHMARK: which concepts are listed."),
                text("q", "Words that the label holds, as for /api/v1/concepts.", LONGEST),
                meanings(),
                text(
                        "sort",
                        "difference (the default; by its size, whichever way), label, or one of the benchmarks’ ids."),
                order("Highest first, labels lowest first, where it is left out.")));
        all.addAll(paging(50));
        return all;
    }

    private static List<Parameter> suite() {
        List<Parameter> all = new ArrayList<>(List.of(
                several(
                        "benchmarks",
                        "The chosen benchmarks, by id; none is a suite to begin. Reference texts and own prompts are left out."),
                meanings(),
                whole("least", "Items on which a covered concept must fire not to be thin.", 1, MANY, 10),
                choice("show", "Which concepts are listed.", "missing", "thin"),
                choice(
                        "by",
                        "What the candidates are ordered by, highest first.",
                        "adds",
                        "per",
                        "rarefied",
                        "lifts")));
        all.addAll(paging(50));
        return all;
    }

    private static List<Parameter> correlation() {
        String axis = "coverage, coverage:BENCHMARK, score:MODEL, score:MODEL:BENCHMARK, gap:MODEL or"
                + " gap:MODEL:BENCHMARK.";
        return List.of(
                text("x", "The first axis: " + axis + " Coverage of the suite where it is left out."),
                text("y", "The second axis, likewise. The first model’s gap where it is left out."),
                kind(),
                support(50),
                whole("limit", "Points to give; the correlations are of all.", 1, 2_000, 500));
    }

    private static List<Parameter> changes() {
        List<Parameter> all = new ArrayList<>(List.of(
                text("since", "Version of the earlier snapshot; the one before where none is given."),
                text("benchmark", OF_BENCHMARK + " The suite where none is given."),
                text(
                        "model",
                        OF_MODEL
                                + " Where none is given, the first that both snapshots have and that answered otherwise, or the first."),
                text("was", "The earlier snapshot’s model to hold it against; the same where none is given."),
                oneOf(
                        "show",
                        "What is listed, the largest change first. Where none is given, coverage; where none changed, the scores that did.",
                        words(ChangeQuery.Of.values())),
                support(5),
                meanings()));
        all.addAll(paging(50));
        return all;
    }

    private static List<Parameter> pairing() {
        List<Parameter> all = new ArrayList<>(List.of(
                required(several("models", "Two models, by id.")),
                text("benchmark", OF_BENCHMARK + " The mean over benchmarks where none is given."),
                text("q", "Words that the label holds, as for /api/v1/concepts.", LONGEST),
                meanings(),
                support(50),
                choice("sort", "The column that orders the rows.", "difference", "first", "second", "support", "label"),
                order("Highest first, labels lowest first, where it is left out.")));
        all.addAll(paging(50));
        return all;
    }

    private static List<Parameter> datapoints() {
        List<Parameter> all = new ArrayList<>(List.of(
                whole("concept", "Only items on which this concept fires.", 0, Integer.MAX_VALUE, null),
                text("benchmark", "Only items of this benchmark. " + OF_BENCHMARK),
                oneOf(
                        "items",
                        "The order: the benchmark’s, most salient first (the usual one with a concept), best or worst"
                                + " answered first.",
                        words(DatapointQuery.Order.values())),
                text(
                        "by",
                        "The model that best and worst speak of; the study’s first where none is given. " + OF_MODEL),
                several("right", "Only items where each of these models scored at least one half, by id."),
                several("wrong", "Only items where each of these models scored less than one half, by id.")));
        all.addAll(paging(10));
        return all;
    }

    private static Parameter meanings() {
        return choice("kind", "Only concepts whose label tells a meaning, or every kind.", "meaning", "all");
    }

    private static Parameter kind() {
        List<String> kinds = new ArrayList<>(List.of(words(LabelKind.values())));
        kinds.add("all");
        return choice("kind", "The labels’ kind.", kinds.toArray(String[]::new));
    }

    private static Parameter support(int usual) {
        return whole("minSupport", "Items on which a concept must fire to count.", 0, MANY, usual);
    }

    private static Parameter order(String usual) {
        return oneOf("order", usual, "asc", "desc");
    }

    private static List<Parameter> paging(int rows) {
        return List.of(
                whole("page", "Counted from 1; " + ConceptQuery.MAX_OFFSET + " rows can be paged over.", 1, null, 1),
                whole("limit", "Rows of a page.", 1, ConceptQuery.MAX_LIMIT, rows));
    }

    private static Parameter text(String name, String description) {
        return text(name, description, LONGEST);
    }

    private static Parameter text(String name, String description, int longest) {
        return query(name, description, schema(Schema.SchemaType.STRING).maxLength(longest));
    }

    private static Parameter whole(String name, String description, int low, Integer high, Integer usual) {
        Schema schema = schema(Schema.SchemaType.INTEGER).minimum(BigDecimal.valueOf(low));
        if (high != null) schema.maximum(BigDecimal.valueOf(high));
        if (usual != null) schema.defaultValue(usual);
        return query(name, description, schema);
    }

    private static Parameter decimal(String name, String description) {
        return query(
                name,
                description,
                schema(Schema.SchemaType.NUMBER)
                        .minimum(BigDecimal.ZERO)
                        .maximum(BigDecimal.ONE)
                        .defaultValue(0));
    }

    /** The first word is the default. */
    private static Parameter choice(String name, String description, String... words) {
        Parameter choice = oneOf(name, description, words);
        choice.getSchema().defaultValue(words[0]);
        return choice;
    }

    /** Without a default. */
    private static Parameter oneOf(String name, String description, String... words) {
        Schema schema = schema(Schema.SchemaType.STRING);
        for (String word : words) schema.addEnumeration(word);
        return query(name, description, schema);
    }

    private static Parameter several(String name, String description, String... words) {
        Schema item = schema(Schema.SchemaType.STRING);
        for (String word : words) item.addEnumeration(word);
        Schema list = schema(Schema.SchemaType.ARRAY).items(item);
        return query(name, description + " Apart by commas, or the parameter repeated.", list)
                .style(Parameter.Style.FORM)
                .explode(false);
    }

    private static Parameter required(Parameter parameter) {
        return parameter.required(true);
    }

    private static Parameter query(String name, String description, Schema schema) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(schema);
    }

    private static Schema schema(Schema.SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }

    private static String[] words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(ApiParameters::word).toArray(String[]::new);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Descriptions of what stands in paths, by name. */
    static final Map<String, String> IN_PATHS = new LinkedHashMap<>(Map.of(
            "format", "csv, json or parquet.",
            "benchmark", OF_BENCHMARK,
            "item", "An item’s id within its benchmark, percent-encoded.",
            "table", "benchmarks, concepts, coverage, models, overlap or performance."));
}
