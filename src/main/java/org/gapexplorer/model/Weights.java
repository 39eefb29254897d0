package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.study.Problem;

/**
 * A graph without its large weights, and these beside it, so that ONNX Runtime takes them from where they are (a mapped
 * file, a buffer) and no message of more than 2 GB is ever made.
 *
 * @param graph the weights in {@code large} are marked as external in it
 * @param large their bytes, direct and little-endian
 */
record Weights(GraphProto graph, List<Large> large) {
    private static final int SMALL = 4_096;

    /** One weight. */
    record Large(String name, OnnxJavaType type, ByteBuffer bytes, long[] dims) {}

    static Weights beside(GraphProto graph, WeightFiles files) {
        GraphProto.Builder light = graph.toBuilder().clearInitializer();
        List<Large> large = new ArrayList<>();
        for (TensorProto weight : graph.getInitializerList()) {
            boolean external = WeightFiles.isExternal(weight);
            if (!external && weight.getRawData().size() < SMALL) {
                light.addInitializer(weight);
                continue;
            }
            ByteBuffer bytes = external ? files.bytes(weight) : direct(weight.getRawData());
            OnnxJavaType type = WeightType.of(weight).java();
            if (type == null || bytes.remaining() < SMALL) {
                light.addInitializer(inside(weight, files));
                continue;
            }
            large.add(new Large(
                    weight.getName(),
                    type,
                    bytes,
                    weight.getDimsList().stream().mapToLong(Long::longValue).toArray()));
            light.addInitializer(weight.toBuilder()
                    .clearRawData()
                    .clearExternalData()
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue("given")));
        }
        return new Weights(light.build(), large);
    }

    private static ByteBuffer direct(ByteString raw) {
        ByteBuffer buffer = raw.asReadOnlyByteBuffer();
        if (!buffer.isDirect()) {
            buffer = ByteBuffer.allocateDirect(raw.size()).put(buffer).flip();
        }
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The graph with all weights in it. */
    static GraphProto inside(GraphProto graph, WeightFiles files) {
        GraphProto.Builder full = graph.toBuilder();
        for (int i = 0; i < full.getInitializerCount(); i++) {
            if (WeightFiles.isExternal(full.getInitializer(i))) {
                full.setInitializer(i, inside(full.getInitializer(i), files));
            }
        }
        return full.build();
    }

    private static TensorProto inside(TensorProto weight, WeightFiles files) {
        if (!WeightFiles.isExternal(weight)) {
            return weight;
        }
        return weight.toBuilder()
                .clearExternalData()
                .clearDataLocation()
                .setRawData(UnsafeByteOperations.unsafeWrap(files.bytes(weight)))
                .build();
    }

    /**
     * @throws Problem if a data file is missing, too short or out of bounds, or a weight within a node refers to one
     */
    static void check(GraphProto graph, String where, WeightFiles files) {
        for (TensorProto weight : graph.getInitializerList()) {
            if (WeightFiles.isExternal(weight)) {
                files.slice(weight);
            }
        }
        graph.getNodeList().forEach(node -> refuseInside(node, where));
    }

    private static void refuseInside(NodeProto node, String where) {
        for (AttributeProto attribute : node.getAttributeList()) {
            List<TensorProto> tensors = new ArrayList<>(attribute.getTensorsList());
            tensors.add(attribute.getT());
            List<GraphProto> bodies = new ArrayList<>(attribute.getGraphsList());
            bodies.add(attribute.getG());
            bodies.forEach(body -> {
                tensors.addAll(body.getInitializerList());
                body.getNodeList().forEach(inner -> refuseInside(inner, where));
            });
            if (tensors.stream().anyMatch(WeightFiles::isExternal)) {
                throw new Problem(
                        where,
                        "a weight within the node '" + node.getName() + "' lies in a data file",
                        "export the model with such weights as initialisers of the whole graph");
            }
        }
    }
}
