package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Random;

/**
 * A random causal model without attention, and the same as a plain loop in double precision. A token's row is
 * tanh of the sum of the sums of the embeddings so far; its logits are that row times a matrix.
 */
public final class TinyDecoder {
    static final int WIDTH = 6;
    static final float CAP = 2;

    private final int vocabulary;
    private final float[] embedding;
    private final float[] unembedding;

    /** How logits are made of the rows. */
    public enum Head {
        PLAIN,
        /** With a bias and a soft cap after the product. */
        CAPPED,
        /** Through tensors of another shape, so that rows cannot be picked before. */
        FLAT,
        /** Logits of the last token alone. */
        LAST,
        /** Logits of the text. */
        CLASSES,
        /** Hidden rows under the name of features. */
        NONE
    }

    public TinyDecoder(int vocabulary) {
        this.vocabulary = vocabulary;
        Random random = new Random(3);
        embedding = random(random, vocabulary * WIDTH);
        unembedding = random(random, vocabulary * WIDTH);
    }

    private static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The log-probability of a token after some others. */
    public double logProbability(Head head, long[] before, long token) {
        double[] sum = new double[WIDTH];
        double[] sums = new double[WIDTH];
        for (long id : before) {
            for (int i = 0; i < WIDTH; i++) {
                sum[i] += embedding[(int) id * WIDTH + i];
                sums[i] += sum[i];
            }
        }
        double[] logits = new double[vocabulary];
        double all = 0;
        for (int v = 0; v < vocabulary; v++) {
            for (int i = 0; i < WIDTH; i++) {
                logits[v] += Math.tanh(sums[i]) * unembedding[i * vocabulary + v];
            }
            if (head == Head.CAPPED) {
                logits[v] = CAP * Math.tanh((logits[v] + embedding[v]) / CAP);
            }
            all += Math.exp(logits[v]);
        }
        return logits[(int) token] - Math.log(all);
    }

    /** The model as a graph with input_ids and attention_mask. */
    public OnnxGraph graph(Head head) {
        GraphEditor graph = new GraphEditor(base());
        String ids = graph.node("Identity", "ids_again", "ids");
        String table = graph.floats("embedding", embedding, vocabulary, WIDTH);
        String mask = graph.unsqueeze("mask_row", 2, graph.toFloat("mask_float", "mask"));
        String embedded = graph.node("Mul", "masked", graph.node("Gather", "embedded", table, ids), mask);
        String axis = graph.longs("axis", new long[] {1});
        String sums = graph.node("CumSum", "sums", graph.node("CumSum", "sum", embedded, axis), axis);
        String rows = graph.node("Tanh", "hidden", sums);
        String matrix = graph.floats("unembedding", unembedding, WIDTH, vocabulary);
        String logits = graph.node("MatMul", "product", rows, matrix);
        String result = switch (head) {
            case PLAIN -> logits;
            case CAPPED -> capped(graph, logits);
            case FLAT ->
                graph.node(
                        "Reshape",
                        "shaped",
                        graph.node("Reshape", "flat", logits, graph.longs("line", new long[] {-1}, 1)),
                        graph.node("Shape", "shape", logits));
            case LAST ->
                graph.node(
                        "MatMul",
                        "product_last",
                        graph.node("Gather", "last", List.of("axis", 1), rows, graph.longs("end", new long[] {-1}, 1)),
                        matrix);
            case CLASSES -> graph.reduceMax("classes", 1, logits);
            case NONE -> rows;
        };
        String name = head == Head.NONE ? "last_hidden_state" : "logits";
        return graph.build(List.of(graph.named(name, result)));
    }

    private String capped(GraphEditor graph, String logits) {
        String bias = graph.floats("bias", java.util.Arrays.copyOf(embedding, vocabulary), vocabulary);
        String cap = graph.floats("cap", new float[] {CAP}, 1);
        String scaled = graph.node("Div", "scaled", graph.node("Add", "biased", logits, bias), cap);
        return graph.node("Mul", "capped", graph.node("Tanh", "bent", scaled), cap);
    }

    private static OnnxGraph base() {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
        input(graph, "input_ids", "ids");
        input(graph, "attention_mask", "mask");
        return OnnxGraph.load(
                ModelProto.newBuilder()
                        .setIrVersion(7)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                        .setGraph(graph)
                        .build()
                        .toByteArray(),
                "tiny");
    }

    private static void input(GraphProto.Builder graph, String name, String copy) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("length"))
                .build();
        graph.addInput(ValueInfoProto.newBuilder()
                        .setName(name)
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder()
                                        .setElemType(TensorProto.DataType.INT64.getNumber())
                                        .setShape(shape))))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .setName(copy)
                        .addInput(name)
                        .addOutput(copy));
    }
}
