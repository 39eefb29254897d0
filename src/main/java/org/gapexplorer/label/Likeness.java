package org.gapexplorer.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How alike two words are in meaning, from 0 to 1: the same, forms of one word, or near in a sentence encoder's space. Safe
 * for many threads.
 */
final class Likeness {
    static final double SAME = 1;
    static final double SAME_LEMMA = 0.95;
    /** Cosines of unrelated words lie below this. */
    private static final double UNRELATED = 0.25;

    private final Words words;
    private final float[][] vectors;
    private final int width;

    /** @param vectors [words of the lexicon]; null where a word has none */
    Likeness(Words words, float[][] vectors) {
        this.words = words;
        this.vectors = vectors;
        int found = 0;
        for (float[] vector : vectors) {
            found = vector == null ? found : vector.length;
        }
        width = found;
    }

    /**
     * With vectors for the words that labels or held-out contexts hold.
     *
     * @param said by labels
     */
    static Likeness of(Words words, WordVectors source, Corpus heldOut, Set<String> said) {
        Lexicon lexicon = words.lexicon();
        Set<Integer> wanted = new TreeSet<>();
        for (int place = 0; place < heldOut.places(); place++) {
            wanted.add(heldOut.word(place));
        }
        said.stream().map(lexicon::id).filter(id -> id >= 0).forEach(wanted::add);
        float[][] vectors = new float[lexicon.size()][];
        List<Integer> ids = new ArrayList<>(wanted);
        float[][] found = source.of(ids.stream().map(lexicon::word).toList());
        for (int i = 0; found != null && i < found.length; i++) {
            vectors[ids.get(i)] = found[i];
        }
        return new Likeness(words, vectors);
    }

    int width() {
        return width;
    }

    /** The vector of a word, or null. */
    float[] vector(int word) {
        return word < vectors.length ? vectors[word] : null;
    }

    /** The same for words that can carry a subject, else null. */
    float[] topicVector(int word) {
        return words.isContent(word) ? vector(word) : null;
    }

    double of(int left, int right) {
        if (left == right) {
            return SAME;
        }
        if (words.lemma(left).equals(words.lemma(right))) {
            return SAME_LEMMA;
        }
        return 0.9 * Math.max(0, (cosine(left, right) - UNRELATED) / (1 - UNRELATED));
    }

    double cosine(int left, int right) {
        float[] a = vector(left);
        float[] b = vector(right);
        return a == null || b == null ? 0 : dot(a, b);
    }

    /** Mean cosine over all pairs of some words. */
    double coherence(List<Integer> ids) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < ids.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += cosine(ids.get(i), ids.get(j));
                pairs++;
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    static double dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
