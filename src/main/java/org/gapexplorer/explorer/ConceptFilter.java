package org.gapexplorer.explorer;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.SortKey;
import org.gapexplorer.snapshot.Status;

/**
 * The filters of concept lists as they stand in addresses, the same for pages and for the API.
 *
 * @param query what to ask the snapshot
 * @param model the model whose numbers are shown: the one asked for, or the study's first; null where there is none
 * @param wordsOnly whether labels must hold the words typed; otherwise those that mean the same are found too
 * @param sort the word of the column that sorts
 * @param page counted from 1
 */
record ConceptFilter(ConceptQuery query, String model, boolean wordsOnly, String sort, int page) {
    static final int PAGE = 50;
    /** The value of {@code match} that asks for labels with the words typed, and no others. */
    static final String WORDS = "words";

    private static final int MOST_SUPPORT = 1_000_000;
    private static final Map<SortKey.Column, Boolean> HIGHEST_FIRST = new EnumMap<>(SortKey.Column.class);

    static {
        for (SortKey.Column column : SortKey.Column.values()) {
            HIGHEST_FIRST.put(
                    column,
                    switch (column) {
                        case ID, LABEL, FAMILY, GAP, Q -> false;
                        default -> true;
                    });
        }
    }

    /** @param meaning of what is typed; asked only where words are typed and {@code match=words} is not */
    static ConceptFilter of(Params params, Names names, Function<String, float[]> meaning) {
        String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
        String model = params.one("model", names.modelIds(), m -> m);
        String shown = model != null || names.modelIds().isEmpty()
                ? model
                : names.modelIds().getFirst();
        String text = params.text("q");

        boolean wordsOnly = WORDS.equals(params.one("match", List.of(WORDS, "meaning"), m -> m));

        SortKey.Column column = params.one("sort", Arrays.asList(SortKey.Column.values()), Params::word);
        if (column == null) column = text.isEmpty() ? SortKey.Column.COVERAGE : SortKey.Column.RELEVANCE;
        if (column.ofModel() && shown == null) {
            throw new BadParameter("sort", "this study has no model to sort by");
        }
        String order = params.one("order", List.of("asc", "desc"), o -> o);
        boolean descending = order == null ? HIGHEST_FIRST.get(column) : order.equals("desc");

        int limit = params.integer("limit", PAGE, 1, ConceptQuery.MAX_LIMIT);
        int page = params.integer("page", 1, 1, ConceptQuery.MAX_OFFSET / limit + 1);
        Set<Status> statuses = params.several("status", Arrays.asList(Status.values()), Status::word);
        Set<LabelKind> kinds = params.several("kind", Arrays.asList(LabelKind.values()), LabelKind::word);
        int family = params.integer("family", -1, 0, MOST_SUPPORT);
        ConceptQuery query = ConceptQuery.all()
                .text(text)
                .benchmark(benchmark)
                .model(model)
                .statuses(statuses)
                .minSupport(params.integer("minSupport", 0, 0, MOST_SUPPORT))
                .minBenchmarks(params.integer("minBenchmarks", 0, 0, 1_000))
                .kinds(kinds)
                .minQuality(params.decimal("minQuality", 0, 0, 1))
                .family(family < 0 ? null : family)
                .meaning(text.isEmpty() || wordsOnly ? null : meaning.apply(text))
                .sortedBy(new SortKey(column, benchmark, column.ofModel() ? shown : null), descending)
                .offset((page - 1) * limit)
                .limit(limit)
                .build();
        return new ConceptFilter(query, shown, wordsOnly, Params.word(column), page);
    }

    /** Where the benchmark is null: overall. */
    String performanceOn() {
        return query.benchmark() == null ? org.gapexplorer.snapshot.Snapshot.OVERALL : query.benchmark();
    }
}
