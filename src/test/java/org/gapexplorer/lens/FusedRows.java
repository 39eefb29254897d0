package org.gapexplorer.lens;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.PassThrough;
import org.gapexplorer.model.TokenBatch;
import org.gapexplorer.model.Tokens;

/** The fused graph over rows that are given, without a language model. */
final class FusedRows {
    private FusedRows() {}

    /** Activations of every concept, [rows][dSae]; all rows are tokens of one text. */
    static float[][] activations(Sae sae, float[][] rows, int opset) {
        int dSae = sae.config().dSae();
        OnnxGraph graph = LensGraph.chosen(PassThrough.model(sae.config().dIn(), opset), PassThrough.HIDDEN, sae);
        long[] all = LongStream.range(0, dSae).toArray();
        try (OnnxSession session = OnnxSession.open(graph, OnnxSession.Settings.CPU);
                OnnxSession.Outputs outputs = session.run(
                        tokens(rows.length),
                        Map.of(
                                PassThrough.ROWS, flat(rows),
                                LensGraph.WEIGHTS, weights(rows.length),
                                LensGraph.CONCEPTS, new OnnxSession.Input.Longs(LongBuffer.wrap(all), dSae)))) {
            FloatBuffer values = outputs.floats(LensGraph.ACTIVATIONS);
            float[][] activations = new float[rows.length][dSae];
            for (float[] row : activations) {
                values.get(row);
            }
            return activations;
        }
    }

    /** The concepts that fire on each row with their activations, spread out to [rows][dSae]. */
    static float[][] strongest(Sae sae, float[][] rows, int opset) {
        OnnxGraph graph = LensGraph.strongest(
                PassThrough.model(sae.config().dIn(), opset),
                PassThrough.HIDDEN,
                sae,
                sae.config().dSae());
        try (OnnxSession session = OnnxSession.open(graph, OnnxSession.Settings.CPU);
                OnnxSession.Outputs outputs = session.run(
                        tokens(rows.length),
                        Map.of(PassThrough.ROWS, flat(rows), LensGraph.WEIGHTS, weights(rows.length)))) {
            FloatBuffer values = outputs.floats(LensGraph.TOP_VALUES);
            var concepts = outputs.ints(LensGraph.TOP_CONCEPTS);
            int k = (int) outputs.shape(LensGraph.TOP_VALUES)[2];
            float[][] activations = new float[rows.length][sae.config().dSae()];
            for (float[] row : activations) {
                for (int i = 0; i < k; i++) {
                    row[concepts.get()] += values.get();
                }
            }
            return activations;
        }
    }

    /** As many tokens as rows; the graph asks for nothing of them. */
    static TokenBatch tokens(int n) {
        return new TokenBatch(
                List.of(new Tokens(new long[n], new int[n], new int[n], new boolean[n], false, new String[n])));
    }

    private static OnnxSession.Input flat(float[][] rows) {
        FloatBuffer flat = FloatBuffer.allocate(rows.length * rows[0].length);
        for (float[] row : rows) {
            flat.put(row);
        }
        return new OnnxSession.Input.Floats(flat.flip(), 1, rows.length, rows[0].length);
    }

    private static OnnxSession.Input weights(int tokens) {
        FloatBuffer weights = FloatBuffer.allocate(tokens);
        for (int t = 0; t < tokens; t++) {
            weights.put(t, 1f / tokens);
        }
        return new OnnxSession.Input.Floats(weights, 1, tokens);
    }
}
