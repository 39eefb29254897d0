package org.gapexplorer.lens;

import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.study.Problem;

/**
 * A sparse autoencoder's weights. Arrays are the record's own and not copied.
 *
 * @param config how the numbers are meant
 * @param wEnc [dIn][dSae] row-major, so {@code wEnc[i * dSae + c]}
 * @param bEnc [dSae]; of a gated SAE the gate's bias
 * @param wDec [dSae][dIn] row-major: concept c's direction is at {@code wDec[c * dIn]}
 * @param bDec [dIn]
 * @param threshold [dSae] for JumpReLU, else null
 * @param magnitude for a gated SAE, else null
 */
public record Sae(
        SaeConfig config,
        float[] wEnc,
        float[] bEnc,
        float[] wDec,
        float[] bDec,
        float[] threshold,
        Magnitude magnitude) {

    /**
     * How a gated SAE tells magnitudes from its gate's weights.
     *
     * @param rMag [dSae]: logarithms of the factors
     * @param bMag [dSae]
     */
    public record Magnitude(float[] rMag, float[] bMag) {}

    /** Checks every length against the configuration. */
    public Sae {
        int dIn = config.dIn();
        int dSae = config.dSae();
        requireLength("W_enc", wEnc, (long) dIn * dSae);
        requireLength("b_enc", bEnc, dSae);
        requireLength("W_dec", wDec, (long) dSae * dIn);
        requireLength("b_dec", bDec, dIn);
        if (config.architecture() == Architecture.JUMPRELU) {
            requireLength("threshold", threshold, dSae);
        }
        if (config.architecture() == Architecture.GATED) {
            requireLength("r_mag", magnitude == null ? null : magnitude.rMag(), dSae);
            requireLength("b_mag", magnitude == null ? null : magnitude.bMag(), dSae);
        }
    }

    /** An SAE that is not gated. */
    public Sae(SaeConfig config, float[] wEnc, float[] bEnc, float[] wDec, float[] bDec, float[] threshold) {
        this(config, wEnc, bEnc, wDec, bDec, threshold, null);
    }

    private static void requireLength(String name, float[] values, long expected) {
        if (values == null || values.length != expected) {
            throw new Problem(
                    "SAE tensor " + name,
                    "holds " + (values == null ? "nothing" : values.length + " numbers") + " where " + expected
                            + " were expected",
                    "use weights that fit their configuration");
        }
    }

    /** Bytes of encoder and decoder. */
    long bytes() {
        return 2L * config.dIn() * config.dSae() * Float.BYTES;
    }

    /** The same weights, meant otherwise. */
    Sae with(SaeConfig other) {
        return new Sae(other, wEnc, bEnc, wDec, bDec, threshold, magnitude);
    }

    /** The Euclidean length of each concept's decoder row, [dSae]. */
    public float[] decoderNorms() {
        float[] norms = new float[config.dSae()];
        for (int c = 0; c < norms.length; c++) {
            double sum = 0;
            for (int i = 0; i < config.dIn(); i++) {
                double w = wDec[c * config.dIn() + i];
                sum += w * w;
            }
            norms[c] = (float) Math.sqrt(sum);
        }
        return norms;
    }

    /**
     * For an SAE that was trained on s x: makes it read x. Changes the arrays in place, as W_enc may be gigabytes.
     * W_dec and b_dec shrink by s with it, so that x, not s x, is rebuilt.
     */
    Sae readingUnscaled(float s) {
        scale(wEnc, s);
        scale(wDec, 1 / s);
        scale(bDec, 1 / s);
        return this;
    }

    /**
     * Multiplies every z by the norm of its concept's decoder row and makes these rows unit vectors, in place: what is
     * rebuilt stays the same. Thresholds stay: they are compared with the larger z.
     */
    Sae withUnitDecoder() {
        float[] norms = decoderNorms();
        int dIn = config.dIn();
        for (int c = 0; c < norms.length; c++) {
            for (int i = 0; i < dIn && norms[c] > 0; i++) {
                wDec[c * dIn + i] /= norms[c];
            }
        }
        for (int i = 0; i < dIn; i++) {
            times(wEnc, i * norms.length, norms);
        }
        times(bEnc, 0, norms);
        if (magnitude != null) {
            times(magnitude.bMag(), 0, norms);
        }
        return this;
    }

    /**
     * Multiplies activations by the norms of the decoder's rows and makes these unit vectors, in place: the same concepts
     * fire, and each counts by how far it moves the residual stream. SAELens calls it folding.
     */
    Sae withDecoderNormsFolded() {
        if (config.architecture().keepsK()) {
            throw new Problem(
                    "lens.sae, fold_decoder_norm",
                    "would change which concepts a " + config.architecture().saelens() + " SAE keeps",
                    "leave fold_decoder_norm out");
        }
        if (threshold != null) {
            times(threshold, 0, decoderNorms());
        }
        return withUnitDecoder();
    }

    private static void scale(float[] values, float by) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= by;
        }
    }

    private static void times(float[] values, int from, float[] factors) {
        for (int i = 0; i < factors.length; i++) {
            values[from + i] *= factors[i];
        }
    }
}
