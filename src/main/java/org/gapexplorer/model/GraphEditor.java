package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends nodes, weights and inputs to a graph. Each method returns the name of the tensor it adds, so that calls nest
 * as the formula does. Every name starts with {@value #SCOPE}, apart from the new model's own.
 *
 * <p>The nodes must exist in operator sets 11 to 22 in the form used here; where the form changed between them
 * ({@code ReduceMax}, {@code ReduceSum}, {@code Unsqueeze}), there is a method that picks the right one.
 */
public final class GraphEditor {
    private static final String SCOPE = "gapx/";

    private final OnnxGraph base;
    private final GraphProto.Builder graph;
    private final int opset;

    /** Starts from a graph, which stays as it is. */
    public GraphEditor(OnnxGraph base) {
        this.base = base;
        this.graph = base.graph().toBuilder();
        this.opset = base.opset();
    }

    /** Adds an input of float32 values; a dimension below 0 is free. */
    public String floatInput(String name, long... dims) {
        return input(name, TensorProto.DataType.FLOAT, dims);
    }

    /** Adds an input of int64 values; a dimension below 0 is free. */
    public String longInput(String name, long... dims) {
        return input(name, TensorProto.DataType.INT64, dims);
    }

    private String input(String name, TensorProto.DataType type, long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < dims.length; i++) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dims[i] < 0 ? dimension.setDimParam(name + "_" + i) : dimension.setDimValue(dims[i]));
        }
        graph.addInput(ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape))));
        return name;
    }

    /** Adds a float32 weight of the given shape (none for a scalar). */
    public String floats(String name, float[] values, long... dims) {
        // direct: a large weight goes to ONNX Runtime without another copy
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return weight(name, TensorProto.DataType.FLOAT, bytes, dims);
    }

    /** Adds an int64 weight of the given shape (none for a scalar). */
    public String longs(String name, long[] values, long... dims) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return weight(name, TensorProto.DataType.INT64, bytes, dims);
    }

    private String weight(String name, TensorProto.DataType type, ByteBuffer bytes, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(SCOPE + name)
                .setDataType(type.getNumber())
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        graph.addInitializer(tensor);
        return SCOPE + name;
    }

    /** Adds a node with one output. */
    public String node(String op, String name, String... inputs) {
        return nodes(op, name, 1, List.of(), inputs).getFirst();
    }

    /** Adds a node with one output and integer attributes, given as name, value, name, value. */
    public String node(String op, String name, List<Object> attributes, String... inputs) {
        return nodes(op, name, 1, attributes, inputs).getFirst();
    }

    /** Adds a node with several outputs. */
    public List<String> nodes(String op, String name, int outputs, List<Object> attributes, String... inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(op).setName(SCOPE + name).addAllInput(List.of(inputs));
        for (int i = 0; i < outputs; i++) {
            node.addOutput(SCOPE + name + (i == 0 ? "" : "_" + i));
        }
        addIntegers(node, attributes);
        graph.addNode(node);
        return List.copyOf(node.getOutputList());
    }

    private static void addIntegers(NodeProto.Builder node, List<Object> attributes) {
        for (int i = 0; i < attributes.size(); i += 2) {
            node.addAttribute(AttributeProto.newBuilder()
                    .setName((String) attributes.get(i))
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(((Number) attributes.get(i + 1)).longValue()));
        }
    }

    /** The largest value along one axis, which goes. */
    public String reduceMax(String name, int axis, String input) {
        // ReduceMax takes its axes as an input from operator set 18 on
        return alongAxis("ReduceMax", name, axis, input, 18, List.of("keepdims", 0));
    }

    /** Adds an axis of length 1. */
    public String unsqueeze(String name, int axis, String input) {
        return alongAxis("Unsqueeze", name, axis, input, 13, List.of());
    }

    /** Removes an axis of length 1. */
    public String squeeze(String name, int axis, String input) {
        return alongAxis("Squeeze", name, axis, input, 13, List.of());
    }

    private String alongAxis(String op, String name, int axis, String input, int asInputFrom, List<Object> attributes) {
        if (opset >= asInputFrom) {
            return node(op, name, attributes, input, longs(name + "_axes", new long[] {axis}, 1));
        }
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(op)
                .setName(SCOPE + name)
                .addInput(input)
                .addOutput(SCOPE + name);
        node.addAttribute(AttributeProto.newBuilder()
                .setName("axes")
                .setType(AttributeProto.AttributeType.INTS)
                .addInts(axis));
        addIntegers(node, attributes);
        graph.addNode(node);
        return SCOPE + name;
    }

    /** Casts to float32. */
    public String toFloat(String name, String input) {
        return node("Cast", name, List.of("to", TensorProto.DataType.FLOAT.getNumber()), input);
    }

    /** Casts to int32. */
    public String toInt(String name, String input) {
        return node("Cast", name, List.of("to", TensorProto.DataType.INT32.getNumber()), input);
    }

    /** Casts to bool: what is not zero is true. */
    public String toBool(String name, String input) {
        return node("Cast", name, List.of("to", TensorProto.DataType.BOOL.getNumber()), input);
    }

    /**
     * Adds some of the graph's nodes once more, reading one tensor in the place of another.
     *
     * @param nodes in their order
     * @param output the tensor wanted of them
     */
    String again(List<NodeProto> nodes, String from, String to, String output) {
        Map<String, String> names = new HashMap<>(Map.of(from, to));
        for (NodeProto node : nodes) {
            NodeProto.Builder copy = node.toBuilder().setName(SCOPE + "again/" + node.getName());
            for (int i = 0; i < node.getInputCount(); i++) {
                copy.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                names.put(node.getOutput(i), SCOPE + "again/" + node.getOutput(i));
                copy.setOutput(i, SCOPE + "again/" + node.getOutput(i));
            }
            graph.addNode(copy);
        }
        return names.get(output);
    }

    /** Gives a tensor the name under which a caller will ask for it. */
    public String named(String name, String input) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(SCOPE + name)
                .addInput(input)
                .addOutput(name));
        return name;
    }

    /** The graph as edited, cut down to what these outputs need. */
    public OnnxGraph build(List<String> outputs) {
        graph.clearValueInfo();
        return base.with(graph.build()).prunedTo(outputs);
    }
}
