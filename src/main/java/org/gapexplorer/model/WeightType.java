package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import org.gapexplorer.study.Problem;

/**
 * How a weight's values are stored.
 *
 * @param bits of one value
 * @param java its type in ONNX Runtime's Java interface; null where it has none
 */
record WeightType(int bits, OnnxJavaType java) {
    static WeightType of(TensorProto weight) {
        TensorProto.DataType type = TensorProto.DataType.forNumber(weight.getDataType());
        return switch (type == null ? TensorProto.DataType.UNDEFINED : type) {
            case FLOAT -> new WeightType(32, OnnxJavaType.FLOAT);
            case DOUBLE -> new WeightType(64, OnnxJavaType.DOUBLE);
            case FLOAT16 -> new WeightType(16, OnnxJavaType.FLOAT16);
            case BFLOAT16 -> new WeightType(16, OnnxJavaType.BFLOAT16);
            case INT8 -> new WeightType(8, OnnxJavaType.INT8);
            case UINT8 -> new WeightType(8, OnnxJavaType.UINT8);
            case INT16 -> new WeightType(16, OnnxJavaType.INT16);
            case INT32 -> new WeightType(32, OnnxJavaType.INT32);
            case INT64 -> new WeightType(64, OnnxJavaType.INT64);
            case BOOL -> new WeightType(8, OnnxJavaType.BOOL);
            case UINT16 -> new WeightType(16, null);
            case UINT32 -> new WeightType(32, null);
            case UINT64 -> new WeightType(64, null);
            case INT4, UINT4 -> new WeightType(4, null);
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> new WeightType(8, null);
            default ->
                throw new Problem(
                        "weight " + weight.getName(),
                        "has the type number " + weight.getDataType() + ", which is not known here",
                        "export the model in float32 or float16");
        };
    }
}
