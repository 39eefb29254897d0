package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The residual stream of a decoder that normalises before each sublayer (or a sublayer's result before it is added),
 * found by the shape of the graph alone, for names are lost in many exports.
 *
 * <p>All that flows from the token embeddings to the result goes through the stream: its tensors are the points where
 * the graph, from the embeddings on, is one tensor wide. Of these it is the additions x + f(x), whose x is the addition
 * before (or the embeddings, scaled or with positions added). In fused graphs the fourth output of a
 * Skip(Simplified)LayerNormalization is such an addition.
 */
final class ResidualChain {
    private static final Set<String> SAME_VALUES =
            Set.of("Cast", "Identity", "Dropout", "QuantizeLinear", "DequantizeLinear");
    /** What comes from these depends on a tensor's shape, not on its values. */
    private static final Set<String> SHAPE_ONLY = Set.of("Shape", "Size", "ConstantOfShape");
    /** Between a product of queries and keys and its softmax. */
    private static final Set<String> SCORE_STEPS =
            Set.of("Add", "Mul", "Div", "Cast", "Where", "Tanh", "Identity", "Reshape", "Concat", "Slice", "Clip");

    private static final Set<String> PRODUCTS = Set.of("MatMul", "FusedMatMul", "Einsum", "Gemm", "MatMulInteger");

    private final List<NodeProto> nodes;
    private final Map<String, Integer> maker = new HashMap<>();
    private final Set<String> weights = new HashSet<>();

    private ResidualChain(GraphProto graph) {
        nodes = graph.getNodeList();
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).getOutputList()) {
                maker.put(output, i);
            }
        }
        graph.getInitializerList().forEach(weight -> weights.add(weight.getName()));
    }

    /**
     * One x + f(x).
     *
     * @param tensor the sum
     * @param attention whether f holds an attention
     */
    record Addition(String tensor, boolean attention) {}

    /**
     * The additions of the stream, in order.
     *
     * @param output the graph's result (logits, or the last hidden state)
     * @return empty if the graph has no such stream
     */
    static List<Addition> of(OnnxGraph model, String output) {
        return new ResidualChain(model.graph()).additions(output);
    }

    private List<Addition> additions(String output) {
        boolean[] flow = flow(output);
        List<Addition> found = new ArrayList<>();
        int before = -1;
        for (int cut : cuts(flow)) {
            NodeProto node = nodes.get(cut);
            boolean first = found.isEmpty();
            if (adds(node, flow, before, first)) {
                found.add(new Addition(sum(node), attends(before, cut, flow)));
                before = cut;
            } else if (first) {
                before = cut;
            }
        }
        return found;
    }

    /** The nodes that the embeddings' values flow through on their way to the output, the embedding's own included. */
    private boolean[] flow(String output) {
        boolean[] fed = new boolean[nodes.size()];
        for (int i = 0; i < fed.length; i++) {
            NodeProto node = nodes.get(i);
            fed[i] = embeds(node)
                    || !SHAPE_ONLY.contains(node.getOpType())
                            && node.getInputList().stream().anyMatch(input -> isIn(fed, input));
        }
        boolean[] wanted = new boolean[nodes.size()];
        Integer last = maker.get(output);
        if (last != null) {
            wanted[last] = fed[last];
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (wanted[i]) {
                for (String input : nodes.get(i).getInputList()) {
                    Integer from = maker.get(input);
                    if (from != null && from < i && fed[from]) {
                        wanted[from] = true;
                    }
                }
            }
        }
        return wanted;
    }

    private boolean isIn(boolean[] some, String tensor) {
        Integer node = maker.get(tensor);
        return node != null && some[node];
    }

    /** A look-up of the token ids in a table of weights. */
    private boolean embeds(NodeProto node) {
        return node.getOpType().startsWith("Gather")
                && node.getInputCount() > 1
                && isTokens(node.getInput(1))
                && isConstant(node.getInput(0));
    }

    private boolean isTokens(String tensor) {
        String at = tensor;
        for (int steps = 0; steps < nodes.size() && maker.containsKey(at); steps++) {
            NodeProto node = nodes.get(maker.get(at));
            if (node.getInputCount() == 0
                    || !SAME_VALUES.contains(node.getOpType())
                            && !node.getOpType().equals("Reshape")) {
                return false;
            }
            at = node.getInput(0);
        }
        return at.equals("input_ids");
    }

    /** Made of weights alone, as a table that is cast or dequantised. */
    private boolean isConstant(String tensor) {
        String at = tensor;
        for (int steps = 0; steps < nodes.size() && maker.containsKey(at); steps++) {
            NodeProto node = nodes.get(maker.get(at));
            if (node.getInputCount() == 0) {
                return true;
            }
            at = node.getInput(0);
        }
        return weights.contains(at);
    }

    /** The nodes that every way from the embeddings to the output goes through, in order. */
    private List<Integer> cuts(boolean[] flow) {
        List<Integer> cuts = new ArrayList<>();
        int[] reach = new int[nodes.size()];
        for (int i = 0; i < reach.length; i++) {
            if (flow[i]) {
                for (String input : nodes.get(i).getInputList()) {
                    Integer from = maker.get(input);
                    if (from != null && flow[from]) {
                        reach[from] = Math.max(reach[from], i);
                    }
                }
            }
        }
        // the nodes are in topological order: a node is a cut if no edge leads past it
        int furthest = -1;
        for (int i = 0; i < reach.length; i++) {
            if (flow[i]) {
                if (furthest <= i) {
                    cuts.add(i);
                }
                furthest = Math.max(furthest, reach[i]);
            }
        }
        return cuts;
    }

    private boolean adds(NodeProto node, boolean[] flow, int before, boolean first) {
        boolean plain = node.getOpType().equals("Add") || node.getOpType().equals("Sum");
        if (before < 0 || !(plain || FusedSums.gives(node)) || node.getInputCount() < 2) {
            return false;
        }
        List<String> terms = plain ? node.getInputList() : node.getInputList().subList(0, 2);
        if (!terms.stream().allMatch(term -> isIn(flow, term))) {
            return false;
        }
        return terms.stream().anyMatch(term -> source(term) == before || first && leadsFrom(before, term));
    }

    /** The node that made a tensor, seen through nodes that pass values on. */
    private int source(String tensor) {
        int node = maker.get(tensor);
        while (SAME_VALUES.contains(nodes.get(node).getOpType())
                && maker.containsKey(nodes.get(node).getInput(0))) {
            node = maker.get(nodes.get(node).getInput(0));
        }
        return node;
    }

    /** Before the first addition the last cut may itself be a cast. */
    private boolean leadsFrom(int before, String term) {
        return source(nodes.get(before).getOutput(0)) == source(term);
    }

    private static String sum(NodeProto node) {
        return FusedSums.gives(node) ? node.getOutput(FusedSums.SUM) : node.getOutput(0);
    }

    private boolean attends(int from, int to, boolean[] flow) {
        for (int i = from + 1; i < to; i++) {
            NodeProto node = nodes.get(i);
            if (flow[i]
                    && (node.getOpType().endsWith("Attention")
                            || node.getOpType().equals("Softmax") && weighsTokens(node, flow))) {
                return true;
            }
        }
        return false;
    }

    /** A softmax over products of two things computed (queries and keys), unlike a router's over experts. */
    private boolean weighsTokens(NodeProto softmax, boolean[] flow) {
        NodeProto at = softmax;
        for (int steps = 0; steps < nodes.size(); steps++) {
            if (PRODUCTS.contains(at.getOpType())) {
                return at.getInputList().stream()
                                .filter(input -> isIn(flow, input))
                                .count()
                        > 1;
            }
            if (at != softmax && !SCORE_STEPS.contains(at.getOpType())) {
                return false;
            }
            String next = at.getInputList().stream()
                    .filter(input -> isIn(flow, input))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return false;
            }
            at = nodes.get(maker.get(next));
        }
        return false;
    }
}
