package org.gapexplorer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.gapexplorer.model.TinyDecoder.Head;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a plain loop in double precision. */
class LikelihoodsTest {
    private static final int VOCABULARY = 23;
    private final TinyDecoder decoder = new TinyDecoder(VOCABULARY);

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "CAPPED", "FLAT"})
    void sumsAreThoseOfAPlainDoubleLoop(Head head) {
        List<List<Continuation>> items = items();
        double[][] sums = new double[items.size()][];
        try (Likelihoods likelihoods = open(head)) {
            assertThat(likelihoods.vocabulary()).isEqualTo(VOCABULARY);
            likelihoods.sums(items, (values, item) -> {
                assertThat(sums[item]).as("told once").isNull();
                sums[item] = values;
            });
        }
        for (int item = 0; item < sums.length; item++) {
            for (int c = 0; c < sums[item].length; c++) {
                double expected = plain(head, items.get(item).get(c));
                assertThat(sums[item][c]).isCloseTo(expected, within(2e-5 * Math.abs(expected)));
            }
        }
    }

    private double plain(Head head, Continuation continuation) {
        long[] tokens = continuation.tokens();
        double sum = 0;
        for (int i = tokens.length - continuation.scored(); i < tokens.length; i++) {
            sum += decoder.logProbability(head, Arrays.copyOf(tokens, i), tokens[i]);
        }
        return sum;
    }

    /** Many items of unlike length; some continuations begin with others, are others, or are one token. */
    private static List<List<Continuation>> items() {
        Random random = new Random(5);
        List<List<Continuation>> items = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            long[] context = tokens(random, 1 + random.nextInt(40));
            long[] longest = tokens(random, 2 + random.nextInt(6));
            items.add(List.of(
                    continuation(context, Arrays.copyOf(longest, 1)),
                    continuation(context, longest),
                    continuation(context, tokens(random, 1)),
                    continuation(context, tokens(random, 3)),
                    continuation(context, longest)));
        }
        return items;
    }

    private static Continuation continuation(long[] context, long[] more) {
        long[] all = Arrays.copyOf(context, context.length + more.length);
        System.arraycopy(more, 0, all, context.length, more.length);
        return new Continuation(all, more.length);
    }

    private static long[] tokens(Random random, int count) {
        return random.longs(count, 0, VOCABULARY).toArray();
    }

    @Test
    void onlyRowsThatAreWantedReachTheVocabularyHead() {
        for (Head head : List.of(Head.PLAIN, Head.CAPPED)) {
            assertThat(VocabularyHead.of(decoder.graph(head)).rows()).isEqualTo("gapx/hidden");
        }
        assertThat(VocabularyHead.of(decoder.graph(Head.FLAT)).rows()).isEqualTo("logits");
    }

    @Test
    void aGraphWithoutLogitsOfEachTokenIsRefused() {
        assertThatThrownBy(() -> open(Head.NONE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(
                        "tiny: has no vocabulary head: it gives no output 'logits', only last_hidden_state")
                .hasMessageContaining("text generation");
        assertThatThrownBy(() -> open(Head.LAST))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("for 2 tokens it computes logits of the shape [1, 1, 6]");
        assertThatThrownBy(() -> open(Head.CLASSES)).isInstanceOf(Problem.class).hasMessageContaining("tiny");
    }

    @Test
    void aTokenBeyondTheVocabularyIsNamed() {
        try (Likelihoods likelihoods = open(Head.PLAIN)) {
            var item = List.of(new Continuation(new long[] {1, VOCABULARY}, 1));
            assertThatThrownBy(() -> likelihoods.sums(List.of(item), (sums, i) -> {}))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("knows 23 tokens, but the tokenizer gives token 23");
        }
    }

    private Likelihoods open(Head head) {
        return Likelihoods.open(decoder.graph(head), OnnxSession.Settings.CPU);
    }
}
