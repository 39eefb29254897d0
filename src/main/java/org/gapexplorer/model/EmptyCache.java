package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Attention operators for which a cache of keys and values is optional lose it: a lens reads whole texts at once, and
 * some exporters do not say how wide the cache is that they ask for.
 */
final class EmptyCache {
    /** Operator to the places of the past keys and values among its inputs. */
    private static final Map<String, int[]> PAST =
            Map.of("GroupQueryAttention", new int[] {3, 4}, "MultiHeadAttention", new int[] {6, 7});

    private EmptyCache() {}

    /** The graph without optional caches that are its inputs. */
    static GraphProto left(GraphProto graph) {
        Set<String> inputs =
                graph.getInputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
        GraphProto.Builder changed = graph.toBuilder();
        for (int i = 0; i < changed.getNodeCount(); i++) {
            NodeProto node = changed.getNode(i);
            int[] past = PAST.get(node.getOpType());
            if (past != null && node.getInputCount() > past[1]) {
                NodeProto.Builder alone = node.toBuilder();
                for (int place : past) {
                    if (inputs.contains(node.getInput(place))) {
                        alone.setInput(place, "");
                    }
                }
                removeRing(alone);
                changed.setNode(i, alone);
            }
        }
        return changed.build();
    }

    /** A cache that is overwritten in a ring cannot be left out; how far back a token looks is said beside it. */
    private static void removeRing(NodeProto.Builder node) {
        for (int i = node.getAttributeCount() - 1; i >= 0; i--) {
            if (node.getAttribute(i).getName().equals("sliding_window_cache")) {
                node.removeAttribute(i);
            }
        }
    }
}
