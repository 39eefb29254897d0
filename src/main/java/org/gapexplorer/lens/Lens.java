package org.gapexplorer.lens;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.gapexplorer.model.Batching;
import org.gapexplorer.model.LengthBatches;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.TokenBatch;
import org.gapexplorer.model.Tokens;
import org.gapexplorer.study.Problem;

/**
 * A model's layer read through an SAE: text in, concepts out. Graphs are opened when first needed. Safe for use by
 * several threads; close it when done (the tokenizer stays the caller's to close).
 *
 * <p>A text's numbers depend in their last digits on the batch it is in; the batches depend on the lengths of all texts
 * of a call, the SAE's size and nothing else.
 */
public final class Lens implements AutoCloseable {
    /** Concepts kept per token by {@link #tokenReadings} where the SAE itself sets no limit. */
    public static final int STRONGEST_PER_TOKEN = 64;

    private static final int MAX_ITEMS = 32;
    private static final int MAX_BATCH_TOKENS = 1_024;
    /** Activations of one batch at most: 4 bytes each, in about three arrays at a time. */
    private static final int MAX_BATCH_ACTIVATIONS = 1 << 24;

    private final OnnxGraph model;
    private final String tensor;
    private final Sae sae;
    private final TextTokenizer tokenizer;
    private final int maxTokens;
    private final OnnxSession.Settings settings;
    private final Batching batching;
    private final Map<Kind, OnnxSession> sessions = new EnumMap<>(Kind.class);

    private enum Kind {
        SALIENCY,
        CHOSEN,
        STRONGEST
    }

    private Lens(
            OnnxGraph model,
            String tensor,
            Sae sae,
            TextTokenizer tokenizer,
            int maxTokens,
            OnnxSession.Settings settings) {
        this.model = model;
        this.tensor = tensor;
        this.sae = sae;
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
        this.settings = settings;
        this.batching = model.batching();
    }

    /**
     * Opens a lens.
     *
     * @param tensor the residual tensor in the model, of shape [texts, tokens, width]; {@code Residual} finds it
     * @param maxTokens tokens read of each text, special ones included
     * @throws Problem if the SAE does not fit the tensor; the message names both
     */
    public static Lens open(
            OnnxGraph model,
            String tensor,
            Sae sae,
            TextTokenizer tokenizer,
            int maxTokens,
            OnnxSession.Settings settings) {
        OnnxGraph pruned = model.prunedTo(List.of(tensor));
        LensGraph.requireWidth(pruned, tensor, sae);
        return new Lens(pruned, tensor, sae, tokenizer, maxTokens, settings);
    }

    /** The model up to the residual tensor. */
    OnnxGraph model() {
        return model;
    }

    /** The residual tensor. */
    String tensor() {
        return tensor;
    }

    /** Number of concepts in the dictionary. */
    public int concepts() {
        return sae.config().dSae();
    }

    /** The SAE it reads with. */
    public Sae sae() {
        return sae;
    }

    /** Tokens read of each text, special ones included. */
    public int maxTokens() {
        return maxTokens;
    }

    /** Time spent inside ONNX Runtime so far, in nanoseconds. */
    public synchronized long graphNanos() {
        return sessions.values().stream().mapToLong(OnnxSession::graphNanos).sum();
    }

    /** The tokens of each text as the lens reads them. */
    public List<Tokens> tokenize(List<String> texts) {
        return tokenizer.encode(texts, maxTokens);
    }

    /** The batches in which the texts are read, as indices, longest texts first. */
    public List<int[]> plan(List<Tokens> texts) {
        int[] lengths = texts.stream().mapToInt(Tokens::length).toArray();
        int fitting = Math.max(1, MAX_BATCH_ACTIVATIONS / concepts());
        return LengthBatches.plan(lengths, batching, MAX_ITEMS, Math.min(MAX_BATCH_TOKENS, fitting));
    }

    /** What the lens sees in each text, in the order given. */
    public List<Reading> read(List<CountedText> texts) {
        List<Tokens> tokens = tokenize(texts.stream().map(CountedText::text).toList());
        Reading[] readings = new Reading[texts.size()];
        for (int[] batch : plan(tokens)) {
            List<Reading> some = readBatch(members(texts, batch), members(tokens, batch));
            for (int i = 0; i < batch.length; i++) {
                readings[batch[i]] = some.get(i);
            }
        }
        return List.of(readings);
    }

