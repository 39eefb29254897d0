package org.gapexplorer.model;

import java.util.Arrays;

/**
 * Tokens of which the last ones are to be given their log-probability, each given all that stand before it.
 *
 * @param tokens a context and what continues it
 * @param scored how many tokens at the end are the continuation; at least one, and at least one stands before them
 */
public record Continuation(long[] tokens, int scored) {
    public Continuation {
        if (scored < 1 || scored >= tokens.length) {
            throw new IllegalArgumentException(scored + " tokens of " + tokens.length);
        }
    }

    /** What the model reads: all but the last token. */
    long[] input() {
        return Arrays.copyOf(tokens, tokens.length - 1);
    }

    /** The first place of the input whose logits are wanted: they predict the next token. */
    int firstPlace() {
        return tokens.length - 1 - scored;
    }
}
