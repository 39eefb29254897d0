package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** A model of no layers: the rows that are fed come out as its residual stream. */
public final class PassThrough {
    /** Input, float32 [texts, tokens, width]. */
    public static final String ROWS = "rows";
    /** The same, computed by a node. */
    public static final String HIDDEN = "hidden";

    private PassThrough() {}

    public static OnnxGraph model(int width, int opset) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("texts"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("tokens"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
                .build();
        TypeProto type = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape))
                .build();
        GraphProto graph = GraphProto.newBuilder()
                .setName("pass-through")
                .addInput(ValueInfoProto.newBuilder().setName(ROWS).setType(type))
                .addOutput(ValueInfoProto.newBuilder().setName(HIDDEN).setType(type))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .setName("pass")
                        .addInput(ROWS)
                        .addOutput(HIDDEN))
                .build();
        return OnnxGraph.load(
                ModelProto.newBuilder()
                        .setIrVersion(7)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                        .setGraph(graph)
                        .build()
                        .toByteArray(),
                "pass-through");
    }
}
