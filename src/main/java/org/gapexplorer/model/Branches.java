package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Optional;

/**
 * Merged exports hold a decoder twice, in the two branches of an If: for the first tokens of a text and, with a cache,
 * for those that follow. A lens reads whole texts at once, so the first is put in the place of the If.
 */
final class Branches {
    private static final String USE_CACHE = "use_cache_branch";

    private Branches() {}

    /** The graph without the branch for cached tokens; unchanged if it has none. */
    static GraphProto withoutCache(GraphProto graph) {
        Optional<NodeProto> choice = graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals("If")
                        && node.getInputCount() == 1
                        && node.getInput(0).equals(USE_CACHE))
                .findFirst();
        return choice.map(node -> inlined(graph, node)).orElse(graph);
    }

    private static GraphProto inlined(GraphProto graph, NodeProto choice) {
        GraphProto branch = choice.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("else_branch"))
                .map(AttributeProto::getG)
                .findFirst()
                .orElse(GraphProto.getDefaultInstance());
        GraphProto.Builder flat = graph.toBuilder().clearNode();
        for (NodeProto node : graph.getNodeList()) {
            if (!node.equals(choice)) {
                flat.addNode(node);
                continue;
            }
            branch.getNodeList().forEach(inner -> flat.addNode(apart(inner, choice)));
            for (int i = 0; i < Math.min(choice.getOutputCount(), branch.getOutputCount()); i++) {
                flat.addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput(apart(branch.getOutput(i).getName(), choice))
                        .addOutput(choice.getOutput(i)));
            }
        }
        flat.addAllInitializer(branch.getInitializerList());
        flat.addAllSparseInitializer(branch.getSparseInitializerList());
        for (ValueInfoProto value : branch.getValueInfoList()) {
            flat.addValueInfo(value);
        }
        return flat.build();
    }

    /** A node of the branch whose tensors bear no name that the If's own outputs have. */
    private static NodeProto apart(NodeProto inner, NodeProto choice) {
        NodeProto.Builder renamed = inner.toBuilder();
        for (int i = 0; i < renamed.getInputCount(); i++) {
            renamed.setInput(i, apart(renamed.getInput(i), choice));
        }
        for (int i = 0; i < renamed.getOutputCount(); i++) {
            renamed.setOutput(i, apart(renamed.getOutput(i), choice));
        }
        return renamed.build();
    }

    private static String apart(String tensor, NodeProto choice) {
        return choice.getOutputList().contains(tensor) ? tensor + "/first" : tensor;
    }
}
