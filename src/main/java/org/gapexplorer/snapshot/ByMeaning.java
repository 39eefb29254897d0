package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;

/** Labels that mean what was typed, whatever their words: the nearest by the cosine of their vectors. */
final class ByMeaning {
    /** Labels found by meaning at most. */
    static final int MOST = 50;
    /** Below this cosine two short texts have little in common. */
    private static final double ALIKE = 0.4;
    /** Of reciprocal rank fusion: a label counts 1 / (60 + its rank) in each list (Cormack et al., SIGIR 2009). */
    private static final int RANK_CONSTANT = 60;

    private ByMeaning() {}

    /** The nearest labels among those that pass the filter, nearest first. */
    static TopDocs search(IndexSearcher searcher, float[] meaning, Query filter) throws IOException {
        // a filter that all pass would be asked of every label beforehand
        Query pass = searcher.rewrite(filter) instanceof MatchAllDocsQuery ? null : filter;
        TopDocs near = searcher.search(new KnnFloatVectorQuery(Fields.MEANING, meaning, MOST, pass), MOST);
        TimeLimit.check();
        // Lucene's score of a dot product is (1 + cosine) / 2
        ScoreDoc[] alike = Arrays.stream(near.scoreDocs)
                .filter(hit -> 2 * hit.score - 1 >= ALIKE)
                .toArray(ScoreDoc[]::new);
        return new TopDocs(new TotalHits(alike.length, TotalHits.Relation.EQUAL_TO), alike);
    }

    /**
     * Labels that match by words or by meaning.
     *
     * @param id of a document's concept
     */
    static Query or(Query words, TopDocs alike, IntUnaryOperator id) {
        int[] ids = Arrays.stream(alike.scoreDocs)
                .mapToInt(hit -> id.applyAsInt(hit.doc))
                .toArray();
        return new BooleanQuery.Builder()
                .add(words, Occur.SHOULD)
                .add(IntPoint.newSetQuery(Fields.ID, ids), Occur.SHOULD)
                .build();
    }

    /**
     * How many of those found by meaning do not match the words.
     *
     * @param found the best that match the words
     */
    static int others(IndexSearcher searcher, Query words, TopDocs found, TopDocs alike) throws IOException {
        boolean all = found.totalHits.relation() == TotalHits.Relation.EQUAL_TO
                && found.totalHits.value() == found.scoreDocs.length;
        if (!all) {
            return others(searcher, words, alike);
        }
        Set<Integer> matching =
                Arrays.stream(found.scoreDocs).map(hit -> hit.doc).collect(Collectors.toSet());
        return (int) Arrays.stream(alike.scoreDocs)
                .filter(hit -> !matching.contains(hit.doc))
                .count();
    }

    private static int others(IndexSearcher searcher, Query words, TopDocs alike) throws IOException {
        Scorer scorer = searcher.createWeight(words, ScoreMode.COMPLETE_NO_SCORES, 1)
                .scorer(searcher.getLeafContexts().getFirst());
        DocIdSetIterator matching = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
        int[] documents =
                Arrays.stream(alike.scoreDocs).mapToInt(hit -> hit.doc).sorted().toArray();
        int others = 0;
        for (int document : documents) {
            if (matching.docID() < document) {
                matching.advance(document);
            }
            others += matching.docID() == document ? 0 : 1;
        }
        return others;
    }

    /** Both lists in one, by reciprocal ranks. */
    static TopDocs merged(TopDocs words, TopDocs alike, int wanted) {
        return TopDocs.rrf(wanted, RANK_CONSTANT, new TopDocs[] {words, alike});
    }
}
