package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Set;

/**
 * Fused layer norms that add first (ONNX Runtime's SkipLayerNormalization and SkipSimplifiedLayerNormalization) give the
 * sum, which is the residual stream, as their fourth output. Where nobody reads it, as after a decoder's last block, the
 * exporter leaves the output out; here it gets a name.
 */
final class FusedSums {
    /** Which output is the sum (input, skip and bias added up). */
    static final int SUM = 3;

    private static final Set<String> OPERATORS = Set.of("SkipLayerNormalization", "SkipSimplifiedLayerNormalization");

    private FusedSums() {}

    static boolean isFused(NodeProto node) {
        return OPERATORS.contains(node.getOpType());
    }

    /** Whether the node gives the sum. */
    static boolean gives(NodeProto node) {
        return isFused(node)
                && node.getOutputCount() > SUM
                && !node.getOutput(SUM).isEmpty();
    }

    /** The graph with every sum named; unchanged if it uses none (a post-norm encoder). */
    static GraphProto named(GraphProto graph) {
        if (graph.getNodeList().stream().noneMatch(FusedSums::gives)) {
            return graph;
        }
        GraphProto.Builder named = graph.toBuilder();
        for (int i = 0; i < named.getNodeCount(); i++) {
            NodeProto node = named.getNode(i);
            if (isFused(node) && !gives(node)) {
                NodeProto.Builder fuller = node.toBuilder();
                while (fuller.getOutputCount() <= SUM) {
                    fuller.addOutput("");
                }
                named.setNode(i, fuller.setOutput(SUM, node.getOutput(0) + "/sum"));
            }
        }
        return named.build();
    }
}
