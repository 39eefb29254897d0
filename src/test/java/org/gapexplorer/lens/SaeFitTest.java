package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class SaeFitTest {
    private static org.gapexplorer.study.Lens study(String model, int layer, SaeSettings settings) {
        SourceRef file = new SourceRef("file:x", null);
        return new org.gapexplorer.study.Lens(
                "l",
                "L",
                "",
                new SourceRef(model, null),
                file,
                org.gapexplorer.study.Lens.Architecture.BERT,
                layer,
                null,
                new SourceRef("file:the-sae", null),
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

    @Test
    void aModelThatTheStudyNamesMustBeTheFiles() {
        SaeSettings other = new SaeSettings(null, null, false, "gemma-2-9b", null);
        assertThatThrownBy(() -> require("gemma-2-2b", null, "file:m.onnx", 3, other))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("gemma-2-2b")
                .hasMessageContaining("gemma-2-9b");
    }
}