    /**
     * What the lens sees in each text of one batch, in one run of the graph.
     *
     * @param tokens the texts' tokens, from {@link #tokenize}
     */
    public List<Reading> readBatch(List<CountedText> texts, List<Tokens> tokens) {
        TokenBatch batch = new TokenBatch(tokens);
        if (batch.length() == 0) {
            return tokens.stream().map(t -> empty(t.truncated())).toList();
        }
        FloatBuffer weights = floats(batch.size() * batch.length());
        int[] counted = new int[texts.size()];
        for (int row = 0; row < texts.size(); row++) {
            boolean[] counts = texts.get(row).counts(tokens.get(row));
            counted[row] = spread(counts, weights, row * batch.length());
        }
        try (OnnxSession.Outputs outputs = run(Kind.SALIENCY, batch, weights, null)) {
            FloatBuffer saliency = outputs.floats(LensGraph.SALIENCY);
            FloatBuffer peak = outputs.floats(LensGraph.PEAK);
            IntBuffer peakToken = outputs.ints(LensGraph.PEAK_TOKEN);
            List<Reading> readings = new ArrayList<>();
            for (int row = 0; row < texts.size(); row++) {
                boolean truncated = tokens.get(row).truncated();
                readings.add(reading(row * concepts(), saliency, peak, peakToken, counted[row], truncated));
            }
            return readings;
        }
    }

    private static Reading empty(boolean truncated) {
        return new Reading(new int[0], new float[0], new float[0], new int[0], 0, truncated);
    }

    /** Writes 1/T(x) for each token that counts and returns T(x). */
    private static int spread(boolean[] counts, FloatBuffer weights, int at) {
        int counted = 0;
        for (boolean count : counts) {
            counted += count ? 1 : 0;
        }
        for (int t = 0; t < counts.length; t++) {
            if (counts[t]) {
                weights.put(at + t, 1f / counted);
            }
        }
        return counted;
    }

    private Reading reading(
            int at, FloatBuffer saliency, FloatBuffer peak, IntBuffer peakToken, int counted, boolean truncated) {
        int[] concepts = new int[concepts()];
        int n = 0;
        for (int c = 0; c < concepts.length; c++) {
            float value = saliency.get(at + c);
            if (value > 0) {
                concepts[n++] = c;
            }
            if (!(value < Float.POSITIVE_INFINITY)) {
                throw notFinite("the saliency of concept " + c);
            }
        }
        concepts = Arrays.copyOf(concepts, n);
        Reading reading = new Reading(concepts, new float[n], new float[n], new int[n], counted, truncated);
        for (int i = 0; i < n; i++) {
            reading.saliency()[i] = saliency.get(at + concepts[i]);
            reading.peak()[i] = peak.get(at + concepts[i]);
            reading.peakToken()[i] = peakToken.get(at + concepts[i]);
        }
        return reading;
    }

    /**
     * Activations of chosen concepts on every token of some texts.
     *
     * @param concepts the concepts wanted, from 0
     * @return for each text [tokens][concepts]; special tokens have 0
     */
    public List<float[][]> activations(List<Tokens> texts, int[] concepts) {
        float[][][] all = new float[texts.size()][][];
        for (int[] members : plan(texts)) {
            TokenBatch batch = new TokenBatch(members(texts, members));
            if (batch.length() == 0) {
                Arrays.stream(members).forEach(i -> all[i] = new float[0][]);
                continue;
            }
            try (OnnxSession.Outputs outputs = run(Kind.CHOSEN, batch, allTokens(batch), concepts)) {
                FloatBuffer values = outputs.floats(LensGraph.ACTIVATIONS);
                for (int i = 0; i < members.length; i++) {
                    float[][] rows = new float[texts.get(members[i]).length()][concepts.length];
                    for (int t = 0; t < rows.length; t++) {
                        values.get((i * batch.length() + t) * concepts.length, rows[t]);
                    }
                    all[members[i]] = rows;
                }
            }
        }
        return List.of(all);
    }

