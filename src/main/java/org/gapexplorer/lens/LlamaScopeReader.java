package org.gapexplorer.lens;

import java.nio.file.Path;
import java.util.Arrays;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SaeSettings;

/**
 * Llama Scope, in its two forms. Both were trained on s x with s = sqrt(d) / the mean norm of x over a data set.
 *
 * <ul>
 *   <li>{@code hyperparams.json} and {@code checkpoints/final.safetensors} (Llama Scope): z = W x + b / s, times the norm of
 *       the concept's decoder row where the file says so, against one threshold for all.
 *   <li>{@code config.json} and {@code sae_weights.safetensors} (Llama Scope R1): z = s W x + b, kept where z (times that
 *       norm) exceeds the concept's own threshold; s may lie with the weights.
 * </ul>
 */
final class LlamaScopeReader {
    static final String CONFIG = "hyperparams.json";
    static final String WEIGHTS = "checkpoints/final.safetensors";
    static final String SECOND_CONFIG = "config.json";

    private LlamaScopeReader() {}

    static Sae first(Path folder) {
        ConfigJson json = checked(ConfigJson.read(folder.resolve(CONFIG)));
        int dIn = json.positive("d_model", SaeConfig.MAX_WIDTH);
        int dSae = json.positive("d_sae", SaeConfig.MAX_WIDTH);
        double s = Math.sqrt(dIn) / json.in("dataset_average_activation_norm").factor("in");
        float[] threshold = new float[dSae];
        Arrays.fill(threshold, (float) json.factor("jump_relu_threshold"));
        SaeConfig config =
                config(json, dIn, dSae).noting("scaling factor", s + ", from " + CONFIG + ", folded into the weights");
        try (Safetensors weights = Safetensors.open(folder.resolve(WEIGHTS))) {
            Sae sae = sae(config, weights, threshold);
            over(sae.bEnc(), s);
            over(sae.bDec(), s);
            return normed(json)
                    ? sae.withUnitDecoder()
                            .with(config.noting(
                                    "decoder norms", "multiplied into the activations, as " + CONFIG + " says"))
                    : sae;
        }
    }

    static Sae second(Path folder, SaeSettings settings) {
        ConfigJson json = checked(ConfigJson.read(folder.resolve(SECOND_CONFIG)));
        int dIn = json.positive("d_model", SaeConfig.MAX_WIDTH);
        int dSae = json.has("d_sae")
                ? json.positive("d_sae", SaeConfig.MAX_WIDTH)
                : dIn * json.positive("expansion_factor", SaeConfig.MAX_WIDTH / dIn);
        SaeConfig config = config(json, dIn, dSae);
        try (Safetensors weights = Safetensors.open(folder.resolve(SaeFile.WEIGHTS))) {
            float[] threshold = weights.vector("log_jumprelu_threshold", dSae);
            for (int c = 0; c < dSae; c++) {
                threshold[c] = (float) Math.exp(threshold[c]);
            }
            Sae sae = sae(config, weights, threshold);
            if (normed(json)) {
                float[] norms = sae.decoderNorms();
                for (int c = 0; c < dSae; c++) {
                    // z |W_dec| > t; a row of zeros never passes
                    threshold[c] = norms[c] > 0 ? threshold[c] / norms[c] : Float.MAX_VALUE;
                }
            }
            return scaled(json, weights, sae, settings);
        }
    }

    private static Sae scaled(ConfigJson json, Safetensors weights, Sae sae, SaeSettings settings) {
        String mode = json.has("norm_activation") ? json.requiredText("norm_activation") : "dataset-wise";
        if (mode.equals("inference")) {
            return sae;
        }
        if (!mode.equals("dataset-wise")) {
            throw json.notRead("norm_activation", mode, "use an SAE with dataset-wise normalisation");
        }
        String stored = "dataset_average_activation_norm." + json.requiredText("hook_point_in");
        Double s = settings.scalingFactor();
        if (weights.has(stored)) {
            s = Math.sqrt(sae.config().dIn()) / weights.scalar(stored);
        }
        if (s == null || !(s > 0)) {
            throw new Problem(
                    json.file() + ", field norm_activation",
                    "is dataset-wise: the SAE reads activations times a factor that is not in its files",
                    SaeFile.ASK);
        }
        return sae.readingUnscaled(s.floatValue())
                .with(sae.config()
                        .noting("normalisation", weights.has(stored) ? "dataset-wise" : SaeFile.ASKED_FOR)
                        .noting(
                                "scaling factor",
                                s + (weights.has(stored) ? ", from the weights" : ", from the study")
                                        + ", folded into the weights"));
    }

    private static ConfigJson checked(ConfigJson json) {
        String activation = json.has("act_fn") ? json.requiredText("act_fn") : "jumprelu";
        if (!activation.equals("jumprelu")) {
            throw json.notRead("act_fn", activation, "use an SAE with jumprelu");
        }
        for (String flag : new String[] {"apply_decoder_bias_to_pre_encoder", "use_glu_encoder"}) {
            if (json.flag(flag, false)) {
                throw json.notRead(flag, "true", "use an SAE of Llama Scope as released");
            }
        }
        return json;
    }

    private static boolean normed(ConfigJson json) {
        return json.flag("sparsity_include_decoder_norm", true);
    }

    private static SaeConfig config(ConfigJson json, int dIn, int dSae) {
        return new SaeConfig(
                Architecture.JUMPRELU, dIn, dSae, 0, false, Normalisation.NONE, null, json.text("hook_point_in"));
    }

    private static Sae sae(SaeConfig config, Safetensors weights, float[] threshold) {
        int dIn = config.dIn();
        return new Sae(
                config,
                weights.transposed("encoder.weight", dIn, config.dSae()),
                weights.vector("encoder.bias", config.dSae()),
                weights.transposed("decoder.weight", config.dSae(), dIn),
                weights.has("decoder.bias") ? weights.vector("decoder.bias", dIn) : new float[dIn],
                threshold);
    }

    private static void over(float[] values, double s) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] / s);
        }
    }
}
