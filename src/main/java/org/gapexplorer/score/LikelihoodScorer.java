package org.gapexplorer.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.gapexplorer.model.Continuation;
import org.gapexplorer.model.Likelihoods;
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
    private static final int SLICE = 64;

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
            String model, SubjectModel.Likelihood answering, Files files, OnnxSession.Settings settings) {
        TextTokenizer tokenizer = files.tokenizer();
        try {
            Likelihoods likelihoods = Likelihoods.open(files.graph(), settings);
            return new LikelihoodScorer(model, answering, tokenizer, likelihoods);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** What a model makes of an item's choices. */
    record Likelihood(double[] sums, boolean cut) {}

    @Override
    public List<Answer> answer(String benchmark, List<Datapoint> items, Progress progress) {
        Likelihood[] all = likelihoods(benchmark, items, progress);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            answers.add(answer(benchmark, items.get(i), all[i]));
        }
        return answers;
    }

    private Answer answer(String benchmark, Datapoint item, Likelihood likelihood) {
        if (likelihood == null) {
            return new Answer(new Score(benchmark, item.item(), model, Double.NaN, null, Double.NaN), false);
        }
        double[] values = values(answering.normalise(), item, likelihood.sums);
        return new Answer(Choice.of(values).score(model, benchmark, item), likelihood.cut);
    }

    /** Some hundred texts: minutes of a small model's work on two cores, and enough to put texts of like length together. */
    @Override
    public int slice() {
        return SLICE;
    }

    @Override
    public void check(String benchmark, List<Datapoint> items) {
        for (int from = 0; from < items.size(); from += SLICE) {
            List<Datapoint> some = items.subList(from, Math.min(items.size(), from + SLICE));
            encode(benchmark, some.stream().filter(LikelihoodScorer::hasChoices).toList());
        }
    }

    private static boolean hasChoices(Datapoint item) {
        return item.choices() != null && !item.choices().isEmpty();
    }

    private List<ChoiceTokens.Encoded> encode(String benchmark, List<Datapoint> items) {
        List<ChoiceTokens.Asked> asked = items.stream()
                .map(item -> new ChoiceTokens.Asked(
                        "benchmark " + benchmark + ", item " + item.item(),
                        answering.context().exactly(item.question(), item.choices()),
                        item.choices().stream()
                                .map(choice -> answering.delimiter() + choice)
                                .toList()))
                .toList();
        return new ChoiceTokens(tokenizer, answering.maxTokens()).encode(asked);
    }

    /** The log-likelihoods of each item's choices; null where it has none. */
    Likelihood[] likelihoods(String benchmark, List<Datapoint> items, Progress progress) {
        List<Integer> places = IntStream.range(0, items.size())
                .filter(i -> hasChoices(items.get(i)))
                .boxed()
                .toList();
        List<ChoiceTokens.Encoded> encoded =
                encode(benchmark, places.stream().map(items::get).toList());
        List<List<Continuation>> continuations =
                encoded.stream().map(ChoiceTokens.Encoded::continuations).toList();
        Likelihood[] all = new Likelihood[items.size()];
        String what = model + " on " + benchmark;
        int[] done = {0};
        progress.step(what, 0, places.size(), "items");
        likelihoods.sums(continuations, (sums, index) -> {
            all[places.get(index)] = new Likelihood(sums, encoded.get(index).cut());
            progress.step(what, ++done[0], places.size(), "items");
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

    @Override
    public String note(List<Answer> answers) {
        long cut = answers.stream().filter(Answer::cut).count();
        long without = answers.stream()
                .filter(answer -> answer.score().answer() == null)
                .count();
        List<String> parts = new ArrayList<>();
        parts.add("by log-likelihood" + (answering.normalise() == Normalise.LENGTH ? " per character" : ""));
        if (cut > 0) {
            parts.add(cut + " of " + answers.size() + " items longer than " + answering.maxTokens()
                    + " tokens, their beginning left out");
        }
        if (without > 0) {
            parts.add(without + " of " + answers.size() + " items without choices, not scored");
        }
        return String.join("; ", parts);
    }

    @Override
    public void close() {
        likelihoods.close();
        tokenizer.close();
    }
}
