package org.gapexplorer.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose files are links, as they are in the hub's cache: snapshots/COMMIT/onnx/model.onnx to blobs/ETAG. */
class LinkedWeightsTest {
    @TempDir
    Path folder;

    private Path blobs;
    private Path snapshot;

    @BeforeEach
    void aModelWithItsWeightsInADataFile() throws IOException {
        blobs = Files.createDirectories(folder.resolve("blobs"));
        snapshot = Files.createDirectories(folder.resolve("snapshots/c0ffee/onnx"));
        var weight = TensorProto.newBuilder()
                .setName("w")
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(100)
                .addDims(100)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("model.onnx_data"));
        var graph = GraphProto.newBuilder()
                .setName("g")
                .addInitializer(weight)
                .addInput(ValueInfoProto.newBuilder().setName("x"))
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .addNode(NodeProto.newBuilder()
                        .setOpType("MatMul")
                        .addInput("x")
                        .addInput("w")
                        .addOutput("y"));
        byte[] model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
        Files.write(blobs.resolve("aaa"), model);
        Files.write(blobs.resolve("bbb"), new byte[40_000]);
    }

    private Path link(String name, String target) throws IOException {
        return Files.createSymbolicLink(snapshot.resolve(name), Path.of(target));
    }

    @Test
    void weightsOfTheHubsCacheAreFoundThroughTheirLinks() throws IOException {
        Path model = link("model.onnx", "../../../blobs/aaa");
        link("model.onnx_data", "../../../blobs/bbb");
        assertThatCode(() -> OnnxGraph.load(model)).doesNotThrowAnyException();
    }

    @Test
    void aLinkToAnywhereElseIsRefused() throws IOException {
        Files.write(folder.resolve("elsewhere"), new byte[40_000]);
        Path linked = link("model.onnx", "../../../blobs/aaa");
        link("model.onnx_data", "../../../elsewhere");
        assertThatThrownBy(() -> OnnxGraph.load(linked))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("leads out of the model's folder");
        Files.delete(linked);
        Path plain = Files.copy(blobs.resolve("aaa"), snapshot.resolve("model.onnx"));
        Files.delete(snapshot.resolve("model.onnx_data"));
        link("model.onnx_data", "../../../blobs/bbb");
        assertThatThrownBy(() -> OnnxGraph.load(plain))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("leads out of the model's folder");
    }
}
