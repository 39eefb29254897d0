package org.gapexplorer.model;

/**
 * One text as tokens, special tokens included, without padding. All arrays have one entry per token.
 *
 * @param ids the vocabulary's numbers
 * @param starts where each token starts in the text, a UTF-16 offset
 * @param ends where it ends, exclusive; start == end == 0 for special tokens
 * @param special tokens that stand for no words: those the tokenizer added (CLS, SEP, BOS), and those that a chat
 *     template spells out in the text
 * @param truncated whether the text went on after the last token kept
 * @param pieces the tokens as the vocabulary spells them
 */
public record Tokens(long[] ids, int[] starts, int[] ends, boolean[] special, boolean truncated, String[] pieces) {
    /** Number of tokens, special ones included. */
    public int length() {
        return ids.length;
    }
}
