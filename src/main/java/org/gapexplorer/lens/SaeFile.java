package org.gapexplorer.lens;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SaeSettings;
import org.gapexplorer.study.WholeFile;

/**
 * SAEs on disk. Read in the formats of {@link SaeFormat}; written as SAELens saves them, a folder with {@code cfg.json} and
 * {@code sae_weights.safetensors} (or, where SAELens has no name for the architecture, as sparsify does).
 */
public final class SaeFile {
    /** The configuration's file name. */
    public static final String CONFIG = "cfg.json";
    /** The weights' file name. */
    public static final String WEIGHTS = "sae_weights.safetensors";

    /** What to do about a factor that is not in the files. */
    static final String ASK =
            "give lens.sae.scaling_factor in the study: sqrt(d_in) / the mean norm of the activations it"
                    + " was trained on, as its maker states it (norm_scaling_factor in SAELens)";

    /** How the origin of an SAE tells that its input is scaled by a factor from the study. */
    static final String ASKED_FOR = "expected_average_only_in";

    private static final double UNIT = 1e-4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SaeFile() {}

    /** Reads an SAE as its files say. */
    public static Sae read(Path source) {
        return read(source, SaeSettings.NONE);
    }

    /**
     * Reads an SAE.
     *
     * @param source the folder that holds it, or the file
     * @param settings what the study says of it
     * @throws Problem naming file and field if one is missing, damaged, of another shape, or means something that is not
     *     read; or if the SAE needs a factor that neither its files nor the settings give
     */
    public static Sae read(Path source, SaeSettings settings) {
        Sae sae = SaeFormat.of(source, settings).read(source, settings);
        if (settings.scalingFactor() != null
                && !ASKED_FOR.equals(sae.config().origin().get("normalisation"))) {
            throw new Problem(
                    "lens.sae, scaling_factor",
                    "is given, and the SAE in " + source + " reads activations as they are",
                    "leave it out");
        }
        if (settings.foldDecoderNorm()) {
            sae = folded(sae);
        }
        return sae.with(named(sae.config(), settings));
    }

    private static SaeConfig named(SaeConfig config, SaeSettings settings) {
        SaeConfig named = config.naming(settings.model(), settings.hook());
        return config.hookName() == null && settings.hook() != null
                ? named.noting(SaeFit.HOOK_BY_STUDY, settings.hook() + ", as the study says")
                : named;
    }

    private static Sae folded(Sae sae) {
        for (float norm : sae.decoderNorms()) {
            if (Math.abs(norm - 1) > UNIT) {
                return sae.withDecoderNormsFolded()
                        .with(sae.config()
                                .noting("decoder norms", "multiplied into the activations, as the study says"));
            }
        }
        return sae.with(sae.config().noting("decoder norms", "all are 1, so that folding them changes nothing"));
    }

    /**
     * Writes an SAE so that {@link #read(Path)} gives the same activations. Each file is written beside and then put in
     * place, the configuration last.
     *
     * @param folder made if it is not there
     */
    public static void write(Path folder, Sae sae) {
        Path file = folder.resolve(CONFIG);
        try {
            Files.createDirectories(folder);
            if (sae.config().architecture() == Architecture.GROUPMAX) {
                Safetensors.write(folder.resolve(SparsifyReader.WEIGHTS), sparsifyTensors(sae));
                WholeFile.write(file, sparsifyJson(sae.config()).toPrettyString() + "\n");
            } else {
                Safetensors.write(folder.resolve(WEIGHTS), tensors(sae));
                WholeFile.write(file, json(sae.config()).toPrettyString() + "\n");
            }
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "cannot be written", "check the folder, its permissions and free space", e);
        }
    }

    private static Map<String, Safetensors.Tensor> tensors(Sae sae) {
        long dIn = sae.config().dIn();
        long dSae = sae.config().dSae();
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("W_dec", new Safetensors.Tensor(new long[] {dSae, dIn}, sae.wDec()));
        tensors.put("W_enc", new Safetensors.Tensor(new long[] {dIn, dSae}, sae.wEnc()));
        tensors.put("b_dec", new Safetensors.Tensor(new long[] {dIn}, sae.bDec()));
        boolean gated = sae.magnitude() != null;
        tensors.put(gated ? "b_gate" : "b_enc", new Safetensors.Tensor(new long[] {dSae}, sae.bEnc()));
        if (gated) {
            tensors.put(
                    "r_mag",
                    new Safetensors.Tensor(new long[] {dSae}, sae.magnitude().rMag()));
            tensors.put(
                    "b_mag",
                    new Safetensors.Tensor(new long[] {dSae}, sae.magnitude().bMag()));
        }
        if (sae.threshold() != null) {
            tensors.put("threshold", new Safetensors.Tensor(new long[] {dSae}, sae.threshold()));
        }
        return tensors;
    }

    private static ObjectNode json(SaeConfig config) {
        ObjectNode json = JSON.createObjectNode();
        json.put("architecture", config.architecture().saelens());
        json.put("d_in", config.dIn());
        json.put("d_sae", config.dSae());
        json.put("dtype", "float32");
        if (config.architecture() == Architecture.TOPK) {
            json.put("k", config.k());
            json.put("rescale_acts_by_decoder_norm", false);
        }
        json.put("apply_b_dec_to_input", config.applyBDecToInput());
        json.put("normalize_activations", config.normalisation().saelens());
        json.put("reshape_activations", "none");
        ObjectNode metadata = json.putObject("metadata");
        metadata.put("model_name", config.modelName());
        metadata.put("hook_name", config.hookName());
        return json;
    }

    private static Map<String, Safetensors.Tensor> sparsifyTensors(Sae sae) {
        long dIn = sae.config().dIn();
        long dSae = sae.config().dSae();
        float[] encoder = new float[sae.wEnc().length];
        for (int i = 0; i < encoder.length; i++) {
            encoder[i % (int) dSae * (int) dIn + i / (int) dSae] = sae.wEnc()[i];
        }
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("encoder.weight", new Safetensors.Tensor(new long[] {dSae, dIn}, encoder));
        tensors.put("encoder.bias", new Safetensors.Tensor(new long[] {dSae}, sae.bEnc()));
        tensors.put("W_dec", new Safetensors.Tensor(new long[] {dSae, dIn}, sae.wDec()));
        tensors.put("b_dec", new Safetensors.Tensor(new long[] {dIn}, sae.bDec()));
        return tensors;
    }

    private static ObjectNode sparsifyJson(SaeConfig config) {
        ObjectNode json = JSON.createObjectNode();
        json.put("activation", "groupmax");
        json.put("d_in", config.dIn());
        json.put("num_latents", config.dSae());
        json.put("k", config.k());
        json.put("transcode", !config.applyBDecToInput());
        json.put("model_name", config.modelName());
        json.put("hook_name", config.hookName());
        return json;
    }
}
