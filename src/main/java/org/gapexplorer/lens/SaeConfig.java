package org.gapexplorer.lens;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How an SAE's numbers are meant. Every format is read into this one form: with x a row of the residual stream,
 *
 * <pre>
 *   u = normalisation of x, less b_dec if applyBDecToInput   [dIn]
 *   z = u W_enc + b_enc                                      [dSae]
 *   a = what the architecture makes of z                     [dSae], never negative
 * </pre>
 *
 * <p>Constant factors (a scale of the input, the norms of the decoder's rows) are in the weights already.
 *
 * @param architecture how pre-activations become activations
 * @param dIn width of the layer it reads
 * @param dSae number of concepts
 * @param k activations kept per token (top-k and group-max only, else 0)
 * @param applyBDecToInput whether b_dec is subtracted from the input before encoding
 * @param normalisation what is done to each row first
 * @param modelName the model it was trained on, as its maker names it, or null
 * @param hookName the place in that model, as its maker names it, or null
 * @param origin for the record: what the file was and what was done to its numbers, name to value
 */
public record SaeConfig(
        Architecture architecture,
        int dIn,
        int dSae,
        int k,
        boolean applyBDecToInput,
        Normalisation normalisation,
        String modelName,
        String hookName,
        Map<String, String> origin) {

    /** Larger than any layer or dictionary there is. */
    static final int MAX_WIDTH = 1 << 24;

    public SaeConfig {
        origin = Collections.unmodifiableMap(new LinkedHashMap<>(origin));
    }

    /** An SAE that was made here. */
    public SaeConfig(
            Architecture architecture,
            int dIn,
            int dSae,
            int k,
            boolean applyBDecToInput,
            Normalisation normalisation,
            String modelName,
            String hookName) {
        this(architecture, dIn, dSae, k, applyBDecToInput, normalisation, modelName, hookName, Map.of());
    }

    /** With strict comparisons. */
    public enum Architecture {
        /** a = max(z, 0). */
        STANDARD,
        /** a = max(z, 0) where z &gt; threshold, else 0. BatchTopK SAEs are saved as this. */
        JUMPRELU,
        /** a = max(z, 0) for the k largest z of a token, of equal ones those that come first, else 0. */
        TOPK,
        /** a = max((z - b_enc) exp(r_mag) + b_mag, 0) where z &gt; 0, else 0. */
        GATED,
        /** a = max(z, 0) for the largest z of each of k groups of neighbouring concepts, else 0. */
        GROUPMAX;

        /** The name SAELens gives it; it has none for {@link #GROUPMAX}. */
        public String saelens() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether exactly k activations of a token are kept (some of them may be 0). */
        public boolean keepsK() {
            return this == TOPK || this == GROUPMAX;
        }
    }

    /** What is done to a row x of the residual stream, with d its width. The names are SAELens'. */
    public enum Normalisation {
        NONE,
        /** x sqrt(d) / ||x||. */
        CONSTANT_NORM_RESCALE,
        /** (x - mean) / (std + 1e-5), with the unbiased standard deviation. */
        LAYER_NORM;

        /** The name SAELens gives it. */
        public String saelens() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A top-k SAE with SAELens' defaults. */
    public static SaeConfig topK(int dIn, int dSae, int k, String modelName, String hookName) {
        return new SaeConfig(Architecture.TOPK, dIn, dSae, k, true, Normalisation.NONE, modelName, hookName);
    }

    /** The same, with a line more for the record. */
    SaeConfig noting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(origin);
        more.put(name, value);
        return new SaeConfig(architecture, dIn, dSae, k, applyBDecToInput, normalisation, modelName, hookName, more);
    }

    /** The same, with names where the file has none. */
    SaeConfig naming(String model, String hook) {
        return new SaeConfig(
                architecture,
                dIn,
                dSae,
                k,
                applyBDecToInput,
                normalisation,
                modelName == null ? model : modelName,
                hookName == null ? hook : hookName,
                origin);
    }
}
