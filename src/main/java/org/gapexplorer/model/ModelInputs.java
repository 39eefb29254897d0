package org.gapexplorer.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.gapexplorer.study.Problem;

/**
 * A graph's inputs, filled for one batch by their names and shapes as exporters write them (PyTorch, Optimum,
 * onnxruntime-genai): token ids, masks, positions, and what a graph with a cache of keys and values asks for. A text is
 * read at once, so every cache is empty.
 *
 * @param where the model's name in messages
 * @param slots every input
 * @param vocabulary how many tokens the model knows; 0 where the graph does not tell
 */
record ModelInputs(String where, Map<String, TensorInfo> slots, long vocabulary) {
    /** Names under which a cache of keys and values is asked for. */
    private static final String CACHE = "past.*|cache_(key|value|k|v)\\b.*|.*\\.past\\..*|.*_cache";

    private static final List<String> GROWS = List.of("past", "seq", "len", "total", "cache", "history");

    /**
     * The inputs that no one here knows.
     *
     * @param given names that the caller feeds
     * @throws Problem if there are any; it names them all
     */
    void requireKnown(java.util.Set<String> given) {
        TokenBatch probe =
                new TokenBatch(List.of(new Tokens(new long[1], new int[1], new int[1], new boolean[1], false, null)));
        Map<String, String> unknown = new TreeMap<>();
        slots.forEach((name, info) -> {
            if (!given.contains(name) && fill(name, info, probe).isEmpty()) {
                unknown.put(name, info.type + Arrays.toString(info.getShape()));
            }
        });
        if (!unknown.isEmpty()) {
            throw new Problem(
                    where,
                    "the model asks for inputs that are not known here: " + String.join(", ", unknown.keySet()) + " "
                            + unknown.values(),
                    "export it for text generation or feature extraction, with dynamic axes and without those inputs");
        }
    }

    /** @throws Problem if a text has a token that the model has no row for: then the tokenizer is another model's */
    void requireWithin(TokenBatch batch) {
        for (Tokens text : batch.texts()) {
            for (long id : text.ids()) {
                if (vocabulary > 0 && id >= vocabulary) {
                    throw new Problem(
                            where,
                            "the tokenizer gives token " + id + ", and the model knows tokens 0 to " + (vocabulary - 1),
                            "give the tokenizer.json that belongs to this model");
                }
            }
        }
    }

    /** Values of one input. */
    private record Fill(long[] shape, IntToLongFunction value) {
        int count() {
            return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        }
    }

    /** The tensor for an input; close it. */
    OnnxTensor tensor(OrtEnvironment environment, String name, TokenBatch batch) throws OrtException {
        TensorInfo info = slots.get(name);
        Fill fill = fill(name, info, batch)
                .orElseThrow(() -> new Problem(
                        where, "the model asks for an input '" + name + "' that is not known here", "export it anew"));
        return create(environment, info.type, fill);
    }

    private Optional<Fill> fill(String name, TensorInfo info, TokenBatch batch) {
        int rank = info.getShape().length;
        int items = batch.size();
        int length = batch.length();
        return Optional.ofNullable(
                switch (name) {
                    case "input_ids" -> rank == 2 ? rows(batch, batch::id) : null;
                    case "attention_mask" -> rank == 2 ? rows(batch, batch::mask) : null;
                    case "token_type_ids" -> rank == 2 ? rows(batch, i -> 0) : null;
                    case "position_ids" ->
                        switch (rank) {
                            case 1 -> new Fill(new long[] {length}, i -> i);
                            case 2 -> rows(batch, i -> i % length);
                            // Qwen's three axes of position, the same for text
                            case 3 -> new Fill(new long[] {info.getShape()[0], items, length}, i -> i % length);
                            default -> null;
                        };
                    case "cache_position" -> rank == 1 ? new Fill(new long[] {length}, i -> i) : null;
                    case "use_cache_branch" -> number(info, 0);
                    case "past_sequence_length" -> number(info, 0);
                    case "num_logits_to_keep", "logits_to_keep" -> number(info, 0);
                    case "total_sequence_length", "total_seq_len", "current_sequence_length" -> number(info, length);
                    // GroupQueryAttention: the place of each text's last token
                    case "seqlens_k", "past_seq_len" ->
                        new Fill(
                                rank == 2 ? new long[] {items, 1} : new long[] {items},
                                i -> batch.texts().get(i).length() - 1);
                    default -> name.matches(CACHE) ? emptyCache(info, items) : null;
                });
    }

    private static Fill rows(TokenBatch batch, IntToLongFunction value) {
        return new Fill(new long[] {batch.size(), batch.length()}, value);
    }

    /** A scalar, or the same in a vector of one. */
    private static Fill number(TensorInfo info, long value) {
        long[] shape = new long[info.getShape().length];
        Arrays.fill(shape, 1);
        return shape.length > 1 ? null : new Fill(shape, i -> value);
    }

    /** Keys or values of no tokens: the axis that grows with the tokens has length 0, others are as the graph says. */
    private static Fill emptyCache(TensorInfo info, int items) {
        long[] shape = info.getShape().clone();
        String[] names = info.getDimensionNames();
        if (shape.length < 3) {
            return null;
        }
        boolean grows = false;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] >= 0) {
                continue;
            }
            String axis = names != null && i < names.length ? names[i].toLowerCase(java.util.Locale.ROOT) : "";
            boolean batch = axis.contains("batch") || i == 0 && GROWS.stream().noneMatch(axis::contains);
            shape[i] = batch ? items : 0;
            grows |= !batch;
        }
        return grows ? new Fill(shape, i -> 0) : null;
    }

    private OnnxTensor create(OrtEnvironment environment, OnnxJavaType type, Fill fill) throws OrtException {
        int width = switch (type) {
            case INT64, DOUBLE -> 8;
            case INT32, FLOAT -> 4;
            case INT16, FLOAT16, BFLOAT16 -> 2;
            case INT8, UINT8, BOOL -> 1;
            default -> throw new Problem(where, "has an input of type " + type, "export it with numeric inputs");
        };
        int count = fill.count();
        ByteBuffer bytes = ByteBuffer.allocateDirect(count * width).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            long value = fill.value.applyAsLong(i);
            switch (type) {
                case INT64 -> bytes.putLong(value);
                case DOUBLE -> bytes.putDouble(value);
                case INT32 -> bytes.putInt(Math.toIntExact(value));
                case FLOAT -> bytes.putFloat(value);
                case INT16 -> bytes.putShort((short) value);
                case FLOAT16 -> bytes.putShort(Float.floatToFloat16(value));
                // the upper half of a float32; whole numbers below 256 are exact
                case BFLOAT16 -> bytes.putShort((short) (Float.floatToIntBits(value) >> 16));
                default -> bytes.put((byte) value);
            }
        }
        return OnnxTensor.createTensor(environment, bytes.flip(), fill.shape, type);
    }
}
