package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gapexplorer.study.Lens.Architecture;
import org.gapexplorer.study.Problem;

/**
 * Finds the residual stream after a block of a model: the tensor that a lens reads. Blocks count from 0, so block L is
 * what SAE projects call {@code blocks.L.hook_resid_post}. That is {@code hidden_states[L + 1]} in transformers for all
 * blocks but a decoder's last, for which transformers gives the stream after the final norm and this the stream before.
 */
public final class Residual {
    /** BERT's names: the layer norm that ends a block. Exporters keep the module's path in the names of its nodes. */
    private static final Pattern BERT = Pattern.compile("(?:^|.*/)layer\\.(\\d+)/output/LayerNorm/[^/]+");

    private static final Set<String> ENDS_LAYER_NORM = Set.of("Add", "LayerNormalization", "SkipLayerNormalization");
    private static final List<String> RESULTS = List.of("logits", "last_hidden_state");

    private Residual() {}

    /** {@link #after(OnnxGraph, Architecture, int)} where the architecture is not known. */
    public static String after(OnnxGraph model, int block) {
        return after(model, null, block);
    }

    /**
     * The residual tensor after a block. Of an encoder that normalises after each addition it is found by the names of
     * BERT's modules, or where those are lost, by its layer norms (one after the embeddings and two in every block); of a
     * decoder by the chain of its residual additions ({@link ResidualChain}).
     *
     * @param architecture null to try all rules
     * @param block from 0
     * @throws Problem if no rule finds it, or the graph is not of that architecture; the message names the model, the
     *     block and the blocks it has
     */
    public static String after(OnnxGraph model, Architecture architecture, int block) {
        List<String> ends = blockEnds(model, architecture);
        if (ends.isEmpty()) {
            String rule = architecture == null ? "by rule" : "by the rule for " + architecture;
            throw new Problem(
                    model.where(),
                    "the residual stream after block " + block + " cannot be found in this model " + rule,
                    "name the tensor in the study");
        }
        if (block < 0 || block >= ends.size()) {
            throw new Problem(
                    model.where(),
                    "the lens reads block " + block + ", and the model has blocks 0 to " + (ends.size() - 1),
                    "name a block that the model has, or use the model the lens was trained on");
        }
        return ends.get(block);
    }

    /**
     * The tensor that the study names.
     *
     * @throws Problem if the model computes no such tensor
     */
    public static String named(OnnxGraph model, String tensor) {
        List<String> ends = model.computes(tensor) ? List.of() : blockEnds(model, null);
        if (!ends.isEmpty()) {
            int last = ends.size() - 1;
            throw new Problem(
                    model.where(),
                    "the model computes no tensor named '" + tensor + "'",
                    "give layer: instead, or name one that it does compute: the residual stream after block 0 is "
                            + ends.getFirst() + ", after block " + last + " " + ends.get(last));
        }
        model.require(tensor);
        return tensor;
    }

    private static List<String> blockEnds(OnnxGraph model, Architecture architecture) {
        if (architecture == null) {
            List<String> encoder = encoderEnds(model);
            return encoder.isEmpty() ? decoderEnds(model, Set.of(1, 2)) : encoder;
        }
        return switch (architecture) {
            case BERT -> encoderEnds(model);
            // attention and MLP in parallel are one addition
            case GPT_NEOX -> decoderEnds(model, Set.of(1, 2));
            case LLAMA, GEMMA, GEMMA2, MISTRAL, QWEN2, QWEN3, GPT2 -> decoderEnds(model, Set.of(2));
        };
    }

    private static List<String> encoderEnds(OnnxGraph model) {
        List<String> named = byName(model);
        return named.isEmpty() ? byShape(model) : named;
    }

    /** The last addition of each block; a block starts with its attention. Empty if blocks are of unlike length. */
    private static List<String> decoderEnds(OnnxGraph model, Set<Integer> additionsPerBlock) {
        List<String> outputs = model.outputs();
        String result = RESULTS.stream()
                .filter(outputs::contains)
                .findFirst()
                .orElse(outputs.isEmpty() ? "" : outputs.getFirst());
        List<List<ResidualChain.Addition>> blocks = new ArrayList<>();
        for (ResidualChain.Addition addition : ResidualChain.of(model, result)) {
            if (addition.attention()) {
                blocks.add(new ArrayList<>());
            } else if (blocks.isEmpty()) {
                return List.of();
            }
            blocks.getLast().add(addition);
        }
        Set<Integer> sizes = blocks.stream().map(List::size).collect(Collectors.toSet());
        return sizes.size() == 1 && additionsPerBlock.containsAll(sizes)
                ? blocks.stream().map(block -> block.getLast().tensor()).toList()
                : List.of();
    }

    private static List<String> byName(OnnxGraph model) {
        Map<Integer, String> ends = new HashMap<>();
        for (NodeProto node : model.graph().getNodeList()) {
            if (ENDS_LAYER_NORM.contains(node.getOpType())) {
                // the last block's tensor may bear the name of the model's output: the node's own name counts first
                Matcher name = BERT.matcher(node.getName().isEmpty() ? node.getOutput(0) : node.getName());
                if (name.matches()) {
                    ends.put(Integer.parseInt(name.group(1)), node.getOutput(0));
                }
            }
        }
        boolean gapless = IntStream.range(0, ends.size()).allMatch(ends::containsKey);
        return gapless ? IntStream.range(0, ends.size()).mapToObj(ends::get).toList() : List.of();
    }

    /** Every second layer norm after the first, if all but the last feed the addition of the next. */
    private static List<String> byShape(OnnxGraph model) {
        List<String> norms = layerNorms(model);
        if (norms.size() < 3 || norms.size() % 2 == 0) {
            return List.of();
        }
        Set<String> added = new HashSet<>();
        for (NodeProto node : model.graph().getNodeList()) {
            if (node.getOpType().equals("Add") || node.getOpType().equals("SkipLayerNormalization")) {
                added.addAll(node.getInputList());
            }
        }
        if (!added.containsAll(norms.subList(0, norms.size() - 1))) {
            return List.of();
        }
        return IntStream.range(0, norms.size() / 2)
                .mapToObj(block -> norms.get(2 * block + 2))
                .toList();
    }

    /** The outputs of layer norms in order, whether each is one node or spelled out as (x - mean) / sqrt(...) * w + b. */
    private static List<String> layerNorms(OnnxGraph model) {
        Map<String, NodeProto> maker = new HashMap<>();
        List<String> norms = new ArrayList<>();
        for (NodeProto node : model.graph().getNodeList()) {
            node.getOutputList().forEach(output -> maker.put(output, node));
            if (node.getOpType().endsWith("LayerNormalization") || isSpelledOut(node, maker)) {
                norms.add(node.getOutput(0));
            }
        }
        return norms;
    }

    private static boolean isSpelledOut(NodeProto add, Map<String, NodeProto> maker) {
        return add.getOpType().equals("Add")
                && makes(add, "Mul", maker)
                        .flatMap(scale -> makes(scale, "Div", maker))
                        .filter(div -> makes(div, "Sub", maker).isPresent()
                                && makes(div, "Sqrt", maker).isPresent())
                        .isPresent();
    }

    private static Optional<NodeProto> makes(NodeProto node, String op, Map<String, NodeProto> maker) {
        return node.getInputList().stream()
                .map(maker::get)
                .filter(input -> input != null && input.getOpType().equals(op))
                .findFirst();
    }
}
