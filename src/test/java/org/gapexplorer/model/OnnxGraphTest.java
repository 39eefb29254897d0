package org.gapexplorer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {
    private static final String LAYER_3 = "/encoder/layer.3/output/LayerNorm/Add_1_output_0";

    @Test
    void pruningCutsTheLayersAboveAndKeepsTheNumbers() {
        OnnxGraph model = Starter.model();
        OnnxGraph pruned = model.prunedTo(List.of(LAYER_3));

        assertThat(pruned.computedTensors())
                .noneMatch(name -> name.contains("layer.4"))
                .contains(LAYER_3);
        assertThat(pruned.outputs()).containsExactly(LAYER_3);
        // two of six layers of 7 MB each are gone
        assertThat(model.weightBytes() - pruned.weightBytes()).isGreaterThan(2 * 7_000_000);

        OnnxGraph both = model.prunedTo(List.of(LAYER_3, "last_hidden_state"));
        try (TextTokenizer tokenizer = Starter.tokenizer();
                HiddenStates alone = HiddenStates.open(model, LAYER_3, tokenizer, 64, OnnxSession.Settings.CPU);
                OnnxSession whole = OnnxSession.open(both, OnnxSession.Settings.CPU)) {
            HiddenStates.Rows rows =
                    alone.of(List.of("The cat sat on the mat.")).getFirst();
            try (OnnxSession.Outputs outputs = whole.run(new TokenBatch(List.of(rows.tokens())), Map.of())) {
                float[] expected = new float[rows.tokens().length() * Starter.WIDTH];
                outputs.floats(LAYER_3).get(expected);
                for (int t = 0; t < rows.tokens().length(); t++) {
                    assertThat(rows.values()[t])
                            .containsExactly(
                                    Arrays.copyOfRange(expected, t * Starter.WIDTH, (t + 1) * Starter.WIDTH),
                                    Offset.offset(1e-4f));
                }
            }
        }
    }

    @Test
    void findsTheResidualTensorByNameInEachStarterModelAndItsQuantisedTwin() {
        for (String model : List.of(
                "all-minilm-l6-v2", "all-minilm-l6-v2-q", "bge-small-en-v1.5", "bge-small-en-v1.5-q", "e5-small-v2")) {
            OnnxGraph graph = OnnxGraph.load(Starter.bytes(model + ".onnx"), model);
            assertThat(Residual.after(graph, 3)).as(model).isEqualTo(LAYER_3);
            assertThat(graph.width(LAYER_3)).as(model).hasValue(Starter.WIDTH);
        }
    }

    @Test
    void findsTheResidualTensorByTheGraphsShapeWhereNamesAreLost() {
        OnnxGraph model = Starter.model();
        OnnxGraph renamed = renamed(model);

        for (int block = 0; block < 6; block++) {
            assertThat(Residual.after(model, block))
                    .isEqualTo(block == 5 ? "last_hidden_state" : LAYER_3.replace("layer.3", "layer." + block));
            assertThat(Residual.after(renamed, block))
                    .isEqualTo("t" + model.computedTensors().indexOf(Residual.after(model, block)));
        }
    }

    /** The same graph with every computed tensor named by its place in the file. */
    private static OnnxGraph renamed(OnnxGraph model) {
        Map<String, String> names = new HashMap<>();
        model.computedTensors().forEach(name -> names.put(name, "t" + names.size()));
        GraphProto.Builder graph = model.graph().toBuilder();
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            node.setName("");
            for (int i = 0; i < node.getInputCount(); i++) {
                node.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                node.setOutput(i, names.get(node.getOutput(i)));
            }
        }
        for (ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
            output.setName(names.get(output.getName()));
        }
        return OnnxGraph.load(ModelProto.newBuilder().setGraph(graph).build().toByteArray(), "renamed");
    }

    @Test
    void aBlockTheModelLacksIsNamedTogetherWithThoseItHas() {
        assertThatThrownBy(() -> Residual.after(Starter.model(), 6))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(Starter.ONNX)
                .hasMessageContaining("block 6")
                .hasMessageContaining("blocks 0 to 5");
    }

    @Test
    void aTensorTheModelLacksIsNamedTogetherWithItsLikes() {
        assertThatThrownBy(() -> Residual.named(Starter.model(), "/encoder/layer.3/output/LayerNorm/Add_9_output_0"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(Starter.ONNX)
                .hasMessageContaining("Add_9_output_0")
                .hasMessageContaining(LAYER_3.substring(0, 30));
    }

    @Test
    void aTruncatedModelIsAProblemAtEveryLength() {
        byte[] whole = Starter.bytes(Starter.ONNX);
        for (int length : new int[] {0, 1, 100, 10_000, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> OnnxGraph.load(Arrays.copyOf(whole, length), "cut.onnx"))
                    .as("%d bytes", length)
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("cut.onnx: ");
        }
    }

    @Test
    void weightsThatOnnxRuntimeRefusesAreAProblem() {
        byte[] bytes = ModelProto.newBuilder(Starter.model().model())
                .setGraph(Starter.model().graph().toBuilder().clearInitializer())
                .build()
                .toByteArray();
        OnnxGraph headless = OnnxGraph.load(bytes, "headless.onnx");
        assertThatThrownBy(() -> OnnxSession.open(headless, OnnxSession.Settings.CPU))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("headless.onnx: ONNX Runtime does not accept the model");
    }
}
