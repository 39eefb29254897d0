package org.gapexplorer.explorer.concept;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SortKey;
import org.gapexplorer.snapshot.Status;

/**
 * The filters of concept lists as they stand in addresses, the same for pages, for what they export and for the API.
 *
 * @param query what to ask the snapshot
 * @param model the model whose numbers are shown: the one asked for, or the study's first; null where there is none
 * @param modelAsked whether the address names the model, so that only concepts with a score of it are listed
 * @param columns benchmarks that have a column of their own
 * @param models models that have a column of their own
 * @param wordsOnly whether labels must hold the words typed; otherwise those that mean the same are found too
 * @param page counted from 1
 */
public record ConceptFilter(
        ConceptQuery query,
        Face face,
        String model,
        boolean modelAsked,
        List<String> columns,
        List<String> models,
        boolean wordsOnly,
        ConceptSort sort,
        int page) {
    public static final int PAGE = 50;
    /** The value of {@code match} that asks for labels with the words typed, and no others. */
    static final String WORDS = "words";

    private static final int MOST = 1_000_000;

    /** @param meaning of what is typed; asked only where words are typed and {@code match=words} is not */
    public static ConceptFilter of(Params params, Names names, Function<String, float[]> meaning) {
        String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
        String model = params.one("model", names.modelIds(), m -> m);
        String shown = model != null || names.modelIds().isEmpty()
                ? model
                : names.modelIds().getFirst();
        Face face = Face.of(params, names);
        String text = params.text("q");
        String lookedFor = ConceptQuery.lookedFor(text);
        boolean wordsOnly = WORDS.equals(params.one("match", List.of(WORDS, "meaning"), m -> m));
        List<String> columns = List.copyOf(params.several("columns", names.benchmarkIds(), b -> b));
        List<String> models = List.copyOf(params.several("models", names.modelIds(), m -> m));

        SortKey.Column usual = !text.isEmpty()
                ? SortKey.Column.RELEVANCE
                : face == Face.MODEL ? SortKey.Column.Q : SortKey.Column.COVERAGE;
        ConceptSort sort = ConceptSort.of(params, names, benchmark, shown, usual);
        int minSupport = params.integer("minSupport", 0, 0, MOST);
        int minBenchmarks = params.integer("minBenchmarks", 0, 0, 1_000);
        // support in a list of a model's gaps is that model's
        boolean ofShown = face == Face.MODEL && (minSupport > 0 || minBenchmarks > 0);

        int limit = params.integer("limit", PAGE, 1, ConceptQuery.MAX_LIMIT);
        int page = params.integer("page", 1, 1, ConceptQuery.MAX_OFFSET / limit + 1);
        Set<Status> statuses = params.several("status", Arrays.asList(Status.values()), Status::word);
        Set<LabelKind> kinds = params.several("kind", Arrays.asList(LabelKind.values()), LabelKind::word);
        int family = params.integer("family", -1, 0, MOST);
        ConceptQuery query = ConceptQuery.all()
                .text(text)
                .benchmark(benchmark)
                .model(ofShown ? shown : model)
                .statuses(statuses)
                .minSupport(minSupport)
                .minBenchmarks(minBenchmarks)
                .kinds(kinds)
                .minQuality(params.decimal("minQuality", 0, 0, 1))
                .family(family < 0 ? null : family)
                .meaning(lookedFor.isEmpty() || wordsOnly ? null : meaning.apply(lookedFor))
                .scoresOf(face == Face.MODEL && !columns.isEmpty() ? Set.of(shown) : Set.of())
                .sortedBy(sort.key(), sort.descending())
                .offset((page - 1) * limit)
                .limit(limit)
                .build();
        return new ConceptFilter(query, face, shown, model != null, columns, models, wordsOnly, sort, page);
    }

    /** The query for what shows the chosen columns and no others. */
    ConceptQuery ofColumns() {
        Set<String> shown = new HashSet<>(models);
        if (model != null) shown.add(model);
        return query.toBuilder()
                .only(new ConceptQuery.Carried(Set.copyOf(columns), shown))
                .build();
    }

    /** The benchmark whose scores are shown; overall where none is chosen. */
    public String on() {
        return query.benchmark() == null ? Snapshot.OVERALL : query.benchmark();
    }
}
