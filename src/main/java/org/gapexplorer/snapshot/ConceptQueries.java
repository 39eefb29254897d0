package org.gapexplorer.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.search.spell.SuggestWord;
import org.apache.lucene.util.FixedBitSet;
import org.gapexplorer.snapshot.Fields.CoverageColumn;
import org.gapexplorer.snapshot.Fields.PerformanceColumn;

/** Searching, filtering, sorting and comparing concepts. */
final class ConceptQueries {
    /** Matches are counted up to here. */
    static final int COUNT_TO = 20_000;

    /** Rows read into memory together. */
    private static final int AT_ONCE = 500;

    private static final int ANY = Integer.MAX_VALUE;
    /** Respellings that are weighed against each other. */
    private static final int NEAR_WORDS = 10;

    private final IndexSearcher searcher;
    private final LeafReader reader;
    private final ConceptTable table;
    private final Presence presence;
    private final Browse browse;
    private final Misspelt misspelt;

    ConceptQueries(IndexSearcher searcher, LeafReader reader, ConceptTable table, Presence presence) {
        this.searcher = searcher;
        this.reader = reader;
        this.table = table;
        this.presence = presence;
        browse = new Browse(searcher);
        misspelt = new Misspelt(searcher);
    }

    ConceptPage find(ConceptQuery query) {
        return find(query, Among.ALL);
    }

    private ConceptPage find(ConceptQuery query, Among among) {
        return read(() -> {
            TextQuery text = new TextQuery(query.text(), misspelt);
            TopDocs hits = search(query, text, among, query.offset() + query.limit());
            return new ConceptPage(page(query, text, hits), meant(text));
        });
    }

    void forEach(ConceptQuery query, int most, Consumer<ConceptRow> row) {
        read(() -> {
            TextQuery text = new TextQuery(query.text(), misspelt);
            int[] documents = Arrays.stream(search(query, text, Among.ALL, most).scoreDocs)
                    .mapToInt(hit -> hit.doc)
                    .toArray();
            for (int from = 0; from < documents.length; from += AT_ONCE) {
                int to = Math.min(from + AT_ONCE, documents.length);
                table.rows(Arrays.copyOfRange(documents, from, to), query, text).forEach(row);
            }
            return documents.length;
        });
    }

    Optional<ConceptView> concept(int id) {
        int document = table.document(id);
        return document < 0 ? Optional.empty() : Optional.of(read(() -> table.view(document)));
    }

    List<ConceptRow> rows(List<Integer> ids) {
        int[] documents =
                ids.stream().mapToInt(table::document).filter(d -> d >= 0).toArray();
        return read(() -> table.rows(documents, ConceptQuery.all().build(), TextQuery.NOTHING));
    }

