package org.gapexplorer.lens;

import java.nio.file.Path;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;

/**
 * Llama Scope: {@code hyperparams.json} and {@code checkpoints/final.safetensors}. It was trained on s x with s = sqrt(d) /
 * the mean norm of x; in terms of x, z = W x + b / s, times the norm of the concept's decoder row where the file says so.
 */
final class LlamaScopeReader {
    static final String CONFIG = "hyperparams.json";
    static final String WEIGHTS = "checkpoints/final.safetensors";

    private LlamaScopeReader() {}

    static Sae read(Path folder) {
        ConfigJson json = ConfigJson.read(folder.resolve(CONFIG));
        String activation = json.has("act_fn") ? json.requiredText("act_fn") : "jumprelu";
        if (!activation.equals("jumprelu")) {
            throw json.notRead("act_fn", activation, "use an SAE with jumprelu");
        }
        if (json.flag("apply_decoder_bias_to_pre_encoder", false)) {
            throw json.notRead("apply_decoder_bias_to_pre_encoder", "true", "use an SAE of Llama Scope as released");
        }
        if (json.flag("use_glu_encoder", false)) {
            throw json.notRead("use_glu_encoder", "true", "use an SAE of Llama Scope as released");
        }
        int dIn = json.positive("d_model", SaeConfig.MAX_WIDTH);
        int dSae = json.positive("d_sae", SaeConfig.MAX_WIDTH);
        double s = Math.sqrt(dIn) / json.in("dataset_average_activation_norm").factor("in");
        float[] threshold = new float[dSae];
        java.util.Arrays.fill(threshold, (float) json.factor("jump_relu_threshold"));
        SaeConfig config = new SaeConfig(
                        Architecture.JUMPRELU,
                        dIn,
                        dSae,
                        0,
                        false,
                        Normalisation.NONE,
                        null,
                        json.text("hook_point_in"))
                .noting("scaling factor", s + ", from " + CONFIG + ", folded into the weights");
        try (Safetensors weights = Safetensors.open(folder.resolve(WEIGHTS))) {
            Sae sae = new Sae(
                    config,
                    weights.transposed("encoder.weight", dIn, dSae),
                    over(weights.vector("encoder.bias", dSae), s),
                    weights.transposed("decoder.weight", dSae, dIn),
                    over(weights.has("decoder.bias") ? weights.vector("decoder.bias", dIn) : new float[dIn], s),
                    threshold);
            return json.flag("sparsity_include_decoder_norm", true)
                    ? sae.withUnitDecoder()
                            .with(config.noting(
                                    "decoder norms", "multiplied into the activations, as " + CONFIG + " says"))
                    : sae;
        }
    }

    private static float[] over(float[] values, double s) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] / s);
        }
        return values;
    }
}
