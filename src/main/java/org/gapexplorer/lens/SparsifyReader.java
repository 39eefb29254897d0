package org.gapexplorer.lens;

import java.nio.file.Path;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;
import org.gapexplorer.study.Problem;

/** EleutherAI's sparsify: {@code cfg.json} and {@code sae.safetensors}, in a folder named after the layer. */
final class SparsifyReader {
    static final String WEIGHTS = "sae.safetensors";

    private SparsifyReader() {}

    static Sae read(Path folder) {
        ConfigJson json = ConfigJson.read(folder.resolve(SaeFile.CONFIG));
        if (json.flag("signed", false)) {
            throw json.notRead("signed", "true", "use an SAE whose activations are never negative");
        }
        int dIn = json.positive("d_in", SaeConfig.MAX_WIDTH);
        int dSae = latents(json, dIn);
        Architecture architecture = architecture(json);
        int k = json.positive("k", dSae);
        if (architecture == Architecture.GROUPMAX && dSae % k != 0) {
            throw new Problem(
                    json.file() + ", field k",
                    "is " + k + ", which does not divide " + dSae + " latents",
                    "give the cfg.json of these weights");
        }
        SaeConfig config = new SaeConfig(
                architecture,
                dIn,
                dSae,
                k,
                !json.flag("transcode", false),
                Normalisation.NONE,
                json.text("model_name"),
                json.has("hook_name")
                        ? json.text("hook_name")
                        : folder.toAbsolutePath().getFileName().toString());
        try (Safetensors weights = Safetensors.open(folder.resolve(WEIGHTS))) {
            return new Sae(
                    config,
                    weights.transposed("encoder.weight", dIn, dSae),
                    weights.vector("encoder.bias", dSae),
                    weights.matrix("W_dec", dSae, dIn),
                    weights.vector("b_dec", dIn),
                    null);
        }
    }

    private static Architecture architecture(ConfigJson json) {
        String activation = json.has("activation") ? json.requiredText("activation") : "topk";
        return switch (activation) {
            case "topk" -> Architecture.TOPK;
            case "groupmax" -> Architecture.GROUPMAX;
            default -> throw json.notRead("activation", activation, "use an SAE with topk or groupmax");
        };
    }

    private static int latents(ConfigJson json, int dIn) {
        if (json.get("num_latents").asInt() != 0) {
            return json.positive("num_latents", SaeConfig.MAX_WIDTH);
        }
        return dIn * json.positive("expansion_factor", SaeConfig.MAX_WIDTH / dIn);
    }
}
