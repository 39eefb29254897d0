package org.gapexplorer.lens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gapexplorer.model.GraphEditor;

/**
 * An SAE's encoder as nodes of a graph: the one place where {@link SaeConfig}'s form is spelt in ONNX. With B texts of T
 * tokens, width d and C concepts, it goes from rows [B, T, d] to activations [B, T, C].
 */
final class SaeGraph {
    /** W_enc is cut into blocks of concepts no larger than this: protobuf holds no tensor of 2 GB. */
    private static final long MAX_BLOCK = 1L << 30;

    private static final float LAYER_NORM_EPSILON = 1e-5f;

    private final GraphEditor graph;
    private final Sae sae;
    private final SaeConfig config;
    private final String rows;
    private final long maxBlock;

    /** Values and concepts (int64) of what is kept of each token, [B, T, k] both. */
    record Kept(String values, String concepts) {}

    SaeGraph(GraphEditor graph, Sae sae, String rows) {
        this(graph, sae, rows, MAX_BLOCK);
    }

    SaeGraph(GraphEditor graph, Sae sae, String rows, long maxBlock) {
        this.graph = graph;
        this.sae = sae;
        this.config = sae.config();
        this.rows = rows;
        this.maxBlock = maxBlock;
    }

    /** a, [B, T, C], of an architecture that keeps no fixed number of concepts. */
    String activations() {
        return switch (config.architecture()) {
            case STANDARD -> graph.node("Relu", "relu", z());
            case JUMPRELU -> jumpRelu();
            case GATED -> gated();
            case TOPK, GROUPMAX -> throw new IllegalStateException(config.architecture() + " keeps k");
        };
    }

    private String jumpRelu() {
        String z = z();
        String above = graph.node("Greater", "above", z, vector("threshold", sae.threshold()));
        return where("jump", above, graph.node("Relu", "relu", z));
    }

    /** p = u W_enc; p + b_gate &gt; 0 is p &gt; -b_gate, also in floating point. */
    private String gated() {
        float[] factors = new float[config.dSae()];
        float[] border = new float[config.dSae()];
        for (int c = 0; c < factors.length; c++) {
            factors[c] = (float) Math.exp(sae.magnitude().rMag()[c]);
            border[c] = -sae.bEnc()[c];
        }
        String product = product();
        String open = graph.node("Greater", "open", product, vector("border", border));
        String scaled = graph.node("Mul", "scaled", product, vector("exp_r_mag", factors));
        String magnitude = graph.node(
                "Add", "magnitude", scaled, vector("b_mag", sae.magnitude().bMag()));
        return where("gated", open, graph.node("Relu", "relu", magnitude));
    }

    private String where(String name, String condition, String values) {
        return graph.node("Where", name, condition, values, graph.floats(name + "_zero", new float[1]));
    }

    /** What is kept of each token; what is below 0 is kept as 0. */
    Kept kept() {
        Kept top = switch (config.architecture()) {
            case TOPK -> largest(graph, "top", z(), config.k());
            case GROUPMAX -> largestOfEachGroup();
            default -> throw new IllegalStateException(config.architecture() + " keeps no k");
        };
        return new Kept(graph.node("Relu", "top_relu", top.values()), top.concepts());
    }

    /** The k largest of each token, in no order. */
    static Kept largest(GraphEditor graph, String name, String input, int k) {
        String count = graph.longs(name + "_k", new long[] {k}, 1);
        List<String> top = graph.nodes("TopK", name, 2, List.of("axis", -1, "largest", 1, "sorted", 0), input, count);
        return new Kept(top.get(0), top.get(1));
    }