    List<Untested> untested(String benchmark, List<float[]> scope, int limit) {
        int number = table.benchmark(benchmark);
        if (number < 0) {
            return List.of();
        }
        return read(() -> {
            List<ScopeSearch.Found> found = ScopeSearch.search(reader, number, scope, limit);
            int[] documents =
                    found.stream().mapToInt(ScopeSearch.Found::document).toArray();
            List<ConceptRow> rows = table.rows(documents, ConceptQuery.all().build(), TextQuery.NOTHING);
            List<Untested> untested = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                ScopeSearch.Found f = found.get(i);
                untested.add(new Untested(rows.get(i), f.nearness(), f.phrase(), f.score()));
            }
            return untested;
        });
    }

    List<ConceptRow> suggest(String typed, int limit) {
        if (typed == null || typed.isBlank()) {
            return List.of();
        }
        return find(ConceptQuery.all().text(typed).limit(limit).build()).rows();
    }

    Comparison compare(List<String> wanted, Comparison.Show show, ConceptQuery query) {
        List<String> benchmarks =
                wanted.stream().distinct().filter(b -> table.benchmark(b) >= 0).toList();
        int[] numbers = benchmarks.stream().mapToInt(table::benchmark).toArray();
        List<String> columns =
                Arrays.stream(numbers).mapToObj(CoverageColumn.CHI::of).toList();
        ConceptPage found = find(query, new Among(columns, shown(show, numbers)));
        List<Comparison.Row> rows =
                found.rows().stream().map(row -> row(row, benchmarks)).toList();
        Page<ConceptRow> page = found.page();
        FixedBitSet live = presence.live(query.kinds());
        FixedBitSet shared = live.clone();
        FixedBitSet missed = live.clone();
        for (int b : numbers) {
            shared.and(presence.present(b));
            missed.andNot(presence.present(b));
        }
        int missing = missed.cardinality();
        return new Comparison(
                benchmarks,
                new Page<>(rows, page.offset(), page.limit(), page.total()),
                alone(numbers, live),
                benchmarks.isEmpty() ? 0 : shared.cardinality(),
                missing,
                live.cardinality() - missing,
                found.meant());
    }

    /** The concepts for which both models have a value; the query's least support is asked of both. */
    ConceptPage scoredByBoth(String first, String second, ConceptQuery query) {
        int benchmark = table.benchmark(query.benchmark());
        int left = table.model(first);
        int right = table.model(second);
        Among both = new Among(
                List.of(PerformanceColumn.CHI.of(left, benchmark), PerformanceColumn.CHI.of(right, benchmark)),
                List.of(
                        atLeast(PerformanceColumn.SUPPORT.of(left, benchmark), query.minSupport()),
                        atLeast(PerformanceColumn.SUPPORT.of(right, benchmark), query.minSupport())));
        return find(query, both);
    }

    /** Filters for what is in one, in all, or in none of the benchmarks. */
    private static List<Query> shown(Comparison.Show show, int[] benchmarks) {
        return switch (show.which()) {
            case ALL -> List.of();
            case ALONE, SHARED, MISSED -> {
                BooleanQuery.Builder set = new BooleanQuery.Builder()
                        .add(NumericDocValuesField.newSlowExactQuery(Fields.LIVE, 1), Occur.FILTER);
                for (int i = 0; i < benchmarks.length; i++) {
                    boolean in = show.which() == Comparison.Which.SHARED || i == show.alone();
                    set.add(atLeast(CoverageColumn.SUPPORT.of(benchmarks[i]), 1), in ? Occur.FILTER : Occur.MUST_NOT);
                }
                yield List.of(set.build());
            }
        };
    }

    /** How the model's scores on a benchmark are spread over the live concepts; N/A is absent. */
    Histogram scores(String model, String benchmark) {
        int m = table.model(model);
        int b = table.benchmark(benchmark);
        FixedBitSet live = presence.live(Set.of());
        double[] chi = read(() -> Columns.ofAll(reader).doubles(PerformanceColumn.CHI.of(m, b)));
        return Histogram.of(
                Summary.PERFORMANCE_EDGES,
                IntStream.range(0, chi.length).filter(live::get).mapToDouble(c -> chi[c]));
    }

    String label(int concept) {
        int document = table.document(concept);
        return document < 0 ? "" : read(() -> table.label(document));
    }

    LabelKind kind(int concept) {
        int document = table.document(concept);
        return document < 0 ? LabelKind.UNCLEAR : read(() -> table.kind(document));
    }

    /** Datapoints that the concept fires on; 0 for an unknown one. */
    int firing(int concept) {
        int document = table.document(concept);
        return document < 0 ? 0 : table.firing(document);
    }

    /** Where the concept fires; nothing for an unknown one. */
    Firings.OfConcept firings(int concept) {
        int document = table.document(concept);
        if (document < 0) {
            return new Firings.OfConcept(new int[0], new float[0]);
        }
        return read(() -> Firings.OfConcept.of(new Columns(reader, document).bytes(Fields.FIRINGS)));
    }

    private TopDocs search(ConceptQuery query, TextQuery text, Among among, int most) throws IOException {
        int wanted = Math.min(most, Math.max(1, reader.maxDoc()));
        Sort sort = ConceptOrder.of(query.sort(), query.descending(), table, among.compared());
        Query words = filtered(query, among, ranked(text));
        // differences of more than two are of too many kinds to keep their orders
        List<String> compared = query.sort().column().ofCompared() ? among.compared() : List.of();
        if (sort != null && compared.size() <= 2 && text.isEmpty()) {
            return browse.first(words, new Browse.Order(query.sort(), compared, query.descending()), sort, wanted);
        }
        if (query.meaning() == null || !text.isLoose()) {
            return sort == null ? best(words, wanted) : sorted(words, sort, wanted);
        }
        // what is alike passes the filters already; near words are looked up once for all that follows
        Query once = searcher.rewrite(words);
        TopDocs alike = ByMeaning.search(searcher, query.meaning(), filtered(query, among, text.demands()));
        if (sort != null) {
            return sorted(ByMeaning.or(once, alike, table::id), sort, wanted);
        }
        TopDocs found = best(once, Math.max(wanted, ByMeaning.MOST));
        long all = found.totalHits.value() + ByMeaning.others(searcher, once, found, alike);
        TotalHits either = new TotalHits(all, found.totalHits.relation());
        return new TopDocs(either, ByMeaning.merged(found, alike, wanted).scoreDocs);
    }

    private TopDocs best(Query query, int wanted) throws IOException {
        TopDocs found = searcher.search(query, new TopScoreDocCollectorManager(wanted, null, COUNT_TO));
        TimeLimit.check();
        return found;
    }

    private TopDocs sorted(Query query, Sort sort, int wanted) throws IOException {
        TopDocs found = searcher.search(query, new TopFieldCollectorManager(sort, wanted, null, COUNT_TO));
        TimeLimit.check();
        return found;
    }

    private Page<ConceptRow> page(ConceptQuery query, TextQuery text, TopDocs hits) throws IOException {
        int[] documents = Arrays.stream(hits.scoreDocs)
                .skip(query.offset())
                .mapToInt((ScoreDoc hit) -> hit.doc)
                .toArray();
        Total total = new Total((int) hits.totalHits.value(), hits.totalHits.relation() == TotalHits.Relation.EQUAL_TO);
        return new Page<>(table.rows(documents, query, text), query.offset(), query.limit(), total);
    }

    private Query filtered(ConceptQuery query, Among among, Query matching) {
        int benchmark = table.benchmark(query.benchmark());
        int model = query.model() == null ? -1 : table.model(query.model());
        if (benchmark == Integer.MIN_VALUE || (query.model() != null && model < 0)) {
            return new MatchNoDocsQuery("no such benchmark or model");
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(matching, Occur.MUST);
        among.filters().forEach(filter -> all.add(filter, Occur.FILTER));
        if (!query.statuses().isEmpty()) {
            long[] statuses =
                    query.statuses().stream().mapToLong(Status::ordinal).toArray();
            all.add(NumericDocValuesField.newSlowSetQuery(CoverageColumn.STATUS.of(benchmark), statuses), Occur.FILTER);
        }
        if (!query.kinds().isEmpty()) {
            long[] kinds = query.kinds().stream().mapToLong(LabelKind::ordinal).toArray();
            all.add(NumericDocValuesField.newSlowSetQuery(Fields.KIND, kinds), Occur.FILTER);
        }
        if (query.family() != null) {
            all.add(NumericDocValuesField.newSlowExactQuery(Fields.FAMILY, query.family()), Occur.FILTER);
        }
        if (query.minQuality() > 0) {
            // the bits of positive doubles are in the order of the doubles
            long least = Double.doubleToLongBits(query.minQuality());
            all.add(NumericDocValuesField.newSlowRangeQuery(Fields.QUALITY, least, Long.MAX_VALUE), Occur.FILTER);
        }
        if (query.minSupport() > 0 || model >= 0) {
            String support =
                    model >= 0 ? PerformanceColumn.SUPPORT.of(model, benchmark) : CoverageColumn.SUPPORT.of(benchmark);
            all.add(atLeast(support, query.minSupport()), Occur.FILTER);
        }
        if (query.minBenchmarks() > 0) {
            String count = model >= 0 ? Fields.benchmarksOf(model) : Fields.BENCHMARKS;
            all.add(atLeast(count, query.minBenchmarks()), Occur.FILTER);
        }
        return all.build();
    }

    /** Labels that tell more of their contexts come first among those that match alike. */
    private static Query ranked(TextQuery text) {
        return text.isEmpty()
                ? text.query()
                : FunctionScoreQuery.boostByValue(text.query(), DoubleValuesSource.fromDoubleField(Fields.QUALITY));
    }

    private static Query atLeast(String field, int least) {
        return NumericDocValuesField.newSlowRangeQuery(field, least, ANY);
    }

    /** The query with its unknown words respelt, where it has one and a near word is known. */
    private Optional<String> meant(TextQuery text) throws IOException {
        return text.respelt(word -> TextQuery.known(reader, word) ? Optional.empty() : nearest(word));
    }

    /** The word of the labels that takes the fewest slips to get to; of several the one that most labels have. */
    private Optional<String> nearest(String word) throws IOException {
        SuggestWord[] near = new DirectSpellChecker()
                .suggestSimilar(
                        new Term(Fields.WORDS, word), NEAR_WORDS, reader, SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX);
        return Arrays.stream(near)
                .min(Comparator.comparingLong((SuggestWord other) -> slips(word, other))
                        .thenComparing(other -> other.freq, Comparator.reverseOrder()))
                .map(other -> other.string);
    }

    /** Lucene's score is 1 - slips / length of the shorter, and so takes the longer of two words that are as near. */
    private static long slips(String word, SuggestWord other) {
        int shorter =
                Math.min(word.codePointCount(0, word.length()), other.string.codePointCount(0, other.string.length()));
        return Math.round((1 - other.score) * shorter);
    }

    private static Comparison.Row row(ConceptRow concept, List<String> benchmarks) {
        double[] chi = benchmarks.stream()
                .mapToDouble(b -> concept.coverage().get(b).chi())
                .toArray();
        double difference = chi.length < 2 ? 0 : ConceptOrder.difference(chi);
        return new Comparison.Row(concept, Arrays.stream(chi).boxed().toList(), difference);
    }

    private Map<String, Integer> alone(int[] numbers, FixedBitSet live) {
        Map<String, Integer> alone = new LinkedHashMap<>();
        for (int one : numbers) {
            FixedBitSet own = live.clone();
            own.and(presence.present(one));
            Arrays.stream(numbers).filter(b -> b != one).forEach(b -> own.andNot(presence.present(b)));
            alone.put(table.benchmarkId(one), own.cardinality());
        }
        return alone;
    }

    /**
     * What a comparison asks beside its query.
     *
     * @param compared fields whose difference can be sorted by
     */
    private record Among(List<String> compared, List<Query> filters) {
        static final Among ALL = new Among(List.of(), List.of());
    }

    private interface Reading<T> {
        T get() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
