package org.gapexplorer.label;

import java.util.Arrays;
import java.util.List;
import org.gapexplorer.lens.TokenReading;
import org.gapexplorer.study.Progress;

/**
 * What a lens reads in the texts that labels are made from, and in those they are tried on.
 *
 * @param lexicon numbers the words of both
 * @param pieces numbers the spellings of both's tokens
 * @param corpus texts that labels are made from
 * @param firings what fires in them
 * @param heldOutCorpus texts that labels are tried on
 * @param heldOutFirings what fires in those
 */
record Readings(
        Lexicon lexicon, Lexicon pieces, Corpus corpus, Firings firings, Corpus heldOutCorpus, Firings heldOutFirings) {
    private static final int BINS = 20;
    private static final int CHUNK = 4_096;

    static Readings of(LabelMaker.Options options, Progress progress) {
        Lexicon lexicon = new Lexicon();
        Lexicon pieces = new Lexicon();
        Corpus corpus = new Corpus(lexicon, pieces);
        Corpus heldOut = new Corpus(lexicon, pieces);
        Firings firings = read(options, options.evidence(), corpus, "reading the corpus", progress);
        Firings heldOutFirings = read(options, options.heldOut(), heldOut, "reading held-out texts", progress);
        return new Readings(lexicon, pieces, corpus, firings, heldOut, heldOutFirings);
    }

    private static Firings read(
            LabelMaker.Options options, List<String> texts, Corpus corpus, String what, Progress progress) {
        Firings.Builder builder = new Firings.Builder(options.concepts());
        for (int from = 0; from < texts.size(); from += CHUNK) {
            progress.step(what, from, texts.size(), "texts");
            List<String> chunk = texts.subList(from, Math.min(texts.size(), from + CHUNK));
            TokenReading[] readings = new TokenReading[chunk.size()];
            options.reader().read(chunk, (reading, i) -> readings[i] = reading);
            for (int i = 0; i < readings.length; i++) {
                int[] numbers = corpus.add(chunk.get(i), readings[i].tokens());
                for (int t = 0; t < numbers.length; t++) {
                    if (numbers[t] >= 0) {
                        builder.add(readings[i].concepts()[t], readings[i].activations()[t]);
                    }
                }
            }
        }
        progress.step(what, texts.size(), texts.size(), "texts");
        return builder.build();
    }

    /** Share of the corpus's tokens on which a concept fires. */
    double density(int concept) {
        return LabelMaker.round((double) firings.count(concept) / corpus.tokens(), 7);
    }

    /** Borders of equal bins from 0 to the highest activation, to three significant digits upwards. */
    double[] edges(int concept) {
        double top = 0;
        for (int i = 0; i < firings.count(concept); i++) {
            top = Math.max(top, firings.activation(concept, i));
        }
        double[] edges = new double[BINS + 1];
        for (int i = 1; i <= BINS; i++) {
            edges[i] = LabelMaker.round(top * i / BINS, 4);
        }
        edges[BINS] = Math.nextUp(Math.max(edges[BINS], top));
        edges[BINS] = Math.ceil(edges[BINS] * 10_000) / 10_000;
        return edges;
    }

    /** How many firing tokens fall into each bin. */
    int[] histogram(int concept, double[] edges) {
        int[] histogram = new int[BINS];
        for (int i = 0; i < firings.count(concept); i++) {
            int at = Arrays.binarySearch(edges, firings.activation(concept, i));
            histogram[Math.min(BINS - 1, at >= 0 ? at : -at - 2)]++;
        }
        return histogram;
    }
}
