package org.gapexplorer.lens;

import java.util.Arrays;
import org.gapexplorer.lens.SaeConfig.Architecture;

/** The lens by its definition: plain loops in double precision over the model's own hidden rows. */
final class Reference {
    /** z closer than this to the k-th largest, relative to it, may fall on either side in float32. */
    private static final double BORDER = 1e-5;

    private final Sae sae;

    Reference(Sae sae) {
        this.sae = sae;
    }

    /**
     * @param saliency s_c(x), by concept
     * @param peak by concept
     * @param border concepts that lay at the border of the top k, or at their threshold, on some counting token
     */
    record Result(double[] saliency, double[] peak, boolean[] border) {}

    Result of(float[][] rows, boolean[] counts) {
        int n = sae.config().dSae();
        Result result = new Result(new double[n], new double[n], new boolean[n]);
        int counted = 0;
        for (boolean count : counts) {
            counted += count ? 1 : 0;
        }
        for (int t = 0; t < rows.length; t++) {
            if (counts[t]) {
                double[] a = activations(rows[t], result.border);
                for (int c = 0; c < n; c++) {
                    result.saliency[c] += a[c] / counted;
                    result.peak[c] = Math.max(result.peak[c], a[c]);
                }
            }
        }
        return result;
    }

    /** @param border set where a concept lies at the border of what fires */
    double[] activations(float[] row, boolean[] border) {
        SaeConfig config = sae.config();
        double[] u = normalised(row);
        double[] z = new double[config.dSae()];
        for (int c = 0; c < z.length; c++) {
            z[c] = sae.bEnc()[c];
            for (int i = 0; i < config.dIn(); i++) {
                double x = u[i] - (config.applyBDecToInput() ? (double) sae.bDec()[i] : 0);
                z[c] += x * sae.wEnc()[i * config.dSae() + c];
            }
        }
        double[] a = new double[z.length];
        double[] cuts = cuts(z, border);
        for (int c = 0; c < z.length; c++) {
            boolean on = config.architecture().keepsK() ? z[c] >= cuts[c] : z[c] > cuts[c];
            double magnitude = config.architecture() != Architecture.GATED
                    ? z[c]
                    : (z[c] - sae.bEnc()[c]) * Math.exp(sae.magnitude().rMag()[c])
                            + sae.magnitude().bMag()[c];
            a[c] = on ? Math.max(magnitude, 0) : 0;
        }
        return a;
    }

    private double[] normalised(float[] row) {
        double mean = 0;
        double squares = 0;
        for (float x : row) {
            mean += x / (double) row.length;
            squares += (double) x * x;
        }
        double variance = 0;
        for (float x : row) {
            variance += (x - mean) * (x - mean) / (row.length - 1);
        }
        double[] u = new double[row.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = switch (sae.config().normalisation()) {
                case NONE -> row[i];
                case CONSTANT_NORM_RESCALE -> row[i] * Math.sqrt(row.length) / Math.sqrt(squares);
                case LAYER_NORM -> (row[i] - mean) / (Math.sqrt(variance) + 1e-5);
            };
        }
        return u;
    }

    /** What z must reach (where k are kept) or pass. */
    private double[] cuts(double[] z, boolean[] border) {
        double[] cuts = new double[z.length];
        int k = sae.config().k();
        switch (sae.config().architecture()) {
            case STANDARD -> Arrays.fill(cuts, Double.NEGATIVE_INFINITY);
            case GATED -> mark(z, cuts, border);
            case JUMPRELU -> {
                for (int c = 0; c < z.length; c++) {
                    cuts[c] = sae.threshold()[c];
                }
                mark(z, cuts, border);
            }
            case TOPK -> cutWithin(z, 0, z.length, k, cuts, border);
            case GROUPMAX -> {
                int size = z.length / k;
                for (int g = 0; g < k; g++) {
                    cutWithin(z, g * size, (g + 1) * size, 1, cuts, border);
                }
            }
        }
        return cuts;
    }

    private static void mark(double[] z, double[] cuts, boolean[] border) {
        for (int c = 0; c < z.length; c++) {
            border[c] |= near(z[c], cuts[c]);
        }
    }

    /** The k-th largest of a range; what lies next to it is at the border if more than k do. */
    private static void cutWithin(double[] z, int from, int to, int k, double[] cuts, boolean[] border) {
        double[] sorted = Arrays.copyOfRange(z, from, to);
        Arrays.sort(sorted);
        double cut = sorted[sorted.length - k];
        boolean tie = k < sorted.length && near(cut, sorted[sorted.length - k - 1]);
        for (int c = from; c < to; c++) {
            cuts[c] = cut;
            border[c] |= tie && near(z[c], cut);
        }
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= BORDER * Math.max(Math.abs(b), 1);
    }
}
