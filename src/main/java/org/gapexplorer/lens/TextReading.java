package org.gapexplorer.lens;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.gapexplorer.model.Tokens;

/**
 * What a lens sees in one text, token by token and as a whole.
 *
 * @param tokens the tokens, special ones included
 * @param concepts those that fire, most salient first
 * @param saliency s_c(x) of each: the mean of its activation over the tokens that are not special
 * @param peak its highest activation
 * @param activations of each concept on each token, 0 where it does not fire
 */
public record TextReading(Tokens tokens, int[] concepts, float[] saliency, float[] peak, float[][] activations) {

    /** Sums up the readings of the tokens, all of which count. */
    static TextReading of(TokenReading reading) {
        Tokens tokens = reading.tokens();
        int counted = 0;
        Map<Integer, float[]> byConcept = new HashMap<>();
        for (int t = 0; t < reading.concepts().length; t++) {
            counted += tokens.special()[t] ? 0 : 1;
            for (int i = 0; i < reading.concepts()[t].length; i++) {
                byConcept.computeIfAbsent(reading.concepts()[t][i], c -> new float[tokens.length()])[t] =
                        reading.activations()[t][i];
            }
        }
        Map<Integer, Float> saliency = new HashMap<>();
        for (Map.Entry<Integer, float[]> entry : byConcept.entrySet()) {
            double sum = 0;
            for (float activation : entry.getValue()) {
                sum += activation;
            }
            saliency.put(entry.getKey(), (float) (sum / counted));
        }
        int[] concepts = byConcept.keySet().stream()
                .sorted(Comparator.comparing((Integer c) -> -saliency.get(c)).thenComparing(c -> c))
                .mapToInt(c -> c)
                .toArray();
        float[] saliencies = new float[concepts.length];
        float[] peaks = new float[concepts.length];
        float[][] activations = new float[concepts.length][];
        for (int i = 0; i < concepts.length; i++) {
            saliencies[i] = saliency.get(concepts[i]);
            activations[i] = byConcept.get(concepts[i]);
            float[] sorted = activations[i].clone();
            Arrays.sort(sorted);
            peaks[i] = sorted[sorted.length - 1];
        }
        return new TextReading(tokens, concepts, saliencies, peaks, activations);
    }
}
