package org.gapexplorer.lens;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SaeSettings;

/**
 * SAEs as SAELens saves them: {@code cfg.json} and {@code sae_weights.safetensors}. Before its version 6 the configuration
 * was flat, with other names.
 */
final class SaeLensReader {
    private SaeLensReader() {}

    static Sae read(Path folder, SaeSettings settings) {
        ConfigJson json = ConfigJson.read(folder.resolve(SaeFile.CONFIG));
        try (Safetensors weights = Safetensors.open(folder.resolve(SaeFile.WEIGHTS))) {
            boolean scaled = averageExpected(json);
            if (scaled && settings.scalingFactor() == null) {
                throw new Problem(
                        json.file() + ", field normalize_activations",
                        "is expected_average_only_in: the SAE reads activations times a factor that is not in its files",
                        SaeFile.ASK);
            }
            Sae sae = sae(json, weights);
            if (scaled) {
                sae = sae.readingUnscaled(settings.scalingFactor().floatValue())
                        .with(sae.config()
                                .noting("normalisation", SaeFile.ASKED_FOR)
                                .noting(
                                        "scaling factor",
                                        settings.scalingFactor() + ", from the study, folded into the weights"));
            }
            return rescales(json)
                    ? sae.withUnitDecoder()
                            .with(sae.config()
                                    .noting("decoder norms", "multiplied into the activations, as cfg.json says"))
                    : sae;
        }
    }

    private static Sae sae(ConfigJson json, Safetensors weights) {
        SaeConfig config = config(json);
        int dIn = config.dIn();
        int dSae = config.dSae();
        boolean gated = config.architecture() == Architecture.GATED;
        return new Sae(
                config,
                weights.matrix("W_enc", dIn, dSae),
                weights.vector(gated ? "b_gate" : "b_enc", dSae),
                weights.matrix("W_dec", dSae, dIn),
                weights.vector("b_dec", dIn),
                config.architecture() == Architecture.JUMPRELU ? weights.vector("threshold", dSae) : null,
                gated ? new Sae.Magnitude(weights.vector("r_mag", dSae), weights.vector("b_mag", dSae)) : null);
    }

    private static SaeConfig config(ConfigJson json) {
        Architecture architecture = architecture(json);
        int dSae = json.positive("d_sae", SaeConfig.MAX_WIDTH);
        ConfigJson metadata = json.in("metadata");
        SaeConfig config = new SaeConfig(
                architecture,
                json.positive("d_in", SaeConfig.MAX_WIDTH),
                dSae,
                architecture == Architecture.TOPK ? k(json, dSae) : 0,
                json.flag("apply_b_dec_to_input", true),
                normalisation(json),
                first(metadata.text("model_name"), json.text("model_name")),
                first(metadata.text("hook_name"), json.text("hook_name"), json.text("hook_point")));
        return config.normalisation() == Normalisation.NONE
                ? config
                : config.noting("normalisation", config.normalisation().saelens());
    }

    private static boolean rescales(ConfigJson json) {
        return architecture(json) == Architecture.TOPK && json.flag("rescale_acts_by_decoder_norm", false);
    }

    private static Architecture architecture(ConfigJson json) {
        String activation = first(json.text("activation_fn_str"), json.text("activation_fn"), "relu");
        // before version 6, top-k was an activation function of the standard architecture
        if (activation.equals("topk")) {
            return Architecture.TOPK;
        }
        if (!activation.equals("relu")) {
            throw json.notRead("activation_fn", activation, "use an SAE with relu or topk");
        }
        String name = first(json.text("architecture"), "standard");
        for (Architecture architecture : Architecture.values()) {
            if (architecture != Architecture.GROUPMAX && architecture.saelens().equals(name)) {
                return architecture;
            }
        }
        throw json.notRead(
                "architecture",
                name,
                "use an SAE of architecture standard, jumprelu, topk or gated; a batchtopk SAE is saved for use as"
                        + " jumprelu (save_inference_model)");
    }

    private static boolean averageExpected(ConfigJson json) {
        JsonNode setting = json.get("normalize_activations");
        // before version 6 a boolean: true meant this
        return setting.isBoolean() && setting.booleanValue() || setting.asText().equals("expected_average_only_in");
    }

    private static Normalisation normalisation(ConfigJson json) {
        JsonNode setting = json.get("normalize_activations");
        if (setting.isMissingNode() || setting.isNull() || setting.isBoolean() || averageExpected(json)) {
            return Normalisation.NONE;
        }
        for (Normalisation normalisation : Normalisation.values()) {
            if (normalisation.saelens().equals(setting.asText())) {
                return normalisation;
            }
        }
        throw json.notRead(
                "normalize_activations",
                setting.asText(),
                "fold it into the weights before saving (fold_activation_whitening), or use another SAE");
    }

    private static int k(ConfigJson json, int dSae) {
        ConfigJson older = json.in("activation_fn_kwargs");
        return (older.has("k") ? older : json).positive("k", dSae);
    }

    private static String first(String... choices) {
        for (String choice : choices) {
            if (choice != null) {
                return choice;
            }
        }
        return null;
    }
}
