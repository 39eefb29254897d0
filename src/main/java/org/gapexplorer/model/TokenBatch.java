package org.gapexplorer.model;

import java.util.List;

/**
 * Several texts' tokens as a model reads them: padded on the right to the longest.
 *
 * @param texts the tokens of each
 */
public record TokenBatch(List<Tokens> texts) {
    /** Number of texts. */
    public int size() {
        return texts.size();
    }

    /** Tokens of the longest text. */
    public int length() {
        return texts.stream().mapToInt(Tokens::length).max().orElse(0);
    }

    /** The token at a place of the padded batch, row by row; 0 for padding. */
    long id(int place) {
        long[] ids = texts.get(place / length()).ids();
        int token = place % length();
        return token < ids.length ? ids[token] : 0;
    }

    /** 1 for a token, 0 for padding. */
    long mask(int place) {
        return place % length() < texts.get(place / length()).length() ? 1 : 0;
    }
}
