package org.gapexplorer.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gapexplorer.model.Continuation;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.Tokens;
import org.gapexplorer.study.Problem;

/**
 * Contexts and choices as tokens, cut apart where lm-evaluation-harness cuts them: white space at the end of the context
 * goes to the continuation; the continuation's tokens are those of the whole text that come after as many as the context
 * alone has; and it is the context's own tokens that stand before them.
 *
 * @param tokenizer puts special tokens at the beginning, if the model wants them
 * @param maxTokens what the model reads at once; the beginning of a longer text is left out
 */
record ChoiceTokens(TextTokenizer tokenizer, int maxTokens) {
    /**
     * A context and what may continue it.
     *
     * @param where the item, for messages
     */
    record Asked(String where, String context, List<String> continuations) {}

    /** @param cut whether the beginning of the context was left out before one of them */
    record Encoded(List<Continuation> continuations, boolean cut) {}

    /** The tokens of each. */
    List<Encoded> encode(List<Asked> all) {
        List<String> texts = new ArrayList<>();
        for (Asked asked : all) {
            int end = endOfWords(asked.context);
            texts.add(asked.context.substring(0, end));
            asked.continuations.forEach(continuation -> texts.add(asked.context + continuation));
        }
        List<Tokens> tokens = tokenizer.encode(texts, Integer.MAX_VALUE);
        List<Encoded> encoded = new ArrayList<>();
        int at = 0;
        for (Asked asked : all) {
            long[] context = ids(tokens.get(at++));
            List<Continuation> continuations = new ArrayList<>();
            boolean cut = false;
            for (int i = 0; i < asked.continuations.size(); i++) {
                long[] whole = ids(tokens.get(at++));
                require(asked, context.length > 0, "begins with no token, so nothing comes before the choice");
                require(asked, whole.length > context.length, "has a choice without tokens of its own");
                int scored = whole.length - context.length;
                require(asked, scored <= maxTokens, "has a choice of more than max_tokens (" + maxTokens + ") tokens");
                System.arraycopy(context, 0, whole, 0, context.length);
                // what predicts the last token is one before it: one token more than is read
                int from = Math.max(0, whole.length - maxTokens - 1);
                cut |= from > 0;
                continuations.add(new Continuation(Arrays.copyOfRange(whole, from, whole.length), scored));
            }
            encoded.add(new Encoded(continuations, cut));
        }
        return encoded;
    }

    private static void require(Asked asked, boolean holds, String complaint) {
        if (!holds) {
            throw new Problem(
                    asked.where,
                    "cannot be answered by likelihood: it " + complaint,
                    "leave such items out in the benchmark's sql, or change context, delimiter or max_tokens");
        }
    }

    /** All tokens but special ones at the end, after which nothing would be said; a beginning that the text brings along counts once. */
    private static long[] ids(Tokens tokens) {
        long[] ids = tokens.ids();
        int to = ids.length;
        while (to > 1 && tokens.special()[to - 1]) {
            to--;
        }
        boolean twice = to > 1 && tokens.special()[0] && ids[0] == ids[1];
        return Arrays.copyOfRange(ids, twice ? 1 : 0, to);
    }

    /** Where white space at the end begins, as Python's {@code str.rstrip} sees it. */
    private static int endOfWords(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
