package org.gapexplorer.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.FixedBitSet;

/**
 * Lists that no words narrow down. Sorting a dictionary of 65,536 takes milliseconds and its orders are few, so the orders
 * asked for lately are kept (4 bytes a concept each), and so is what passes the filters asked for lately (a bit each).
 */
final class Browse {
    /** Concepts in all the orders kept: 64 MiB, 256 orders of a dictionary of 65,536. */
    private static final long ORDERED = 1 << 24;

    private static final int FILTERS = 512;

    private final IndexSearcher searcher;
    private final LeafReaderContext leaf;
    private final Cache<Order, int[]> orders = Caffeine.newBuilder()
            .maximumWeight(ORDERED)
            .weigher((Order order, int[] documents) -> documents.length)
            .build();
    private final Cache<Query, FixedBitSet> passing =
            Caffeine.newBuilder().maximumSize(FILTERS).build();

    /** @param compared the two fields by whose difference is sorted, if so */
    record Order(SortKey key, List<String> compared, boolean descending) {}

    Browse(IndexSearcher searcher) {
        this.searcher = searcher;
        leaf = searcher.getLeafContexts().getFirst();
    }

    /**
     * The first of all that pass.
     *
     * @param sort what {@code order} means
     */
    TopDocs first(Query filter, Order order, Sort sort, int wanted) {
        FixedBitSet pass = passing.get(filter, this::passing);
        ScoreDoc[] hits = Arrays.stream(orders.get(order, o -> all(sort)))
                .filter(pass::get)
                .limit(wanted)
                .mapToObj(document -> new ScoreDoc(document, Float.NaN))
                .toArray(ScoreDoc[]::new);
        return new TopDocs(new TotalHits(pass.cardinality(), TotalHits.Relation.EQUAL_TO), hits);
    }

    private int[] all(Sort sort) {
        try {
            TopDocs all = searcher.search(
                    new MatchAllDocsQuery(), Math.max(1, leaf.reader().maxDoc()), sort);
            TimeLimit.check();
            return Arrays.stream(all.scoreDocs).mapToInt(hit -> hit.doc).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FixedBitSet passing(Query filter) {
        try {
            Scorer scorer = searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1)
                    .scorer(leaf);
            FixedBitSet pass = new FixedBitSet(Math.max(1, leaf.reader().maxDoc()));
            if (scorer != null) {
                pass.or(scorer.iterator());
            }
            return pass;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
