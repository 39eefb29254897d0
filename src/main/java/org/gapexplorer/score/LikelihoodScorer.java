package org.gapexplorer.score;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.model.Continuation;
import org.gapexplorer.model.Likelihoods;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SubjectModel;
import org.gapexplorer.study.SubjectModel.Normalise;

/**
 * Lets a decoder answer multiple-choice items as lm-evaluation-harness does: each choice continues the context, its value
 * is the sum of its tokens' log-probabilities, as it is (acc) or divided by the choice's length in characters (acc_norm),
 * and the choice of the highest value is taken, the first of equals.
 */
public final class LikelihoodScorer implements AnswerScorer {
    private final String model;
    private final SubjectModel.Likelihood answering;
    private final TextTokenizer tokenizer;
    private final Likelihoods likelihoods;

    private LikelihoodScorer(
            String model, SubjectModel.Likelihood answering, TextTokenizer tokenizer, Likelihoods likelihoods) {
        this.model = model;
        this.answering = answering;
        this.tokenizer = tokenizer;
        this.likelihoods = likelihoods;
    }

    static LikelihoodScorer open(
            String model,
            SubjectModel.Likelihood answering,
            Path onnx,
            Path tokenizerJson,
            OnnxSession.Settings settings) {
        TextTokenizer tokenizer = TextTokenizer.load(tokenizerJson);
        try {
            Likelihoods likelihoods = Likelihoods.open(OnnxGraph.load(onnx), settings);
            return new LikelihoodScorer(model, answering, tokenizer, likelihoods);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** What a model makes of an item's choices. */
    record Likelihood(double[] sums, boolean cut) {}

    @Override
    public Answers answer(String benchmark, List<Datapoint> items, Progress progress) {
        Likelihood[] all = likelihoods(benchmark, items, progress);
        List<Score> scores = new ArrayList<>();
        int cut = 0;
        int without = 0;
        for (int i = 0; i < all.length; i++) {
            Datapoint item = items.get(i);
            if (all[i] == null) {
                without++;
                scores.add(new Score(benchmark, item.item(), model, Double.NaN, null, Double.NaN));
                continue;
            }
            cut += all[i].cut ? 1 : 0;
            scores.add(
                    Choice.of(values(answering.normalise(), item, all[i].sums)).score(model, benchmark, item));
        }
        return new Answers(scores, note(items.size(), cut, without));
    }

    /** The log-likelihoods of each item's choices; null where it has none. */
    Likelihood[] likelihoods(String benchmark, List<Datapoint> items, Progress progress) {
        List<Integer> places = new ArrayList<>();
        List<ChoiceTokens.Asked> asked = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Datapoint item = items.get(i);
            if (item.choices() != null && !item.choices().isEmpty()) {
                places.add(i);
                asked.add(new ChoiceTokens.Asked(
                        "benchmark " + benchmark + ", item " + item.item(),
                        answering.context().exactly(item.question(), item.choices()),
                        item.choices().stream()
                                .map(choice -> answering.delimiter() + choice)
                                .toList()));
            }
        }
        List<ChoiceTokens.Encoded> encoded = new ChoiceTokens(tokenizer, answering.maxTokens()).encode(asked);
        List<List<Continuation>> continuations =
                encoded.stream().map(ChoiceTokens.Encoded::continuations).toList();
        Likelihood[] all = new Likelihood[items.size()];
        String what = model + " on " + benchmark;
        int[] done = {0};
        progress.step(what, 0, asked.size(), "items");
        likelihoods.sums(continuations, (sums, index) -> {
            all[places.get(index)] = new Likelihood(sums, encoded.get(index).cut());
            progress.step(what, ++done[0], asked.size(), "items");
        });
        return all;
    }

    /** What the choices are compared by. */
    static double[] values(Normalise normalise, Datapoint item, double[] sums) {
        double[] values = sums.clone();
        if (normalise == Normalise.LENGTH) {
            for (int i = 0; i < values.length; i++) {
                String choice = item.choices().get(i);
                values[i] /= choice.codePointCount(0, choice.length());
            }
        }
        return values;
    }

    private String note(int items, int cut, int without) {
        List<String> parts = new ArrayList<>();
        parts.add("by log-likelihood" + (answering.normalise() == Normalise.LENGTH ? " per character" : ""));
        if (cut > 0) {
            parts.add(cut + " of " + items + " items longer than " + answering.maxTokens()
                    + " tokens, their beginning left out");
        }
        if (without > 0) {
            parts.add(without + " of " + items + " items without choices, not scored");
        }
        return String.join("; ", parts);
    }

    @Override
    public void close() {
        likelihoods.close();
        tokenizer.close();
    }
}
