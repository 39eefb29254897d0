package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models that keep their float weights in a file beside them, as exporters write large ones. */
public final class OutsideWeights {
    private OutsideWeights() {}

    /** Writes a model's float weights to a data file, and the model that names it {@code location}. */
    public static void split(byte[] inline, Path onnx, String location, Path data) throws IOException {
        ModelProto model = ModelProto.parseFrom(inline);
        GraphProto.Builder graph = model.getGraph().toBuilder();
        var bytes = new ByteArrayOutputStream();
        for (TensorProto.Builder weight : graph.getInitializerBuilderList()) {
            if (weight.getDataType() == TensorProto.DataType.FLOAT_VALUE
                    && !weight.getRawData().isEmpty()) {
                weight.setDataLocation(TensorProto.DataLocation.EXTERNAL);
                entry(weight, "location", location);
                entry(weight, "offset", String.valueOf(bytes.size()));
                entry(weight, "length", String.valueOf(weight.getRawData().size()));
                bytes.write(weight.getRawData().toByteArray());
                weight.clearRawData();
            }
        }
        Files.write(data, bytes.toByteArray());
        Files.write(onnx, model.toBuilder().setGraph(graph).build().toByteArray());
    }

    /** Makes a data file that of another model of the same build, and the same size: every weight has its sign turned. */
    public static void replace(Path data) throws IOException {
        byte[] bytes = Files.readAllBytes(data);
        FloatBuffer weights =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int i = 0; i < weights.limit(); i++) {
            weights.put(i, -weights.get(i));
        }
        Files.write(data, bytes);
    }

    private static void entry(TensorProto.Builder weight, String key, String value) {
        weight.addExternalData(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }
}
