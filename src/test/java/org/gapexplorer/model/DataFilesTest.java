package org.gapexplorer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in files beside the model (ONNX's external data). */
class DataFilesTest {
    @TempDir
    Path folder;

    private Path home;
    private ModelProto inline;

    @BeforeEach
    void aModelOfItsOwn() throws IOException {
        home = Files.createDirectory(folder.resolve("model"));
        byte[] bytes = Peers.unpacked(Peers.FOLDER.resolve("llama/optimum_past/model.onnx.gz"));
        inline = ModelProto.parseFrom(bytes);
    }

    /** Writes the weights to a data file and returns the model that refers to it under a name. */
    private Path split(String location, Path data, Map<String, String> more) throws IOException {
        var bytes = new ByteArrayOutputStream();
        GraphProto.Builder graph = inline.getGraph().toBuilder();
        for (TensorProto.Builder weight : graph.getInitializerBuilderList()) {
            weight.setDataLocation(TensorProto.DataLocation.EXTERNAL);
            entry(weight, "location", location);
            entry(weight, "offset", String.valueOf(bytes.size()));
            entry(weight, "length", String.valueOf(weight.getRawData().size()));
            more.forEach((key, value) -> {
                weight.clearExternalData();
                entry(weight, "location", location);
                entry(weight, key, value);
            });
            bytes.write(weight.getRawData().toByteArray());
            weight.clearRawData();
        }
        Files.createDirectories(data.getParent());
        Files.write(data, bytes.toByteArray());
        byte[] model = inline.toBuilder().setGraph(graph).build().toByteArray();
        return Files.write(home.resolve("model.onnx"), model);
    }

    private static void entry(TensorProto.Builder weight, String key, String value) {
        weight.addExternalData(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }

    private static float[][] rows(OnnxGraph model) {
        try (TextTokenizer tokenizer = Peers.tokenizer("llama");
                HiddenStates states =
                        HiddenStates.open(model, Residual.after(model, 1), tokenizer, 64, OnnxSession.Settings.CPU)) {
            return states.of(List.of("A cat.")).getFirst().values();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx_data", "weights/first.bin", "./a b.bin"})
    void weightsAreReadFromBesideTheModel(String location) throws IOException {
        OnnxGraph model = OnnxGraph.load(split(location, home.resolve(location), Map.of()));
        OnnxGraph whole = OnnxGraph.load(inline.toByteArray(), "inline");

        assertThat(rows(model)).isDeepEqualTo(rows(whole));
        assertThat(rows(OnnxGraph.load(model.toBytes(), "packed"))).isDeepEqualTo(rows(whole));
        assertThat(model.weightBytes()).isGreaterThan(10_000);
        OnnxGraph pruned = model.prunedTo(List.of(Residual.after(model, 0)));
        assertThat(pruned.weightBytes()).isLessThan(model.weightBytes() / 2);
    }

    @Test
    void aDataFileThatTheStudyNamesMayLieAnywhereAndBeALink() throws IOException {
        Path blob = folder.resolve("cache/0123/model.onnx_data");
        Path model = split("model.onnx_data", blob, Map.of());
        Path link = Files.createSymbolicLink(folder.resolve("model.onnx_data"), blob);

        assertThatThrownBy(() -> OnnxGraph.load(model))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("model.onnx_data")
                .hasMessageContaining("model_data");
        assertThat(rows(OnnxGraph.load(model, List.of(link))))
                .isDeepEqualTo(rows(OnnxGraph.load(inline.toByteArray(), "inline")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../outside.bin", "/etc/hostname", "a/../../outside.bin", "C:\\outside.bin", "..\\x", "", "."})
    void aNameThatLeadsOutOfTheFolderIsRefused(String location) throws IOException {
        Path model = split(location, folder.resolve("outside.bin"), Map.of());
        assertThatThrownBy(() -> OnnxGraph.load(model)).isInstanceOf(Problem.class);
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
        Path secret = folder.resolve("secret.bin");
        Path model = split("data.bin", secret, Map.of());
        Files.createSymbolicLink(home.resolve("data.bin"), secret);
        assertThatThrownBy(() -> OnnxGraph.load(model))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("leads out of the model's folder");
    }

    @ParameterizedTest
    @CsvSource({
        "offset, 999999999",
        "offset, -1",
        "offset, 9223372036854775807",
        "length, 1",
        "length, 99999999999999999999",
        "offset, many"
    })
    void aSliceThatTheFileDoesNotHoldIsRefused(String key, String value) throws IOException {
        Path model = split("data.bin", home.resolve("data.bin"), Map.of(key, value));
        assertThatThrownBy(() -> OnnxGraph.load(model))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(home.toString());
    }

    @Test
    void dimensionsOfMoreThanTheFileHoldsAreRefusedBeforeAnythingIsSetAside() throws IOException {
        for (long[] dims : new long[][] {{1L << 40, 1L << 40}, {-1}, {1L << 33}}) {
            GraphProto.Builder graph = inline.getGraph().toBuilder();
            TensorProto.Builder weight = graph.getInitializerBuilder(0);
            weight.clearRawData().clearDims().setDataLocation(TensorProto.DataLocation.EXTERNAL);
            entry(weight, "location", "data.bin");
            for (long dim : dims) {
                weight.addDims(dim);
            }
            Files.write(home.resolve("data.bin"), new byte[64]);
            byte[] bytes = inline.toBuilder().setGraph(graph).build().toByteArray();
            Path model = Files.write(home.resolve("model.onnx"), bytes);
            assertThatThrownBy(() -> OnnxGraph.load(model)).isInstanceOf(Problem.class);
        }
    }

    @Test
    void inputsThatNobodyKnowsAreNamedTogether() {
        GraphProto.Builder graph = inline.getGraph().toBuilder();
        for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
            if (input.getName().equals("position_ids") || input.getName().equals("input_ids")) {
                input.setName("my_" + input.getName());
            }
        }
        graph.getNodeBuilderList().forEach(node -> {
            for (int i = 0; i < node.getInputCount(); i++) {
                String name = node.getInput(i);
                if (name.equals("position_ids") || name.equals("input_ids")) {
                    node.setInput(i, "my_" + name);
                }
            }
        });
        String tensor = Residual.after(OnnxGraph.load(inline.toByteArray(), "inline"), 1);
        OnnxGraph odd =
                OnnxGraph.load(inline.toBuilder().setGraph(graph).build().toByteArray(), "odd.onnx");
        try (TextTokenizer tokenizer = Peers.tokenizer("llama");
                HiddenStates states = HiddenStates.open(odd, tensor, tokenizer, 64, OnnxSession.Settings.CPU)) {
            assertThatThrownBy(() -> states.of(List.of("A cat.")))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("odd.onnx: ")
                    .hasMessageContaining("my_input_ids")
                    .hasMessageContaining("my_position_ids");
        }
    }

    /** Three tables of 800 MB in one sparse file, one row of each written. */
    @Test
    void aGraphOfMoreThanTwoGigabytesIsOpened() throws IOException {
        long rows = 25_000_000;
        int width = 8;
        long tableBytes = rows * width * Float.BYTES;
        GraphProto.Builder graph = GraphProto.newBuilder().setName("large");
        graph.addInput(value("input_ids", TensorProto.DataType.INT64, 2))
                .addOutput(value("sum", TensorProto.DataType.FLOAT, 3));
        try (FileChannel file = FileChannel.open(
                home.resolve("tables.bin"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.WRITE)) {
            for (int table = 0; table < 3; table++) {
                TensorProto.Builder weight = TensorProto.newBuilder()
                        .setName("table" + table)
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(rows)
                        .addDims(width)
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL);
                entry(weight, "location", "tables.bin");
                entry(weight, "offset", String.valueOf(table * tableBytes));
                graph.addInitializer(weight);
                ByteBuffer row = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < width; i++) {
                    row.putFloat((table + 1) * 100 + i);
                }
                file.write(row.flip(), (table + 1) * tableBytes - width * Float.BYTES);
                graph.addNode(NodeProto.newBuilder()
                        .setOpType("Gather")
                        .addInput("table" + table)
                        .addInput("input_ids")
                        .addOutput("row" + table));
            }
        }
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Sum")
                .addInput("row0")
                .addInput("row1")
                .addInput("row2")
                .addOutput("sum"));
        ModelProto model = inline.toBuilder().setGraph(graph).build();
        Path path = Files.write(home.resolve("large.onnx"), model.toByteArray());

        OnnxGraph large = OnnxGraph.load(path);
        assertThat(large.weightBytes()).isEqualTo(3 * tableBytes).isGreaterThan(Integer.MAX_VALUE);
        Tokens tokens =
                new Tokens(new long[] {rows - 1, 0}, new int[2], new int[2], new boolean[2], false, new String[2]);
        try (OnnxSession session = OnnxSession.open(large, OnnxSession.Settings.CPU);
                OnnxSession.Outputs outputs = session.run(new TokenBatch(List.of(tokens)), Map.of())) {
            float[] values = new float[2 * width];
            outputs.floats("sum").get(values);
            assertThat(values).startsWith(600, 603, 606).endsWith(0, 0, 0);
        }
        assertThatThrownBy(large::toBytes).isInstanceOf(Problem.class).hasMessageContaining("2 GB");
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, int rank) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < rank; i++) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(name + i));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