    private Kept largestOfEachGroup() {
        int k = config.k();
        int size = config.dSae() / k;
        long[] firsts = new long[k];
        for (int g = 0; g < k; g++) {
            firsts[g] = (long) g * size;
        }
        // 0: as in the input
        String groups =
                graph.node("Reshape", "groups", z(), graph.longs("groups_shape", new long[] {0, 0, k, size}, 4));
        String place = graph.node("ArgMax", "place", List.of("axis", 3, "keepdims", 0), groups);
        return new Kept(
                graph.reduceMax("group_max", 3, groups),
                graph.node("Add", "group_concept", place, graph.longs("group_firsts", firsts, k)));
    }

    /** a, [B, T, C], from what is kept. */
    String scattered(Kept kept) {
        // the shape alone is taken of z
        String empty = graph.node("ConstantOfShape", "empty", graph.node("Shape", "shape", "gapx/z"));
        return graph.node("ScatterElements", "activations", List.of("axis", 2), empty, kept.concepts(), kept.values());
    }

    /** z, [B, T, C]. */
    private String z() {
        return graph.node("Add", "z", product(), vector("b_enc", sae.bEnc()));
    }

    /** u W_enc, [B, T, C]. */
    private String product() {
        String input = normalised();
        if (config.applyBDecToInput()) {
            input = graph.node("Sub", "centred", input, graph.floats("b_dec", sae.bDec(), config.dIn()));
        }
        int dSae = config.dSae();
        int width = (int) Math.clamp(maxBlock / Float.BYTES / config.dIn(), 1, dSae);
        if (width == dSae) {
            return graph.node("MatMul", "product", input, graph.floats("W_enc", sae.wEnc(), config.dIn(), dSae));
        }
        List<String> products = new ArrayList<>();
        for (int from = 0; from < dSae; from += width) {
            int n = Math.min(width, dSae - from);
            String block = graph.floats("W_enc_" + from, block(from, n), config.dIn(), n);
            products.add(graph.node("MatMul", "product_" + from, input, block));
        }
        return graph.nodes("Concat", "product", 1, List.of("axis", 2), products.toArray(String[]::new))
                .getFirst();
    }

    /** The columns of W_enc from one concept on. */
    private float[] block(int from, int concepts) {
        float[] block = new float[config.dIn() * concepts];
        for (int i = 0; i < config.dIn(); i++) {
            System.arraycopy(sae.wEnc(), i * config.dSae() + from, block, i * concepts, concepts);
        }
        return block;
    }

    private String normalised() {
        return switch (config.normalisation()) {
            case NONE -> rows;
            case CONSTANT_NORM_RESCALE -> {
                String norm = graph.node("Sqrt", "norm", sumOfSquares("norm", rows, 1));
                String size = scalar("sqrt_d", (float) Math.sqrt(config.dIn()));
                yield graph.node("Mul", "rescaled", rows, graph.node("Div", "rescaling", size, norm));
            }
            case LAYER_NORM -> {
                String mean = graph.node("MatMul", "mean", rows, ones("mean_weights", 1f / config.dIn()));
                String deviations = graph.node("Sub", "deviations", rows, mean);
                String std = graph.node("Sqrt", "std", sumOfSquares("variance", deviations, 1f / (config.dIn() - 1)));
                String divisor = graph.node("Add", "divisor", std, scalar("epsilon", LAYER_NORM_EPSILON));
                yield graph.node("Div", "layer_norm", deviations, divisor);
            }
        };
    }

    /** Of each row, times a factor, [B, T, 1]. A product with a column, as that is spelt alike in every operator set. */
    private String sumOfSquares(String name, String input, float factor) {
        String squares = graph.node("Mul", name + "_squares", input, input);
        return graph.node("MatMul", name + "_sum", squares, ones(name + "_weights", factor));
    }

    private String ones(String name, float value) {
        float[] column = new float[config.dIn()];
        Arrays.fill(column, value);
        return graph.floats(name, column, config.dIn(), 1);
    }

    private String scalar(String name, float value) {
        return graph.floats(name, new float[] {value});
    }

    private String vector(String name, float[] values) {
        return graph.floats(name, values, values.length);
    }
}
