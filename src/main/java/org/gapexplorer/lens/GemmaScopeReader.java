package org.gapexplorer.lens;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;

/**
 * Gemma Scope ({@code params.npz}) and Gemma Scope 2 ({@code config.json} and {@code params.safetensors}): JumpReLU, no
 * subtraction of b_dec. What the first was trained on stands nowhere in it; its folders' names may tell site and layer.
 */
final class GemmaScopeReader {
    private static final Pattern LAYER = Pattern.compile("(?<![a-z])layer_\\d+");
    /** Repositories of the first, as they are or in the hub's cache, and folders of the second. */
    private static final Pattern SITE = Pattern.compile(
            "(?:.*--)?(gemma-scope-.*-(?:res|mlp|att|transcoders)|(?:resid_post|attn_out|mlp_out|transcoder|crosscoder).*)");

    private static final Pattern STREAM = Pattern.compile(".*-res|resid_post.*");

    private GemmaScopeReader() {}

    static Sae first(Path file) {
        try (NpzFile weights = NpzFile.open(file)) {
            return sae(weights, null, place(file.toAbsolutePath().getParent().toString()));
        }
    }

    /**
     * What a path or an address says of the place: {@code layer_20}, behind the folder of its site where that is not the
     * residual stream; null if it says nothing. The folders nearest to the file count.
     */
    static String place(String path) {
        String site = null;
        String layer = null;
        for (String folder : path.split("[/\\\\@]")) {
            Matcher named = SITE.matcher(folder);
            if (named.matches()) {
                site = STREAM.matcher(named.group(1)).matches() ? null : named.group(1);
            }
            Matcher numbered = LAYER.matcher(folder);
            layer = numbered.find() ? numbered.group() : layer;
        }
        return site == null ? layer : layer == null ? site : site + "/" + layer;
    }

    static Sae second(Path folder) {
        ConfigJson json = ConfigJson.read(folder.resolve("config.json"));
        String architecture = json.requiredText("architecture");
        if (!architecture.equals("jump_relu")) {
            throw json.notRead("architecture", architecture, "use an SAE of architecture jump_relu");
        }
        String from = json.text("hf_hook_point_in");
        String to = json.text("hf_hook_point_out");
        if (to != null && !to.equals(from)) {
            throw json.notRead("hf_hook_point_out", to, "use an SAE; this is a transcoder, which reads " + from);
        }
        try (Safetensors weights = Safetensors.open(folder.resolve("params.safetensors"))) {
            return sae(
                    weights,
                    json.text("model_name"),
                    from == null ? place(folder.toAbsolutePath().toString()) : from);
        }
    }

    private static Sae sae(TensorFile weights, String model, String hook) {
        String encoder = named(weights, "W_enc");
        int[] shape = weights.shape(encoder, 2);
        int dIn = shape[0];
        int dSae = shape[1];
        return new Sae(
                new SaeConfig(Architecture.JUMPRELU, dIn, dSae, 0, false, Normalisation.NONE, model, hook),
                weights.matrix(encoder, dIn, dSae),
                weights.vector(named(weights, "b_enc"), dSae),
                weights.matrix(named(weights, "W_dec"), dSae, dIn),
                weights.vector(named(weights, "b_dec"), dIn),
                weights.vector("threshold", dSae));
    }

    /** The name as it is, or in lower case where the file has that. */
    private static String named(TensorFile weights, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !weights.has(name) && weights.has(lower) ? lower : name;
    }
}
