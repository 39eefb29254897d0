package org.gapexplorer.model;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gapexplorer.study.Problem;

/**
 * Text to a sentence vector of length 1, by a sentence encoder's last hidden state. Close it when done.
 *
 * <p>A dynamically quantised model scales its activations by the whole batch's range, so a text's vector would depend on
 * its company: such a model gets one text a batch.
 */
public final class Embedder implements AutoCloseable {
    private static final int MAX_ITEMS = 64;
    private static final int MAX_BATCH_TOKENS = 2_048;
    private static final String LAST_HIDDEN_STATE = "last_hidden_state";

    private final OnnxSession session;
    private final String output;
    private final TextTokenizer tokenizer;
    private final Spec spec;

    private Embedder(OnnxSession session, String output, TextTokenizer tokenizer, Spec spec) {
        this.session = session;
        this.output = output;
        this.tokenizer = tokenizer;
        this.spec = spec;
    }

    /** How token rows become one vector. */
    public enum Pooling {
        /** The mean over all tokens, special ones included, as sentence-transformers does. */
        MEAN,
        /** The first token's row. */
        CLS;

        /** Reads {@code mean} or {@code cls}. */
        public static Pooling parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "mean" -> MEAN;
                case "cls" -> CLS;
                default -> throw new Problem("pooling", "'" + text + "' is not known", "say mean or cls");
            };
        }
    }

    /**
     * What the model's card prescribes.
     *
     * @param pooling how rows become a vector
     * @param maxTokens tokens kept of each text, special ones included
     * @param quantised dynamically quantised: one text a batch
     */
    public record Spec(Pooling pooling, int maxTokens, boolean quantised) {}

    /**
     * Opens a sentence encoder.
     *
     * @param tokenizer stays the caller's to close
     */
    public static Embedder open(OnnxGraph model, TextTokenizer tokenizer, Spec spec, OnnxSession.Settings settings) {
        List<String> outputs = model.outputs();
        boolean quantised = spec.quantised() || model.quantisesWhileRunning();
        Spec effective = new Spec(spec.pooling(), spec.maxTokens(), quantised);
        String output = outputs.contains(LAST_HIDDEN_STATE) ? LAST_HIDDEN_STATE : outputs.getFirst();
        return new Embedder(OnnxSession.open(model.prunedTo(List.of(output)), settings), output, tokenizer, effective);
    }

    /**
     * The vectors of some texts.
     *
     * @param prefix put before each text ({@code "query: "} for some models), or empty
     * @return [texts][width], each row of Euclidean length 1, in the order given
     */
    public float[][] embed(String prefix, List<String> texts) {
        List<String> prefixed = texts.stream().map(text -> prefix + text).toList();
        List<Tokens> tokens = tokenizer.encode(prefixed, spec.maxTokens());
        int[] lengths = tokens.stream().mapToInt(Tokens::length).toArray();
        float[][] vectors = new float[texts.size()][];
        for (int[] batch : LengthBatches.plan(lengths, spec.quantised() ? 1 : MAX_ITEMS, MAX_BATCH_TOKENS)) {
            List<Tokens> members = new ArrayList<>();
            for (int index : batch) {
                members.add(tokens.get(index));
            }
            float[][] pooled = run(new TokenBatch(members));
            for (int i = 0; i < batch.length; i++) {
                vectors[batch[i]] = pooled[i];
            }
        }
        return vectors;
    }

    private float[][] run(TokenBatch batch) {
        try (OnnxSession.Outputs outputs = session.run(batch, Map.of())) {
            long[] shape = outputs.shape(output);
            if (shape.length != 3) {
                throw new Problem(
                        "output " + output,
                        "has the shape " + Arrays.toString(shape) + " where one row per token was expected",
                        "use an export whose first output is the last hidden state");
            }
            FloatBuffer values = outputs.floats(output);
            float[][] vectors = new float[batch.size()][];
            for (int row = 0; row < vectors.length; row++) {
                int tokens = spec.pooling() == Pooling.CLS
                        ? 1
                        : batch.texts().get(row).length();
                vectors[row] = mean(values, row * batch.length(), tokens, (int) shape[2]);
            }
            return vectors;
        }
    }

    private float[] mean(FloatBuffer values, int firstRow, int rows, int width) {
        double[] sum = new double[width];
        for (int r = 0; r < rows; r++) {
            int at = (firstRow + r) * width;
            for (int i = 0; i < width; i++) {
                sum[i] += values.get(at + i);
            }
        }
        double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
        if (!Double.isFinite(norm)) {
            throw new Problem("output " + output, "holds values that are not numbers", "check the model file");
        }
        float[] vector = new float[width];
        for (int i = 0; i < width; i++) {
            vector[i] = norm == 0 ? 0 : (float) (sum[i] / norm);
        }
        return vector;
    }

    @Override
    public void close() {
        session.close();
    }
}
