package org.gapexplorer.model;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.gapexplorer.study.Problem;

/** The rows of one inner tensor of a model, [tokens][width], for any text. Close it when done. */
public final class HiddenStates implements AutoCloseable {
    private static final String FLOAT = "gapx_hidden";
    private static final int MAX_ITEMS = 64;
    private static final int MAX_BATCH_TOKENS = 2_048;

    private final OnnxSession session;
    private final String tensor;
    private final Batching batching;
    private final TextTokenizer tokenizer;
    private final int maxTokens;

    private HiddenStates(
            OnnxSession session, String tensor, Batching batching, TextTokenizer tokenizer, int maxTokens) {
        this.session = session;
        this.tensor = tensor;
        this.batching = batching;
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
    }

    /**
     * What one text gave.
     *
     * @param tokens its tokens, special ones included
     * @param values [tokens][width], one row per token
     */
    public record Rows(Tokens tokens, float[][] values) {}

    /**
     * Opens a model down to one tensor; what lies above it is cut away.
     *
     * @param tensor the name of a tensor of shape [texts, tokens, width]; see {@link Residual}
     * @param tokenizer stays the caller's to close
     * @param maxTokens tokens kept of each text, special ones included
     * @throws Problem if the model computes no such tensor
     */
    public static HiddenStates open(
            OnnxGraph model, String tensor, TextTokenizer tokenizer, int maxTokens, OnnxSession.Settings settings) {
        OnnxGraph pruned = model.prunedTo(List.of(tensor));
        GraphEditor asFloat = new GraphEditor(pruned);
        asFloat.named(FLOAT, asFloat.toFloat("hidden_float", tensor));
        return new HiddenStates(
                OnnxSession.open(asFloat.build(List.of(FLOAT)), settings),
                FLOAT,
                pruned.batching(),
                tokenizer,
                maxTokens);
    }

    /** The rows of each text, in the order given. Holds them all: for many texts use {@link #forEach}. */
    public List<Rows> of(List<String> texts) {
        Rows[] rows = new Rows[texts.size()];
        forEach(texts, (row, index) -> rows[index] = row);
        return List.of(rows);
    }

    /** Hands on each text's rows with its index in {@code texts}, in the order of the batches (longest texts first). */
    public void forEach(List<String> texts, ObjIntConsumer<Rows> consumer) {
        List<Tokens> tokens = tokenizer.encode(texts, maxTokens);
        int[] lengths = tokens.stream().mapToInt(Tokens::length).toArray();
        for (int[] batch : LengthBatches.plan(lengths, batching, MAX_ITEMS, MAX_BATCH_TOKENS)) {
            List<Tokens> members = new ArrayList<>();
            for (int index : batch) {
                members.add(tokens.get(index));
            }
            List<Rows> rows = run(new TokenBatch(members));
            for (int i = 0; i < batch.length; i++) {
                consumer.accept(rows.get(i), batch[i]);
            }
        }
    }

    private List<Rows> run(TokenBatch batch) {
        if (batch.length() == 0) {
            return batch.texts().stream()
                    .map(tokens -> new Rows(tokens, new float[0][]))
                    .toList();
        }
        try (OnnxSession.Outputs outputs = session.run(batch, Map.of())) {
            long[] shape = outputs.shape(tensor);
            if (shape.length != 3 || shape[0] != batch.size() || shape[1] != batch.length()) {
                throw new Problem(
                        tensor,
                        "has the shape " + Arrays.toString(shape) + " where [" + batch.size() + ", " + batch.length()
                                + ", width] was expected",
                        "name a tensor that has one row per token");
            }
            return rows(batch, outputs.floats(tensor), (int) shape[2]);
        }
    }

    private static List<Rows> rows(TokenBatch batch, FloatBuffer values, int width) {
        List<Rows> all = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            Tokens tokens = batch.texts().get(row);
            float[][] matrix = new float[tokens.length()][width];
            for (int t = 0; t < matrix.length; t++) {
                values.get((row * batch.length() + t) * width, matrix[t]);
            }
            all.add(new Rows(tokens, matrix));
        }
        return all;
    }

    @Override
    public void close() {
        session.close();
    }
}
