package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The table in which a graph looks up its tokens. */
final class Embeddings {
    /** What token ids may go through on their way. */
    private static final Set<String> OF_IDS = Set.of("Cast", "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze");
    /** What a table may go through before it is looked up: its rows stay what they are. */
    private static final Set<String> OF_TABLE = Set.of("Cast", "Identity", "DequantizeLinear");

    private Embeddings() {}

    /** How many tokens a graph has a row for: their numbers go from 0 to one less. 0 where the graph does not tell. */
    static long rows(GraphProto graph) {
        Map<String, Long> tables = new HashMap<>();
        for (TensorProto weight : graph.getInitializerList()) {
            if (weight.getDimsCount() > 1) {
                tables.put(weight.getName(), weight.getDims(0));
            }
        }
        Set<String> ids = new HashSet<>(Set.of("input_ids"));
        long rows = 0;
        for (NodeProto node : graph.getNodeList()) {
            if (node.getInputCount() == 0) {
                continue;
            }
            String first = node.getInput(0);
            if (OF_IDS.contains(node.getOpType()) && ids.contains(first)) {
                ids.addAll(node.getOutputList());
            } else if (OF_TABLE.contains(node.getOpType()) && tables.containsKey(first)) {
                tables.put(node.getOutput(0), tables.get(first));
            } else if (node.getOpType().startsWith("Gather")
                    && node.getInputCount() > 1
                    && ids.contains(node.getInput(1))
                    && tables.containsKey(first)) {
                rows = rows == 0 ? tables.get(first) : Math.min(rows, tables.get(first));
            }
        }
        return rows;
    }
}
