package org.gapexplorer.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/**
 * What words may be misspelt for: one slip in words of four letters and more, two from eight on; the first letter must be
 * right. To look that up takes longer than to search with it, and words come again in other company, so that of the words
 * asked for lately is kept.
 */
final class Misspelt {
    private static final int SHORTEST = 4;
    private static final int LONG = 8;
    private static final int LONGEST = 40;
    private static final int MAX_EXPANSIONS = 64;

    private static final long KEPT_BYTES = 16 << 20;
    /** Of the near words that were found, at most. */
    private static final long FOUND_BYTES = 64 << 10;

    private final IndexSearcher searcher;
    private final Cache<String, Near> lately = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((String word, Near near) -> (int) (FOUND_BYTES + near.automaton.ramBytesUsed()))
            .build();

    /**
     * @param words finds labels that have a near word
     * @param heads finds labels that begin with one
     */
    record Near(ByteRunAutomaton automaton, Query words, Query heads) {
        boolean has(String word) {
            BytesRef bytes = new BytesRef(word);
            return automaton.run(bytes.bytes, bytes.offset, bytes.length);
        }
    }

    Misspelt(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    /** Null for a word so short or so long that none counts as near. */
    Near of(String word) {
        int length = word.codePointCount(0, word.length());
        return length < SHORTEST || length > LONGEST ? null : lately.get(word, w -> near(w, length < LONG ? 1 : 2));
    }

    private Near near(String word, int slips) {
        FuzzyQuery words = fuzzy(Fields.WORDS, word, slips);
        try {
            return new Near(
                    words.getAutomata().runAutomaton,
                    searcher.rewrite(words),
                    searcher.rewrite(fuzzy(Fields.HEAD, word, slips)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FuzzyQuery fuzzy(String field, String word, int slips) {
        return new FuzzyQuery(
                new Term(field, word),
                slips,
                1,
                MAX_EXPANSIONS,
                true,
                new MultiTermQuery.TopTermsBoostOnlyBooleanQueryRewrite(MAX_EXPANSIONS));
    }
}
