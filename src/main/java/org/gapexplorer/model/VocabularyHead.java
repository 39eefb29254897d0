package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * The end of a language model's graph: from hidden rows to logits over the vocabulary. Logits of all tokens are by far the
 * largest tensor of such a model; those of a few tokens are cheap, if their rows are picked before they are multiplied.
 *
 * @param logits the tensor of logits, [texts, tokens, vocabulary]
 * @param rows the tensor of which the nodes make them, one token by itself: [texts, tokens, width]; the logits themselves
 *     where that is not clear
 * @param nodes the nodes in between, in their order; none where {@code rows} is {@code logits}
 */
record VocabularyHead(String logits, String rows, List<NodeProto> nodes) {
    private static final Set<String> PRODUCTS = Set.of("MatMul", "FusedMatMul", "MatMulNBits");
    /** What may stand between the product and the logits: types, biases, scales, soft caps. */
    private static final Set<String> BY_ELEMENT = Set.of("Cast", "Identity", "Tanh", "Mul", "Div", "Add");

    /**
     * Finds it.
     *
     * @throws Problem if the graph gives no logits for each token
     */
    static VocabularyHead of(OnnxGraph model) {
        String logits = "logits";
        boolean there = model.outputs().contains(logits);
        if (!there || rank(model, logits) != 3 && rank(model, logits) != 0) {
            throw new Problem(
                    model.where(),
                    (there
                                    ? "its logits are not one row per token"
                                    : "has no vocabulary head: it gives no output 'logits'")
                            + ", only " + String.join(", ", model.outputs()),
                    "export it for text generation (optimum-cli export onnx --task text-generation)");
        }
        return walk(model, logits);
    }

    /** Dimensions of an output as declared; 0 where nothing is declared. */
    private static int rank(OnnxGraph model, String output) {
        return model.graph().getOutputList().stream()
                .filter(value -> value.getName().equals(output))
                .map(ValueInfoProto::getType)
                .mapToInt(type -> type.getTensorType().getShape().getDimCount())
                .findFirst()
                .orElse(0);
    }

    private static VocabularyHead walk(OnnxGraph model, String logits) {
        Map<String, NodeProto> producers = new HashMap<>();
        Set<String> constants = new HashSet<>();
        model.graph().getInitializerList().forEach(weight -> constants.add(weight.getName()));
        for (NodeProto node : model.graph().getNodeList()) {
            node.getOutputList().forEach(output -> producers.put(output, node));
            if (node.getOpType().equals("Constant")) {
                constants.addAll(node.getOutputList());
            }
        }
        List<NodeProto> nodes = new ArrayList<>();
        String at = logits;
        while (true) {
            NodeProto node = producers.get(at);
            if (node == null) {
                return new VocabularyHead(logits, logits, List.of());
            }
            nodes.addFirst(node);
            if (PRODUCTS.contains(node.getOpType())) {
                return new VocabularyHead(logits, node.getInput(0), List.copyOf(nodes));
            }
            List<String> data = node.getInputList().stream()
                    .filter(input -> !constants.contains(input))
                    .toList();
            if (!BY_ELEMENT.contains(node.getOpType()) || data.size() != 1) {
                return new VocabularyHead(logits, logits, List.of());
            }
            at = data.getFirst();
        }
    }
}
