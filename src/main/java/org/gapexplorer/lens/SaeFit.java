package org.gapexplorer.lens;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;

/** Whether an SAE was trained on the model and the layer that a study reads; its width is checked against the graph. */
public final class SaeFit {
    /** SAELens (after TransformerLens): the stream after block N, or before it, which is after block N - 1. */
    private static final Pattern HOOK = Pattern.compile("blocks\\.(\\d{1,4})\\.hook_(resid_post|resid_pre)");
    /** Places within a block, by the same names. */
    private static final Pattern WITHIN =
            Pattern.compile("blocks\\.\\d{1,4}\\.(?!hook_resid_p).*|.*(?:layers|layer|h)[._]\\d{1,4}\\.(?!output$).*");
    /** What lies within a block by any maker's names. */
    private static final Pattern PART =
            Pattern.compile("(?:.*[^a-z])?(?:mlp|att|attn|attention|transcoders?|crosscoders?)(?:[^a-z].*)?");
    /** The names of PyTorch's modules, and of folders. */
    private static final Pattern MODULE =
            Pattern.compile("(?:.*[._])?(?:layers|layer|h|blocks)[._](\\d{1,4})(?:\\.output)?");

    /** How the origin of an SAE tells that its files are silent on its place, and the study is not. */
    static final String HOOK_BY_STUDY = "hook";

    private static final Pattern HUB = Pattern.compile("hf:[^/]+/([^/@]+).*");

    private SaeFit() {}

    /** @throws Problem naming what the SAE was trained on and what the study reads, where they differ */
    public static void require(Sae sae, org.gapexplorer.study.Lens study) {
        SaeConfig config = sae.config();
        String where = study.sae().uri();
        String said = study.saeSettings().hook();
        boolean bySettings = config.origin().containsKey(HOOK_BY_STUDY);
        for (String hook : places(config, where)) {
            if (said != null) {
                requireSamePlace(where, hook, said);
            }
            boolean confirmed = hook.equals(said) && !bySettings;
            if (study.layer() >= 0 && !confirmed) {
                requireLayer(where, hook, study.layer());
            }
        }
        if (study.saeSettings().model() != null) {
            requireSame(where, config.modelName(), study.saeSettings().model());
        } else if (config.modelName() != null) {
            requireHub(where, config.modelName(), study);
        }
    }

    /** Gemma Scope's files are silent: beside where they lie on this machine, the address they came from may tell. */
    private static List<String> places(SaeConfig config, String uri) {
        boolean silent = SaeFormat.GEMMA_SCOPE.id().equals(config.origin().get("format"));
        return Stream.of(config.hookName(), silent ? GemmaScopeReader.place(uri) : null)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static void requireLayer(String where, String hook, int layer) {
        OptionalInt trainedOn = layerAfter(hook);
        if (trainedOn.isPresent() && trainedOn.getAsInt() != layer) {
            throw new Problem(
                    where,
                    "the SAE was trained on " + hook + ", which is the residual stream after block "
                            + trainedOn.getAsInt() + ", and the study reads it after block " + layer,
                    "write layer: " + trainedOn.getAsInt() + ", or give the SAE of block " + layer);
        }
        if (trainedOn.isEmpty() && (WITHIN.matcher(hook).matches() || isPart(hook))) {
            throw new Problem(
                    where,
                    "the SAE was trained on " + hook + ", which lies within a block, and the study reads the residual"
                            + " stream after block " + layer,
                    "name the tensor that it reads (lens.tensor), or give an SAE of the residual stream");
        }
    }

    /** The block after which the residual stream is meant; empty where the name does not tell, -1 before the first. */
    static OptionalInt layerAfter(String hook) {
        Matcher named = HOOK.matcher(hook);
        if (named.matches()) {
            return OptionalInt.of(
                    Integer.parseInt(named.group(1)) - (named.group(2).equals("resid_pre") ? 1 : 0));
        }
        Matcher module = MODULE.matcher(hook);
        return module.matches() && !isPart(hook)
                ? OptionalInt.of(Integer.parseInt(module.group(1)))
                : OptionalInt.empty();
    }

    private static boolean isPart(String hook) {
        return PART.matcher(hook.toLowerCase(Locale.ROOT)).matches();
    }

    /** Two names are of one place if they are equal, or both of the stream after the same block. */
    private static void requireSamePlace(String where, String inFile, String inStudy) {
        boolean sameBlock = layerAfter(inFile).isPresent() && layerAfter(inFile).equals(layerAfter(inStudy));
        if (!inFile.equals(inStudy) && !sameBlock) {
            throw new Problem(
                    where,
                    "the SAE was trained on " + inFile + ", and the study says " + inStudy,
                    "write hook: " + inFile + " under lens.sae if that is meant, or give the SAE of " + inStudy);
        }
    }

    private static void requireSame(String where, String inFile, String inStudy) {
        if (inFile != null && !inFile.equals(inStudy)) {
            throw new Problem(
                    where,
                    "the SAE was trained on " + inFile + ", and the study says " + inStudy,
                    "write model: " + inFile + " under lens.sae if that is meant, or give the SAE of " + inStudy);
        }
    }

    /** Only the hub's names say which model a file holds; a model from elsewhere may have its tokenizer from there. */
    private static void requireHub(String where, String trainedOn, org.gapexplorer.study.Lens study) {
        Matcher model = HUB.matcher(study.model().uri());
        Matcher tokenizer = HUB.matcher(study.tokenizer().uri());
        boolean byModel = model.matches();
        if (!byModel && !tokenizer.matches()) {
            return;
        }
        String read = byModel ? model.group(1) : tokenizer.group(1);
        if (!plain(trainedOn).equals(plain(read))) {
            throw new Problem(
                    where,
                    "the SAE was trained on " + trainedOn + ", and the study's " + (byModel ? "model" : "tokenizer")
                            + " is " + read,
                    "write model: " + trainedOn + " under lens.sae if that is meant, or give the SAE of this model");
        }
    }

    /** A model's name without its owner, and without what says only how it is packed. */
    private static String plain(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return last.replaceAll("[^a-z0-9]", "").replaceAll("onnx|meta(?=llama)|^(gpt2)small$", "$1");
    }
}
