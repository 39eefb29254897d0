package org.gapexplorer.lens;

import java.util.List;
import java.util.OptionalInt;
import org.gapexplorer.model.GraphEditor;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.study.Problem;

/**
 * Fuses a model up to one layer, an SAE's encoder and the pooling into one ONNX graph, so that only the result leaves
 * it; the model's layers above are cut away. With B texts of T tokens, width d, C concepts, residual h and weights w
 * (1/T(x) on tokens that count, 0 on all others):
 *
 * <pre>
 *   a = the SAE's activations of h         [B, T, C], 0 on tokens that do not count ({@link SaeGraph})
 *   saliency = sum over t of w_t a_t       [B, C]     (method: s_c(x))
 *   peak, peak_token = max, argmax over t  [B, C]
 * </pre>
 */
final class LensGraph {
    /** Input, float32 [B, T]: 1/T(x) for each token that counts, else 0. */
    static final String WEIGHTS = "gapx_weights";
    /** Input, int64 [n]: the concepts whose activations are wanted. */
    static final String CONCEPTS = "gapx_concepts";
    /** Output, float32 [B, C]: s_c(x). */
    static final String SALIENCY = "gapx_saliency";
    /** Output, float32 [B, C]: the highest activation on any counting token. */
    static final String PEAK = "gapx_peak";
    /** Output, int32 [B, C]: the token of the peak, counted from 0, special tokens included. */
    static final String PEAK_TOKEN = "gapx_peak_token";
    /** Output, float32 [B, T, n]: activations of the concepts asked for. */
    static final String ACTIVATIONS = "gapx_activations";
    /** Output, float32 [B, T, k]: the k largest activations of each token. */
    static final String TOP_VALUES = "gapx_top_values";
    /** Output, int32 [B, T, k]: the concepts of these. */
    static final String TOP_CONCEPTS = "gapx_top_concepts";
    /** Output, float32 [B, 1, d]: weighted mean residual; not finite if any counting token's residual is not. */
    static final String MEAN_RESIDUAL = "gapx_mean_residual";

    private final GraphEditor graph;
    private final Sae sae;
    private final String weights;
    private final String keep;
    private final String residual;

    private LensGraph(OnnxGraph model, String tensor, Sae sae) {
        this.graph = new GraphEditor(model.prunedTo(List.of(tensor)));
        this.sae = sae;
        this.weights = graph.floatInput(WEIGHTS, -1, -1);
        this.keep = graph.unsqueeze("keep", 2, graph.toBool("counts", weights));
        // what padding holds must not reach the sums: 0 times NaN is NaN
        this.residual = graph.node(
                "Where", "residual", keep, graph.toFloat("hidden", tensor), graph.floats("zero", new float[1]));
        String rowOfWeights = graph.unsqueeze("row", 1, weights);
        graph.named(MEAN_RESIDUAL, graph.node("MatMul", "mean_residual", rowOfWeights, residual));
    }

    /** The graph for saliency: outputs {@link #SALIENCY}, {@link #PEAK}, {@link #PEAK_TOKEN}, {@link #MEAN_RESIDUAL}. */
    static OnnxGraph saliency(OnnxGraph model, String tensor, Sae sae) {
        LensGraph lens = new LensGraph(model, tensor, sae);
        GraphEditor graph = lens.graph;
        String activations = lens.activations();
        String row = graph.unsqueeze("pool_row", 1, lens.weights);
        graph.named(SALIENCY, graph.squeeze("pooled", 1, graph.node("MatMul", "pool", row, activations)));
        graph.named(PEAK, graph.reduceMax("peak", 1, activations));
        String argMax = graph.node("ArgMax", "peak_token", List.of("axis", 1, "keepdims", 0), activations);
        graph.named(PEAK_TOKEN, graph.toInt("peak_token_int", argMax));
        return graph.build(List.of(SALIENCY, PEAK, PEAK_TOKEN, MEAN_RESIDUAL));
    }

    /** The graph for chosen concepts on every token: outputs {@link #ACTIVATIONS}, {@link #MEAN_RESIDUAL}. */
    static OnnxGraph chosen(OnnxGraph model, String tensor, Sae sae) {
        LensGraph lens = new LensGraph(model, tensor, sae);
        GraphEditor graph = lens.graph;
        String concepts = graph.longInput(CONCEPTS, -1);
        graph.named(ACTIVATIONS, graph.node("Gather", "chosen", List.of("axis", 2), lens.activations(), concepts));
        return graph.build(List.of(ACTIVATIONS, MEAN_RESIDUAL));
    }

    /**
     * The graph for the strongest concepts of every token: outputs {@link #TOP_VALUES}, {@link #TOP_CONCEPTS},
     * {@link #MEAN_RESIDUAL}.
     *
     * @param perToken concepts kept per token; a top-k SAE fires no more than its own k, so that all of them are kept
     */
    static OnnxGraph strongest(OnnxGraph model, String tensor, Sae sae, int perToken) {
        LensGraph lens = new LensGraph(model, tensor, sae);
        GraphEditor graph = lens.graph;
        boolean keepsK = sae.config().architecture().keepsK();
        SaeGraph.Kept top = keepsK
                ? lens.kept()
                : SaeGraph.largest(
                        graph,
                        "strongest",
                        lens.activations(),
                        Math.min(perToken, sae.config().dSae()));
        graph.named(TOP_VALUES, top.values());
        graph.named(TOP_CONCEPTS, graph.toInt("top_concepts", top.concepts()));
        return graph.build(List.of(TOP_VALUES, TOP_CONCEPTS, MEAN_RESIDUAL));
    }

    /** a, [B, T, C]. */
    private String activations() {
        SaeGraph encoder = new SaeGraph(graph, sae, residual);
        return sae.config().architecture().keepsK()
                ? encoder.scattered(masked(encoder.kept()))
                : masked("activations", encoder.activations());
    }

    /** What a top-k SAE keeps, 0 on tokens that do not count. */
    private SaeGraph.Kept kept() {
        return masked(new SaeGraph(graph, sae, residual).kept());
    }

    private SaeGraph.Kept masked(SaeGraph.Kept kept) {
        return new SaeGraph.Kept(masked("kept_masked", kept.values()), kept.concepts());
    }

    private String masked(String name, String values) {
        return graph.node("Where", name, keep, values, graph.floats(name + "_zero", new float[1]));
    }

    /** @throws Problem if the tensor's width is known and is not the SAE's; the message names both */
    static void requireWidth(OnnxGraph model, String tensor, Sae sae) {
        OptionalInt width = model.width(tensor);
        if (width.isPresent() && width.getAsInt() != sae.config().dIn()) {
            throw new Problem(
                    model.where(),
                    "the SAE reads a layer of width " + sae.config().dIn() + " ("
                            + sae.config().modelName() + ", " + sae.config().hookName() + "), and " + tensor
                            + " has width " + width.getAsInt(),
                    "use the SAE that was trained on this model and layer");
        }
    }
}
