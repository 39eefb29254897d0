package org.gapexplorer.study;

import java.util.List;
import java.util.Map;

/**
 * A model whose answers are scored: by letting it answer, or from logs of scores it already has.
 *
 * @param id short name
 * @param title name to show
 * @param licence the model's
 * @param byDefault whether a run scores it unless all models are asked for
 * @param answers how it answers; null where it only has logs
 * @param logs scores on record
 */
public record SubjectModel(
        String id, String title, String licence, boolean byDefault, Answering answers, List<ScoreLog> logs) {

    /** How token vectors become one sentence vector. */
    public enum Pooling {
        MEAN,
        CLS
    }

    /** How a model that is at hand answers multiple choice. */
    public sealed interface Answering {
        /** The ONNX file. */
        SourceRef model();

        /** Files of its weights that do not lie beside it. */
        List<SourceRef> modelData();

        /** Its tokenizer.json. */
        SourceRef tokenizer();

        /** Its tokenizer_config.json, which may say whether a text begins with BOS; null for none. */
        SourceRef tokenizerConfig();
    }

    /**
     * A decoder that picks the choice it finds most likely to continue the context, as lm-evaluation-harness lets it.
     *
     * @param maxTokens longest text it reads; the beginning of a longer one is cut off
     * @param normalise what the choices' log-likelihoods are divided by before they are compared
     * @param context what the choices continue
     * @param delimiter what stands between context and choice
     * @param benchmarks those it answers; empty: all of kind suite
     */
    public record Likelihood(
            SourceRef model,
            List<SourceRef> modelData,
            SourceRef tokenizer,
            SourceRef tokenizerConfig,
            int maxTokens,
            Normalise normalise,
            PromptTemplate context,
            String delimiter,
            List<String> benchmarks)
            implements Answering {}

    /** What a log-likelihood is divided by. */
    public enum Normalise {
        /** The choice's length in characters (code points): acc_norm. */
        LENGTH,
        /** Nothing: acc. */
        NONE
    }

    /**
     * An embedding model that picks the choice most similar to the question (cosine).
     *
     * @param queryPrefix put before a question, as the model's card prescribes; passagePrefix before a choice
     * @param maxTokens longest text it reads
     * @param quantised whether it is dynamically quantised, so that its numbers would change with the batch
     */
    public record Similarity(
            SourceRef model,
            List<SourceRef> modelData,
            SourceRef tokenizer,
            SourceRef tokenizerConfig,
            Pooling pooling,
            String queryPrefix,
            String passagePrefix,
            int maxTokens,
            boolean quantised)
            implements Answering {}

    /**
     * Scores on record for one benchmark.
     *
     * @param files name to sources; the SQL sees each name as a variable holding the fetched paths
     * @param format who wrote them; null where that is to be told from the files
     * @param sql yields item, score and, if known, answer and margin; null for every format but query
     */
    public record ScoreLog(
            String benchmark, Map<String, List<SourceRef>> files, String format, String sql, Reading reading) {}

    /**
     * Which of the numbers in a log are meant, and what they mean; null where a log leaves no choice.
     *
     * @param metric the metric, where items have several
     * @param filter which way of reading the answers, or which perturbation, where there are several
     * @param scorer the scorer, where there are several
     * @param detector the detector, where there are several
     * @param match how the log's entries name items; null: whatever tells
     * @param range the worst and the best value, for scores that do not run from 0 to 1
     * @param invert whether a low value is a good one
     */
    public record Reading(
            String metric,
            String filter,
            String scorer,
            String detector,
            Match match,
            List<Double> range,
            boolean invert) {
        /** Nothing said. */
        public static final Reading PLAIN = new Reading(null, null, null, null, null, null, false);
    }

    /** How an entry of a log says which item it is about. */
    public enum Match {
        ID,
        HASH,
        TEXT
    }
}
