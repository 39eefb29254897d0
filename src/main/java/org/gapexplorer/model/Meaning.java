package org.gapexplorer.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.gapexplorer.study.Progress;

/**
 * What a short text means, as a vector of length 1: two texts mean alike where the product of their vectors is near 1. By
 * the sentence encoder that is packed with the application (all-MiniLM-L6-v2, quantised), so labels and questions of any
 * study are compared in the same way, whatever its lens. Safe for several threads; close it when done.
 */
public final class Meaning implements AutoCloseable {
    /** Numbers in a vector. */
    public static final int WIDTH = 384;

    private static final String MODEL = "all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";
    /** Tokens read of a text; labels and questions are shorter, scopes a little longer. */
    private static final int MAX_TOKENS = 128;

    private final TextTokenizer tokenizer;
    private final Embedder embedder;

    private Meaning(TextTokenizer tokenizer, Embedder embedder) {
        this.tokenizer = tokenizer;
        this.embedder = embedder;
    }

    /** Opens the encoder; takes about half a second. */
    public static Meaning open() {
        TextTokenizer tokenizer = TextTokenizer.load(packed(TOKENIZER), TOKENIZER);
        Embedder embedder = Embedder.open(
                OnnxGraph.load(packed(MODEL), MODEL),
                tokenizer,
                new Embedder.Spec(Embedder.Pooling.MEAN, MAX_TOKENS, true),
                // texts are short: many at once, each on one core
                new OnnxSession.Settings(Device.CPU, 1));
        return new Meaning(tokenizer, embedder);
    }

    /** The vector of one text, of {@value WIDTH} numbers. */
    public float[] of(String text) {
        return embedder.embed("", List.of(text))[0];
    }

    /** The vectors of some texts, in their order: one text a batch, so that each is what {@link #of} gives. */
    public float[][] of(List<String> texts, String what, Progress progress) {
        float[][] vectors = new float[texts.size()][];
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, vectors.length).parallel().forEach(i -> {
            vectors[i] = of(texts.get(i));
            progress.step(what, done.incrementAndGet(), vectors.length, "texts");
        });
        return vectors;
    }

    @Override
    public void close() {
        embedder.close();
        tokenizer.close();
    }

    private static byte[] packed(String name) {
        try (InputStream in = Meaning.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not packed with the application");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read from the application", e);
        }
    }
}
