package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * ONNX Runtime has few bfloat16 operators for the CPU. There a bfloat16 graph computes in float32: its weights, which
 * stay as they are stored, are widened when the graph is opened, which loses nothing.
 */
final class Bfloat16 {
    private static final int BFLOAT16 = DataType.BFLOAT16_VALUE;
    private static final int FLOAT = DataType.FLOAT_VALUE;
    private static final String STORED = "gapx/bfloat16/";

    private Bfloat16() {}

    /** The graph in float32; unchanged if no weight of it is bfloat16. */
    static GraphProto widened(GraphProto graph) {
        if (graph.getInitializerList().stream().noneMatch(weight -> weight.getDataType() == BFLOAT16)) {
            return graph;
        }
        return body(graph);
    }

    private static GraphProto body(GraphProto graph) {
        GraphProto.Builder wide = graph.toBuilder().clearNode().clearInitializer();
        for (TensorProto weight : graph.getInitializerList()) {
            if (weight.getDataType() == BFLOAT16) {
                String stored = STORED + weight.getName();
                wide.addInitializer(weight.toBuilder().setName(stored));
                wide.addNode(NodeProto.newBuilder()
                        .setOpType("Cast")
                        .addInput(stored)
                        .addOutput(weight.getName())
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("to")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(FLOAT)));
            } else {
                wide.addInitializer(weight);
            }
        }
        graph.getNodeList().forEach(node -> wide.addNode(node(node)));
        wide.getInputBuilderList().forEach(Bfloat16::type);
        wide.getOutputBuilderList().forEach(Bfloat16::type);
        wide.getValueInfoBuilderList().forEach(Bfloat16::type);
        return wide.build();
    }

    private static NodeProto node(NodeProto node) {
        NodeProto.Builder wide = node.toBuilder();
        for (AttributeProto.Builder attribute : wide.getAttributeBuilderList()) {
            boolean namesType = attribute.getName().equals("to")
                    || attribute.getName().equals("dtype")
                    || attribute.getName().equals("output_dtype");
            if (namesType && attribute.getI() == BFLOAT16) {
                attribute.setI(FLOAT);
            }
            if (attribute.getT().getDataType() == BFLOAT16) {
                attribute.setT(constant(attribute.getT()));
            }
            if (attribute.getG().getNodeCount() > 0) {
                attribute.setG(body(attribute.getG()));
            }
        }
        return wide.build();
    }

    private static TensorProto constant(TensorProto tensor) {
        TensorProto.Builder wide =
                tensor.toBuilder().setDataType(FLOAT).clearRawData().clearInt32Data();
        if (tensor.getInt32DataCount() > 0) {
            tensor.getInt32DataList().forEach(bits -> wide.addFloatData(Float.intBitsToFloat(bits << 16)));
            return wide.build();
        }
        ByteBuffer narrow = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer floats = ByteBuffer.allocate(narrow.remaining() * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (narrow.remaining() >= Short.BYTES) {
            floats.putFloat(Float.intBitsToFloat(narrow.getShort() << 16));
        }
        return wide.setRawData(ByteString.copyFrom(floats.flip())).build();
    }

    private static void type(ValueInfoProto.Builder value) {
        if (value.getType().getTensorType().getElemType() == BFLOAT16) {
            value.getTypeBuilder().getTensorTypeBuilder().setElemType(FLOAT);
        }
    }
}