    /**
     * The concepts that fire on each token of each text: all of them for a top-k SAE, else the {@value
     * #STRONGEST_PER_TOKEN} strongest. Handed on with the text's index, batch by batch, longest texts first.
     */
    public void tokenReadings(List<String> texts, ObjIntConsumer<TokenReading> consumer) {
        List<Tokens> tokens = tokenize(texts);
        for (int[] members : plan(tokens)) {
            TokenBatch batch = new TokenBatch(members(tokens, members));
            if (batch.length() == 0) {
                Arrays.stream(members).forEach(i -> consumer.accept(TokenReading.empty(tokens.get(i)), i));
                continue;
            }
            try (OnnxSession.Outputs outputs = run(Kind.STRONGEST, batch, allTokens(batch), null)) {
                FloatBuffer values = outputs.floats(LensGraph.TOP_VALUES);
                IntBuffer concepts = outputs.ints(LensGraph.TOP_CONCEPTS);
                int k = (int) outputs.shape(LensGraph.TOP_VALUES)[2];
                for (int i = 0; i < members.length; i++) {
                    consumer.accept(
                            tokenReading(tokens.get(members[i]), i * batch.length(), k, values, concepts), members[i]);
                }
            }
        }
    }

    /** What it sees in one text, all of which counts; of a token the concepts that {@link #tokenReadings} gives. */
    public TextReading read(String text) {
        TextReading[] reading = new TextReading[1];
        tokenReadings(List.of(text), (tokens, i) -> reading[0] = TextReading.of(tokens));
        return reading[0];
    }

    private static TokenReading tokenReading(Tokens tokens, int row, int k, FloatBuffer values, IntBuffer concepts) {
        int[][] fired = new int[tokens.length()][];
        float[][] activations = new float[tokens.length()][];
        for (int t = 0; t < fired.length; t++) {
            int[] some = new int[k];
            float[] strengths = new float[k];
            int n = 0;
            for (int at = (row + t) * k; at < (row + t + 1) * k; at++) {
                if (values.get(at) > 0) {
                    some[n] = concepts.get(at);
                    strengths[n++] = values.get(at);
                }
            }
            fired[t] = Arrays.copyOf(some, n);
            activations[t] = Arrays.copyOf(strengths, n);
        }
        return new TokenReading(tokens, fired, activations);
    }

    private static FloatBuffer allTokens(TokenBatch batch) {
        FloatBuffer weights = floats(batch.size() * batch.length());
        for (int row = 0; row < batch.size(); row++) {
            Tokens tokens = batch.texts().get(row);
            spread(CountedText.all("").counts(tokens), weights, row * batch.length());
        }
        return weights;
    }

    private OnnxSession.Outputs run(Kind kind, TokenBatch batch, FloatBuffer weights, int[] concepts) {
        Map<String, OnnxSession.Input> inputs = new HashMap<>();
        inputs.put(LensGraph.WEIGHTS, new OnnxSession.Input.Floats(weights, batch.size(), batch.length()));
        if (concepts != null) {
            long[] numbers = Arrays.stream(concepts).asLongStream().toArray();
            inputs.put(LensGraph.CONCEPTS, new OnnxSession.Input.Longs(LongBuffer.wrap(numbers), numbers.length));
        }
        OnnxSession.Outputs outputs = session(kind).run(batch, inputs);
        FloatBuffer mean = outputs.floats(LensGraph.MEAN_RESIDUAL);
        while (mean.hasRemaining()) {
            if (!Float.isFinite(mean.get())) {
                outputs.close();
                throw notFinite("the residual stream at " + tensor);
            }
        }
        return outputs;
    }

    private Problem notFinite(String what) {
        return new Problem(
                model.where(),
                what + " is not a finite number for some text",
                "check the model file and the SAE, or use weights in float32");
    }

    private synchronized OnnxSession session(Kind kind) {
        return sessions.computeIfAbsent(kind, k -> OnnxSession.open(graph(k), settings));
    }

    private OnnxGraph graph(Kind kind) {
        return switch (kind) {
            case SALIENCY -> LensGraph.saliency(model, tensor, sae);
            case CHOSEN -> LensGraph.chosen(model, tensor, sae);
            case STRONGEST -> LensGraph.strongest(model, tensor, sae, STRONGEST_PER_TOKEN);
        };
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static <T> List<T> members(List<T> all, int[] indices) {
        return Arrays.stream(indices).mapToObj(all::get).toList();
    }

    @Override
    public synchronized void close() {
        sessions.values().forEach(OnnxSession::close);
        sessions.clear();
    }
}
