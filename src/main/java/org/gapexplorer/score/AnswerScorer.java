package org.gapexplorer.score;

import java.nio.file.Path;
import java.util.List;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.chat.TokenizerConfig;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SubjectModel;

/** A model that answers multiple-choice items itself. A benchmark's scores depend on the model and that benchmark alone. */
public interface AnswerScorer extends AutoCloseable {
    /**
     * What the model made of one item.
     *
     * @param score 1 where the choice taken is the right one, else 0; NaN where the item has no key or no choices. The
     *     answer is the index of the choice taken, null without choices; the margin how far it is ahead of the best
     *     other one (NaN without another)
     * @param cut whether the beginning of its text was left out, because the model reads no more at once
     */
    record Answer(Score score, boolean cut) {}

    /** Lets the model answer a benchmark's items, or some of them; one answer per item, in order. */
    List<Answer> answer(String benchmark, List<Datapoint> items, Progress progress);

    /**
     * Looks at all items before the work begins.
     *
     * @throws Problem if one of them cannot be answered
     */
    default void check(String benchmark, List<Datapoint> items) {}

    /**
     * Items whose answers are worth keeping by themselves: a fixed number, for batches, and with them the last digits of
     * a score, must not depend on where a run was stopped.
     */
    default int slice() {
        return Integer.MAX_VALUE;
    }

    /** What is to be known of a benchmark's answers, in words; null if nothing. */
    default String note(List<Answer> answers) {
        return null;
    }

    @Override
    void close();

    /**
     * A model's fetched files.
     *
     * @param data files of its weights that do not lie beside {@code onnx}
     * @param tokenizerConfig tokenizer_config.json; null for none
     */
    record Files(Path onnx, List<Path> data, Path tokenizerJson, Path tokenizerConfig) {
        OnnxGraph graph() {
            return OnnxGraph.load(onnx, data);
        }

        TextTokenizer tokenizer() {
            return tokenizerConfig == null
                    ? TextTokenizer.load(tokenizerJson)
                    : TextTokenizer.load(
                            tokenizerJson, TokenizerConfig.read(tokenizerConfig).framing());
        }
    }

    /**
     * @param model id of the subject model
     * @param answering how it answers
     */
    static AnswerScorer open(
            String model, SubjectModel.Answering answering, Files files, OnnxSession.Settings settings) {
        return switch (answering) {
            case SubjectModel.Similarity similarity -> SimilarityScorer.open(model, similarity, files, settings);
            case SubjectModel.Likelihood likelihood -> LikelihoodScorer.open(model, likelihood, files, settings);
        };
    }

    /** The choice of the highest value, the first of equals, and how far it is ahead. */
    record Choice(int taken, double margin) {
        static Choice of(double[] values) {
            int taken = 0;
            for (int i = 1; i < values.length; i++) {
                if (values[i] > values[taken]) {
                    taken = i;
                }
            }
            double other = Double.NaN;
            for (int i = 0; i < values.length; i++) {
                if (i != taken && !(values[i] <= other)) {
                    other = values[i];
                }
            }
            return new Choice(taken, values[taken] - other);
        }

        Score score(String model, String benchmark, Datapoint item) {
            double score = item.answer() == null ? Double.NaN : item.answer() == taken ? 1 : 0;
            return new Score(benchmark, item.item(), model, score, Integer.toString(taken), margin);
        }
    }
}
