package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.VectorUtil;
import org.gapexplorer.method.Worklist;
import org.gapexplorer.snapshot.Fields.CoverageColumn;

/** Compares every label with a benchmark's scope, exactly: a pass over all vectors takes milliseconds. */
final class ScopeSearch {
    private ScopeSearch() {}

    /** A document, the phrase nearest to its label, and its rank's number. */
    record Found(int document, double nearness, int phrase, double score) {}

    /**
     * Concepts with a meaning, highest score first, those without any left out. What fires nowhere in the study is missing
     * here too, and most of all.
     *
     * @param scope vectors of the scope's phrases
     */
    static List<Found> search(LeafReader reader, int benchmark, List<float[]> scope, int limit) throws IOException {
        int n = reader.maxDoc();
        double[] nearness = new double[n];
        int[] phrase = new int[n];
        Arrays.fill(nearness, Double.NaN);
        FloatVectorValues vectors = reader.getFloatVectorValues(Fields.MEANING);
        if (vectors == null) {
            return List.of();
        }
        Columns all = Columns.ofAll(reader);
        int[] kinds = all.ints(Fields.KIND, 0);
        DocIndexIterator labels = vectors.iterator();
        for (int d = labels.nextDoc(); d != DocIdSetIterator.NO_MORE_DOCS; d = labels.nextDoc()) {
            if (kinds[d] != LabelKind.MEANING.ordinal()) {
                continue;
            }
            float[] label = vectors.vectorValue(labels.index());
            for (int p = 0; p < scope.size(); p++) {
                double cosine = VectorUtil.dotProduct(label, scope.get(p));
                if (!(cosine <= nearness[d])) {
                    nearness[d] = cosine;
                    phrase[d] = p;
                }
            }
        }
        double[] chi = all.doubles(CoverageColumn.CHI.of(benchmark));
        Arrays.setAll(chi, d -> Double.isNaN(chi[d]) ? 0 : chi[d]);
        double[] scores = Worklist.scores(nearness, chi);
        return Highest.of(scores, d -> scores[d] > 0, limit)
                .mapToObj(d -> new Found(d, nearness[d], phrase[d], scores[d]))
                .toList();
    }
}
