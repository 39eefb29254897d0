package org.gapexplorer.lens;

import java.util.Random;
import org.gapexplorer.lens.SaeConfig.Architecture;

/** SAEs with seeded random weights: right shape, no meaning. */
public final class RandomSae {
    private RandomSae() {}

    /** Unit-length encoder columns and decoder rows, small biases, thresholds about one standard deviation up. */
    public static Sae of(SaeConfig config, long seed) {
        Random random = new Random(seed);
        int dIn = config.dIn();
        int dSae = config.dSae();
        double scale = 1 / Math.sqrt(dIn);
        return new Sae(
                config,
                gaussian(random, dIn * dSae, scale),
                gaussian(random, dSae, 0.01),
                gaussian(random, dSae * dIn, 2 * scale),
                gaussian(random, dIn, 0.02),
                config.architecture() == Architecture.JUMPRELU ? shifted(gaussian(random, dSae, 0.1), 0.5f) : null,
                config.architecture() == Architecture.GATED
                        ? new Sae.Magnitude(gaussian(random, dSae, 0.5), gaussian(random, dSae, 0.2))
                        : null);
    }

    private static float[] gaussian(Random random, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    private static float[] shifted(float[] values, float by) {
        for (int i = 0; i < values.length; i++) {
            values[i] += by;
        }
        return values;
    }
}
