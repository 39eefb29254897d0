package org.gapexplorer.lens;

import java.nio.file.Path;
import java.util.Arrays;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;
import org.gapexplorer.study.Problem;

/** SAEs as state dicts of PyTorch: Goodfire's, and those of dictionary_learning. */
final class TorchReader {
    private TorchReader() {}

    /**
     * Goodfire's: ReLU(W x + b), no subtraction of the decoder's bias. The file says neither model nor layer.
     *
     * @param file weights named {@code encoder_linear.weight} and so on, or {@code encoder.weight} and so on
     */
    static Sae goodfire(Path file) {
        try (TorchFile weights = TorchFile.open(file)) {
            String suffix = weights.has("encoder_linear.weight") ? "_linear" : "";
            int[] shape = weights.shape("encoder" + suffix + ".weight", 2);
            return new Sae(
                    new SaeConfig(Architecture.STANDARD, shape[1], shape[0], 0, false, Normalisation.NONE, null, null),
                    weights.transposed("encoder" + suffix + ".weight", shape[1], shape[0]),
                    weights.vector("encoder" + suffix + ".bias", shape[0]),
                    weights.transposed("decoder" + suffix + ".weight", shape[0], shape[1]),
                    weights.vector("decoder" + suffix + ".bias", shape[1]),
                    null);
        }
    }

    /** dictionary_learning's {@code ae.pt} and {@code config.json}; the class that wrote it says how it is meant. */
    static Sae dictionary(Path folder) {
        ConfigJson trainer = ConfigJson.read(folder.resolve("config.json")).in("trainer");
        String writtenBy = trainer.requiredText("dict_class");
        try (TorchFile weights = TorchFile.open(folder.resolve("ae.pt"))) {
            Dictionary dictionary = new Dictionary(trainer, weights);
            return switch (writtenBy) {
                case "AutoEncoder" -> dictionary.linear(Architecture.STANDARD, "bias", true);
                case "AutoEncoderNew" -> dictionary.linear(Architecture.STANDARD, "decoder.bias", false);
                case "AutoEncoderTopK" -> dictionary.linear(Architecture.TOPK, "b_dec", true);
                case "BatchTopKSAE" -> dictionary.linear(Architecture.JUMPRELU, "b_dec", true);
                case "MatryoshkaBatchTopKSAE" -> dictionary.upright(true);
                case "JumpReluAutoEncoder" -> dictionary.upright(false);
                case "GatedAutoEncoder" -> dictionary.gated();
                default ->
                    throw trainer.notRead(
                            "dict_class",
                            writtenBy,
                            "use AutoEncoder, AutoEncoderNew, AutoEncoderTopK, BatchTopKSAE, MatryoshkaBatchTopKSAE,"
                                    + " JumpReluAutoEncoder or GatedAutoEncoder");
            };
        }
    }

    private static final class Dictionary {
        private final ConfigJson trainer;
        private final TorchFile weights;
        private final int dIn;
        private final int dSae;

        Dictionary(ConfigJson trainer, TorchFile weights) {
            this.trainer = trainer;
            this.weights = weights;
            this.dIn = trainer.positive("activation_dim", SaeConfig.MAX_WIDTH);
            this.dSae = trainer.positive("dict_size", SaeConfig.MAX_WIDTH);
        }

        private SaeConfig config(Architecture architecture, boolean centred) {
            return new SaeConfig(
                    architecture,
                    dIn,
                    dSae,
                    architecture == Architecture.TOPK ? k() : 0,
                    centred,
                    Normalisation.NONE,
                    trainer.text("lm_name"),
                    hook());
        }

        private int k() {
            int k = trainer.positive("k", dSae);
            if (weights.has("k") && weights.scalar("k") != k) {
                throw new Problem(
                        trainer.file() + ", field trainer.k",
                        "is " + k + ", and the weights were saved with k = " + (long) weights.scalar("k"),
                        "give the config.json that was saved with ae.pt");
            }
            return k;
        }

        private String hook() {
            String submodule = trainer.text("submodule_name");
            return submodule == null && trainer.get("layer").isInt()
                    ? "resid_post_layer_" + trainer.get("layer").intValue()
                    : submodule;
        }

        /** Weights of torch's linear layers, [to, from]. */
        Sae linear(Architecture architecture, String bDec, boolean centred) {
            return new Sae(
                    config(architecture, centred),
                    weights.transposed("encoder.weight", dIn, dSae),
                    weights.vector("encoder.bias", dSae),
                    weights.transposed("decoder.weight", dSae, dIn),
                    weights.vector(bDec, dIn),
                    architecture == Architecture.JUMPRELU ? thresholds() : null);
        }

        /** Weights that lie as they are multiplied. */
        Sae upright(boolean centred) {
            return new Sae(
                    config(Architecture.JUMPRELU, centred),
                    weights.matrix("W_enc", dIn, dSae),
                    weights.vector("b_enc", dSae),
                    weights.matrix("W_dec", dSae, dIn),
                    weights.vector("b_dec", dIn),
                    thresholds());
        }

        Sae gated() {
            return new Sae(
                    config(Architecture.GATED, true),
                    weights.transposed("encoder.weight", dIn, dSae),
                    weights.vector("gate_bias", dSae),
                    weights.transposed("decoder.weight", dSae, dIn),
                    weights.vector("decoder_bias", dIn),
                    null,
                    new Sae.Magnitude(weights.vector("r_mag", dSae), weights.vector("mag_bias", dSae)));
        }

        /** One for each concept; a single one holds for all. */
        private float[] thresholds() {
            if (weights.has("threshold") && weights.entry("threshold").shape().length == 0) {
                float[] all = new float[dSae];
                Arrays.fill(all, weights.scalar("threshold"));
                return all;
            }
            return weights.vector("threshold", dSae);
        }
    }
}
