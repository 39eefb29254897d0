package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SaeSettings;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaeFitTest {
    private static org.gapexplorer.study.Lens study(String model, int layer, SaeSettings settings) {
        return study(model, "file:x", layer, "file:the-sae", settings);
    }

    private static org.gapexplorer.study.Lens study(
            String model, String tokenizer, int layer, String sae, SaeSettings settings) {
        return new org.gapexplorer.study.Lens(
                "l",
                "L",
                "",
                new SourceRef(model, null),
                new SourceRef(tokenizer, null),
                org.gapexplorer.study.Lens.Architecture.BERT,
                layer,
                null,
                new SourceRef(sae, null),
                settings,
                null,
                org.gapexplorer.study.Lens.Counting.ITEM,
                64,
                List.of(),
                null,
                null);
    }

    private static void require(String trainedOn, String hook, String model, int layer, SaeSettings settings) {
        SaeConfig config = SaeConfig.topK(6, 10, 3, trainedOn, hook);
        SaeFit.require(RandomSae.of(config, 1), study(model, layer, settings));
    }

    @ParameterizedTest
    @CsvSource({
        "blocks.3.hook_resid_post, 3",
        "blocks.4.hook_resid_pre, 3",
        "blocks.0.hook_resid_pre, -1",
        "model.layers.3, 3",
        "model.layers.3.output, 3",
        "layers.12, 12",
        "transformer.h.3, 3",
        "gpt_neox.layers.3, 3",
        "encoder.layer.3, 3",
        "resid_post_layer_3, 3",
        "layer_20, 20",
        "blocks.3.hook_mlp_out, ",
        "layers.3.mlp, ",
        "mlp_out_layer_3, ",
        "attn_out_layer_3, ",
        "att.layer_3, ",
        "Transcoder_layer_3, ",
        "flattened.layer_3, 3",
        "hook_embed, ",
        "blocks.99999999999999.hook_resid_post, ",
        "somewhere, ",
    })
    void theLayerIsReadOffTheNamesThatMakersGive(String hook, Integer layer) {
        assertThat(SaeFit.layerAfter(hook)).isEqualTo(layer == null ? OptionalInt.empty() : OptionalInt.of(layer));
    }

    @Test
    void anotherLayerIsRefusedNamingBothSides() {
        assertThatThrownBy(() -> require("m", "blocks.4.hook_resid_pre", "file:m.onnx", 4, SaeSettings.NONE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("file:the-sae")
                .hasMessageContaining("blocks.4.hook_resid_pre")
                .hasMessageContaining("after block 3")
                .hasMessageContaining("reads it after block 4")
                .hasMessageContaining("write layer: 3");
        assertThatCode(() -> require("m", "blocks.4.hook_resid_pre", "file:m.onnx", 3, SaeSettings.NONE))
                .doesNotThrowAnyException();
    }

    @Test
    void aPlaceWithinABlockIsRefusedUnlessTheStudyRepeatsIt() {
        assertThatThrownBy(() -> require("m", "blocks.3.hook_mlp_out", "file:m.onnx", 3, SaeSettings.NONE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("blocks.3.hook_mlp_out")
                .hasMessageContaining("lens.tensor");
        SaeSettings meant = new SaeSettings(null, null, false, null, "blocks.3.hook_mlp_out");
        assertThatCode(() -> require("m", "blocks.3.hook_mlp_out", "file:m.onnx", 3, meant))
                .doesNotThrowAnyException();
        assertThatCode(() -> require("m", "blocks.3.hook_mlp_out", "file:m.onnx", -1, SaeSettings.NONE))
                .as("the study names the tensor itself")
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp_out_layer_3", "attn_out_layer_3", "mlp_out_layer3", "attention_layer3", "layer3.mlp"})
    void aPlaceWithinABlockIsRefusedWhateverTheMakerCallsIt(String hook) {
        for (int layer : new int[] {3, 7}) {
            assertThatThrownBy(() -> require("m", hook, "file:m.onnx", layer, SaeSettings.NONE))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(hook + ", which lies within a block");
        }
    }

    private static Sae gemmaScope(Path folder) throws IOException {
        Files.createDirectories(folder);
        return SaeFile.read(Files.copy(
                Path.of("src/test/resources/peers/sae/gemma-scope/layer_3/params.npz"), folder.resolve("params.npz")));
    }

    @ParameterizedTest
    @CsvSource({
        "gemma-scope-2b-pt-mlp/layer_3/width_16k/average_l0_9, gemma-scope-2b-pt-mlp/layer_3",
        "gemma-scope-2b-pt-att/layer_3/width_16k/average_l0_9, gemma-scope-2b-pt-att/layer_3",
        "models--google--gemma-scope-2b-pt-transcoders/snapshots/0a1b/layer_3, gemma-scope-2b-pt-transcoders/layer_3",
        "gemma-scope-2b-pt-res/mlp_out/layer_3, mlp_out/layer_3",
        "gemma-scope-2b-pt-mlp/width_16k, gemma-scope-2b-pt-mlp",
    })
    void gemmaScopesOfOtherSitesAreTakenForNoStream(String lies, String named, @TempDir Path folder)
            throws IOException {
        Sae sae = gemmaScope(folder.resolve(lies));
        assertThatThrownBy(() -> SaeFit.require(sae, study("file:m.onnx", 3, SaeSettings.NONE)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("trained on " + named + ", which lies within a block");
        SaeSettings meant = new SaeSettings(null, null, false, null, named);
        assertThatCode(() -> SaeFit.require(sae, study("file:m.onnx", 3, meant)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layer_7/gemma-scope-2b-pt-res/layer_3/width_16k",
                "gemma-scope-2b-pt-mlp/layer_7/gemma-scope-2b-pt-res/layer_3",
                "our-mlp/player_7/layer_3",
            })
    void theFoldersNearestToTheFileTellWhereItBelongs(String lies, @TempDir Path folder) throws IOException {
        Sae sae = gemmaScope(folder.resolve(lies));
        assertThatCode(() -> SaeFit.require(sae, study("file:m.onnx", 3, SaeSettings.NONE)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SaeFit.require(sae, study("file:m.onnx", 7, SaeSettings.NONE)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("write layer: 3");
    }

    /** A download lies under a name that says nothing. */
    @ParameterizedTest
    @CsvSource({
        "https://huggingface.co/google/gemma-scope-2b-pt-mlp/resolve/main/layer_3/width_16k/params.npz, within a block",
        "hf:google/gemma-scope-9b-pt-att@0a1b/layer_3/width_16k/params.npz, within a block",
        "hf:google/gemma-scope-9b-pt-res@0a1b/layer_4/width_16k/params.npz, write layer: 4",
        "hf:google/gemma-scope-9b-pt-res@0a1b/layer_3/width_16k/params.npz, ",
        "file:params.npz, ",
    })
    void soDoesTheAddressItCameFrom(String uri, String told, @TempDir Path folder) throws IOException {
        Sae sae = gemmaScope(folder.resolve("cache"));
        var study = study("file:m.onnx", "file:x", 3, uri, SaeSettings.NONE);
        if (told == null) {
            assertThatCode(() -> SaeFit.require(sae, study)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> SaeFit.require(sae, study))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(told);
        }
    }

    @Test
    void aPlaceThatTheStudyNamesMustBeTheFiles() {
        SaeSettings other = new SaeSettings(null, null, false, null, "blocks.3.hook_mlp_out");
        assertThatThrownBy(() -> require("m", "blocks.3.hook_resid_post", "file:m.onnx", 3, other))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("trained on blocks.3.hook_resid_post")
                .hasMessageContaining("the study says blocks.3.hook_mlp_out");
        SaeSettings otherwise = new SaeSettings(null, null, false, null, "blocks.3.hook_resid_post");
        assertThatCode(() -> require("m", "model.layers.3", "file:m.onnx", 3, otherwise))
                .as("another name of the same place")
                .doesNotThrowAnyException();
    }

    @Test
    void aPlaceThatOnlyTheStudyNamesMustBeTheLayerItReads(@TempDir Path folder) {
        SaeFile.write(folder, RandomSae.of(SaeConfig.topK(6, 10, 3, null, null), 1));
        SaeSettings said = new SaeSettings(null, null, false, null, "blocks.19.hook_resid_post");
        Sae sae = SaeFile.read(folder, said);
        assertThat(sae.config().hookName()).isEqualTo("blocks.19.hook_resid_post");
        assertThat(sae.config().origin()).containsEntry("hook", "blocks.19.hook_resid_post, as the study says");
        assertThatCode(() -> SaeFit.require(sae, study("file:m.onnx", 19, said)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SaeFit.require(sae, study("file:m.onnx", 20, said)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("after block 19")
                .hasMessageContaining("reads it after block 20");
    }

    @ParameterizedTest
    @CsvSource({
        "gemma-2-2b, hf:google/gemma-2-2b-it@main/model.onnx, false",
        "gemma-2-2b, hf:google/gemma-2-2b@main/model.onnx, true",
        "google/gemma-2-2b, hf:onnx-community/gemma-2-2b-ONNX@main/onnx/model.onnx, true",
        "gpt2-small, hf:openai-community/gpt2/model.onnx, true",
        "meta-llama/Llama-3.1-8B, hf:meta-llama/Meta-Llama-3.1-8B@main/model.onnx, true",
        "gemma-2-2b, file:any.onnx, true",
        "gemma-2-2b, https://example.org/gemma-9b.onnx, true",
    })
    void anotherModelOfTheHubIsRefusedNamingBothSides(String trainedOn, String model, boolean fits) {
        if (fits) {
            assertThatCode(() -> require(trainedOn, null, model, 3, SaeSettings.NONE))
                    .doesNotThrowAnyException();
            return;
        }
        assertThatThrownBy(() -> require(trainedOn, null, model, 3, SaeSettings.NONE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("trained on gemma-2-2b,")
                .hasMessageContaining("gemma-2-2b-it")
                .hasMessageContaining("write model: gemma-2-2b");
        SaeSettings meant = new SaeSettings(null, null, false, trainedOn, null);
        assertThatCode(() -> require(trainedOn, null, model, 3, meant)).doesNotThrowAnyException();
    }

    /** A model that was exported by hand has no name, but its tokenizer may have come from the hub. */
    @Test
    void theTokenizersRepositoryTellsWhereTheModelsDoesNot() {
        Sae sae = RandomSae.of(SaeConfig.topK(6, 10, 3, "google/gemma-2-2b", null), 1);
        String other = "hf:google/gemma-2-9b@main/tokenizer.json";
        assertThatThrownBy(() -> SaeFit.require(sae, study("file:m.onnx", other, 3, "file:the-sae", SaeSettings.NONE)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("trained on google/gemma-2-2b, and the study's tokenizer is gemma-2-9b")
                .hasMessageContaining("write model: google/gemma-2-2b");
        SaeSettings meant = new SaeSettings(null, null, false, "google/gemma-2-2b", null);
        for (var study : List.of(
                study("file:m.onnx", "hf:google/gemma-2-2b@main/tokenizer.json", 3, "file:s", SaeSettings.NONE),
                study("hf:google/gemma-2-2b@main/model.onnx", other, 3, "file:s", SaeSettings.NONE),
                study("file:m.onnx", other, 3, "file:s", meant))) {
            assertThatCode(() -> SaeFit.require(sae, study)).doesNotThrowAnyException();
        }
    }

    @Test
    void aModelThatTheStudyNamesMustBeTheFiles() {
        SaeSettings other = new SaeSettings(null, null, false, "gemma-2-9b", null);
        assertThatThrownBy(() -> require("gemma-2-2b", null, "file:m.onnx", 3, other))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("gemma-2-2b")
                .hasMessageContaining("gemma-2-9b");
    }
}
