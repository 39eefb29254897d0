package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;

/**
 * An ONNX model as a graph of named tensors: which there are, and the part of it that a few of them need. Immutable; a
 * changed graph is a new one (its weights are shared). {@link GraphEditor} appends to one.
 */
public final class OnnxGraph {
    private static final int MAX_SUGGESTIONS = 5;
    /** Room for the nodes beside the weights in a file of 2 GB. */
    private static final int MAX_GRAPH_BYTES = 64 << 20;

    private final String where;
    private final ModelProto model;
    private final WeightFiles files;

    OnnxGraph(String where, ModelProto model, WeightFiles files) {
        this.where = where;
        this.model = model;
        this.files = files;
    }

    /** The same weights' files, another graph. */
    OnnxGraph with(GraphProto graph) {
        return new OnnxGraph(where, model.toBuilder().setGraph(graph).build(), files);
    }

    /**
     * Reads a model file; data files of its weights are looked for beside it.
     *
     * @throws Problem if the file cannot be read, or is no complete ONNX model
     */
    public static OnnxGraph load(Path file) {
        return load(file, List.of());
    }

    /**
     * Reads a model file. Weights are mapped, not read: what a pruned graph does not need costs nothing.
     *
     * @param data data files of its weights that may lie elsewhere than beside it, found by their file names
     * @throws Problem if a file cannot be read, is no complete ONNX model, or a data file is missing, too short, or
     *     named in a way that leads out of the model's folder
     */
    public static OnnxGraph load(Path file, List<Path> data) {
        String where = file.toString();
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new Problem(
                        where,
                        "is larger than an ONNX file can be (2 GB)",
                        "export the model with its weights in external data");
            }
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            WeightFiles files = new WeightFiles(where, file, data);
            return load(UnsafeByteOperations.unsafeWrap(mapped), where, files);
        } catch (IOException e) {
            throw new Problem(where, "cannot be read as an ONNX model", "check the path and its permissions", e);
        }
    }

    /**
     * Reads a model from memory; it may have no data files.
     *
     * @param where the name to give it in messages
     * @throws Problem if the bytes are no complete ONNX model
     */
    public static OnnxGraph load(byte[] bytes, String where) {
        return load(UnsafeByteOperations.unsafeWrap(bytes), where, new WeightFiles(where, null, List.of()));
    }

    private static OnnxGraph load(ByteString bytes, String where, WeightFiles files) {
        try {
            CodedInputStream input = bytes.newCodedInput();
            // weights stay where they are: in the mapped file
            input.enableAliasing(true);
            ModelProto model = ModelProto.parseFrom(input);
            if (model.getGraph().getNodeCount() == 0) {
                throw new Problem(where, "holds no ONNX graph", "give the .onnx file of an exported model");
            }
            GraphProto graph = FusedSums.named(EmptyCache.left(Branches.withoutCache(model.getGraph())));
            Weights.check(graph, where, files);
            return new OnnxGraph(where, model.toBuilder().setGraph(graph).build(), files);
        } catch (IOException e) {
            throw new Problem(
                    where,
                    "is not a complete ONNX model (" + bytes.size() + " bytes were read)",
                    "fetch or export it again and compare its size and sha256",
                    e);
        }
    }

    /** The name used in messages. */
    public String where() {
        return where;
    }

    /**
     * Whether the model quantises activations by the range it finds in each run (dynamic quantisation), so that a text's
     * numbers depend on the other texts of its batch.
     */
    public boolean quantisesWhileRunning() {
        return graph().getNodeList().stream().anyMatch(node -> node.getOpType().startsWith("DynamicQuantize"));
    }

    /** How texts may share a run of this graph without one changing another's numbers. */
    public Batching batching() {
        List<String> inputs = inputs();
        boolean fixed = graph().getInputList().stream()
                .filter(input -> input.getName().equals("input_ids"))
                .map(input -> input.getType().getTensorType().getShape())
                .anyMatch(shape -> shape.getDimCount() > 0 && shape.getDim(0).getDimValue() == 1);
        if (fixed || quantisesWhileRunning()) {
            return Batching.ONE_BY_ONE;
        }
        boolean masked = inputs.contains("attention_mask") || inputs.contains("seqlens_k");
        return masked ? Batching.PADDED : Batching.SAME_LENGTH;
    }

    /** The version of the default operator set. */
    public int opset() {
        return model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToInt(set -> (int) set.getVersion())
                .max()
                .orElse(1);
    }

    /** The names of what must be fed, in the file's order (old files list weights as inputs; those are left out). */
    public List<String> inputs() {
        Set<String> weights = weightNames();
        return graph().getInputList().stream()
                .map(ValueInfoProto::getName)
                .filter(name -> !weights.contains(name))
                .toList();
    }

    /** The names of the outputs, in the file's order. */
    public List<String> outputs() {
        return graph().getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    /** Every tensor that an output could be made of: those computed by nodes, in the order they are computed. */
    public List<String> computedTensors() {
        return graph().getNodeList().stream()
                .flatMap(node -> node.getOutputList().stream())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Whether a node computes this tensor. */
    public boolean computes(String tensor) {
        return graph().getNodeList().stream()
                .anyMatch(node -> node.getOutputList().contains(tensor));
    }

    /**
     * The last dimension of a tensor, where the file tells it: declared with the tensor, or the length of the bias or
     * scale vector that the node making it adds or multiplies. Empty where neither says.
     */
    public OptionalInt width(String tensor) {
        Stream<ValueInfoProto> declared = Stream.of(
                        graph().getValueInfoList(), graph().getOutputList(), graph().getInputList())
                .flatMap(List::stream);
        OptionalInt stated = declared.filter(value -> value.getName().equals(tensor))
                .map(value -> value.getType().getTensorType().getShape())
                .filter(shape -> shape.getDimCount() > 0)
                .map(shape -> shape.getDim(shape.getDimCount() - 1))
                .filter(TensorShapeProto.Dimension::hasDimValue)
                .mapToInt(dimension -> (int) dimension.getDimValue())
                .findFirst();
        return stated.isPresent() ? stated : widthOfVectorOperand(tensor);
    }

    private OptionalInt widthOfVectorOperand(String tensor) {
        Map<String, TensorProto> weights = new HashMap<>();
        graph().getInitializerList().forEach(weight -> weights.put(weight.getName(), weight));
        return graph().getNodeList().stream()
                .filter(node -> node.getOutputList().contains(tensor))
                .flatMap(node -> node.getInputList().stream())
                .map(weights::get)
                .filter(weight -> weight != null && weight.getDimsCount() == 1 && weight.getDims(0) > 1)
                .mapToInt(weight -> (int) weight.getDims(0))
                .findFirst();
    }

    /**
     * The graph cut down to what these tensors need: other nodes, weights and inputs are gone, and these tensors are its
     * outputs.
     *
     * @throws Problem if a tensor is not in the graph; the message names it, the file, and tensors of similar name
     */
    public OnnxGraph prunedTo(List<String> tensors) {
        tensors.forEach(this::require);
        Set<String> needed = new HashSet<>();
        List<NodeProto> kept = nodesFor(tensors, needed);
        GraphProto.Builder pruned =
                GraphProto.newBuilder().setName(graph().getName()).addAllNode(kept);
        graph().getInitializerList().stream()
                .filter(weight -> needed.contains(weight.getName()))
                .forEach(pruned::addInitializer);
        graph().getSparseInitializerList().stream()
                .filter(weight -> needed.contains(weight.getValues().getName()))
                .forEach(pruned::addSparseInitializer);
        graph().getInputList().stream()
                .filter(input -> needed.contains(input.getName()))
                .forEach(pruned::addInput);
        Map<String, ValueInfoProto> types = new HashMap<>();
        graph().getValueInfoList().forEach(value -> types.put(value.getName(), value));
        graph().getOutputList().forEach(value -> types.put(value.getName(), value));
        types.values().stream()
                .filter(value -> needed.contains(value.getName()))
                .forEach(pruned::addValueInfo);
        tensors.forEach(name -> pruned.addOutput(types.getOrDefault(
                name, ValueInfoProto.newBuilder().setName(name).build())));
        return with(pruned.build());
    }

    /** The nodes that these tensors need, in the file's (topological) order; adds the name of every tensor they touch. */
    private List<NodeProto> nodesFor(List<String> tensors, Set<String> needed) {
        Map<String, Integer> producer = new HashMap<>();
        List<NodeProto> nodes = graph().getNodeList();
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).getOutputList()) {
                producer.put(output, i);
            }
        }
        Deque<String> open = new ArrayDeque<>(tensors);
        TreeSet<Integer> keep = new TreeSet<>();
        while (!open.isEmpty()) {
            String tensor = open.pop();
            Integer node = needed.add(tensor) ? producer.get(tensor) : null;
            if (node != null && keep.add(node)) {
                open.addAll(reads(nodes.get(node)));
            }
        }
        return keep.stream().map(nodes::get).toList();
    }

    /** What a node reads: its inputs, and what the bodies of its loops and branches take from outside. */
    private static Collection<String> reads(NodeProto node) {
        Set<String> names = new HashSet<>(node.getInputList());
        node.getAttributeList().forEach(attribute -> {
            Stream.concat(Stream.of(attribute.getG()), attribute.getGraphsList().stream())
                    .flatMap(body -> Stream.concat(
                            body.getNodeList().stream().flatMap(inner -> reads(inner).stream()),
                            body.getOutputList().stream().map(ValueInfoProto::getName)))
                    .forEach(names::add);
        });
        names.remove("");
        return names;
    }

    /**
     * The model as the bytes of one ONNX file, weights included.
     *
     * @throws Problem if that is more than such a file can hold (2 GB)
     */
    public byte[] toBytes() {
        if (weightBytes() > Integer.MAX_VALUE - MAX_GRAPH_BYTES) {
            throw new Problem(where, "does not fit into one ONNX file (2 GB)", "use a model with smaller weights");
        }
        return model.toBuilder()
                .setGraph(Weights.inside(graph(), files))
                .build()
                .toByteArray();
    }

    /** The model as bytes, weights in data files not included. */
    byte[] bare() {
        return model.toByteArray();
    }

    /** Bytes of the weights, those in data files included. */
    public long weightBytes() {
        return graph().getInitializerList().stream()
                .mapToLong(weight ->
                        WeightFiles.isExternal(weight) ? files.slice(weight).length() : weight.getSerializedSize())
                .sum();
    }

    /** The files beside the model's own that hold weights, by the names it gives them. */
    public Map<String, Path> dataFiles() {
        return files.of(graph());
    }

    WeightFiles files() {
        return files;
    }

    void require(String tensor) {
        if (computes(tensor)) {
            return;
        }
        List<String> near = similarTo(tensor);
        throw new Problem(
                where,
                "the model computes no tensor named '" + tensor + "'",
                "name one that it does compute, such as " + String.join(", ", near));
    }

    private List<String> similarTo(String tensor) {
        List<String> parts = Arrays.stream(tensor.split("[/.]"))
                .filter(part -> !part.isBlank())
                .toList();
        List<String> names = new ArrayList<>(computedTensors());
        Map<String, Long> shared = new HashMap<>();
        names.forEach(
                name -> shared.put(name, parts.stream().filter(name::contains).count()));
        names.sort((a, b) -> Long.compare(shared.get(b), shared.get(a)));
        return names.subList(0, Math.min(MAX_SUGGESTIONS, names.size()));
    }

    private Set<String> weightNames() {
        Set<String> names = new HashSet<>();
        graph().getInitializerList().forEach(weight -> names.add(weight.getName()));
        return names;
    }

    GraphProto graph() {
        return model.getGraph();
    }

    ModelProto model() {
        return model;
    }
}
