package org.gapexplorer.lens;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.lens.TensorFile.DType;
import org.gapexplorer.study.Problem;

/**
 * Reads which tensors a pickle of {@code torch.save} names. A pickle is a program that may call anything; this knows the
 * instructions with which torch spells a dictionary of tensors (protocol 2), the six names it calls for that, and runs
 * none of them. Everything else is refused by its name.
 */
final class TensorPickle {
    private static final int PROTOCOL = 2;
    private static final int MAX_NESTING = 4;
    private static final int MAX_NAMES = 10_000;
    /** Of a name with those of the dictionaries around it: a few bytes can spell a long one many times. */
    private static final int MAX_NAME_LENGTH = 1_000;

    private static final String REMEDY =
            "get the weights as safetensors, or save the state dict alone: tensors by name";

    private static final Map<String, DType> STORAGES = Map.of(
            "DoubleStorage", DType.F64,
            "FloatStorage", DType.F32,
            "HalfStorage", DType.F16,
            "BFloat16Storage", DType.BF16,
            "LongStorage", DType.I64,
            "IntStorage", DType.I32,
            "ShortStorage", DType.I16,
            "CharStorage", DType.I8,
            "ByteStorage", DType.U8,
            "BoolStorage", DType.BOOL);

    /**
     * @param storage key of the entry that holds the numbers
     * @param offset of the first, in numbers
     * @param shape none for a scalar
     * @param strides numbers from one element to the next along each dimension
     */
    record Tensor(DType type, String storage, long offset, long[] shape, long[] strides) {}

    private enum Callable {
        DICTIONARY,
        TENSOR,
        PARAMETER
    }

    private record Storage(DType type, String key) {}

    private final String where;
    private final ByteBuffer in;
    private final List<Object> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int named;

    TensorPickle(String where, byte[] pickle) {
        this.where = where;
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The tensors by name; those in dictionaries within are named {@code outer.inner}. */
    Map<String, Tensor> tensors() {
        Object result;
        try {
            result = run();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw problem("ends in the middle");
        }
        if (!(result instanceof Map<?, ?> dictionary)) {
            throw problem("is not a dictionary of tensors");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        flatten("", dictionary, tensors, 0);
        return tensors;
    }

    private void flatten(String prefix, Map<?, ?> dictionary, Map<String, Tensor> tensors, int depth) {
        if (depth > MAX_NESTING) {
            throw problem("nests dictionaries more than " + MAX_NESTING + " deep");
        }
        dictionary.forEach((key, value) -> {
            // one dictionary may stand in many places
            require(++named <= MAX_NAMES, "more than " + MAX_NAMES + " names");
            String name = prefix + key;
            require(name.length() <= MAX_NAME_LENGTH, "a name of more than " + MAX_NAME_LENGTH + " characters");
            if (value instanceof Tensor tensor) {
                tensors.put(name, tensor);
            } else if (value instanceof Map<?, ?> inner) {
                flatten(name + ".", inner, tensors, depth + 1);
            }
        });
    }

    private Object run() {
        while (true) {
            int at = in.position();
            int opcode = in.get() & 0xFF;
            switch (opcode) {
                case 0x80 -> requireProtocol(in.get());
                case '.' -> {
                    return pop();
                }
                case '(' -> marks.push(stack.size());
                case 'N' -> push(null);
                case 0x88 -> push(true);
                case 0x89 -> push(false);
                case 'J' -> push((long) in.getInt());
                case 'K' -> push((long) (in.get() & 0xFF));
                case 'M' -> push((long) (in.getShort() & 0xFFFF));
                case 0x8a -> push(longOf(in.get() & 0xFF));
                case 'G' -> push(in.order(ByteOrder.BIG_ENDIAN).getDouble());
                case 'X' -> push(text());
                case ']', ')' -> push(new ArrayList<>());
                case '}' -> push(new LinkedHashMap<>());
                case 't' -> push(popToMark());
                case 0x85 -> push(popped(1));
                case 0x86 -> push(popped(2));
                case 0x87 -> push(popped(3));
                case 'a' -> append(popped(1));
                case 'e' -> append(popToMark());
                case 's' -> put(popped(2));
                case 'u' -> put(popToMark());
                case 'q' -> memo.put(in.get() & 0xFF, top());
                case 'r' -> memo.put(in.getInt(), top());
                case 'h' -> push(remembered(in.get() & 0xFF));
                case 'j' -> push(remembered(in.getInt()));
                case 'c' -> push(global(line(), line()));
                case 'Q' -> push(storage(pop()));
                case 'R' -> reduce();
                case 'b' -> build();
                default ->
                    throw problem("holds the instruction 0x" + Integer.toHexString(opcode) + " at byte " + at
                            + ", which no dictionary of tensors needs");
            }
            in.order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void requireProtocol(int protocol) {
        if (protocol != PROTOCOL) {
            throw problem("is of protocol " + protocol + ", and torch.save writes protocol " + PROTOCOL);
        }
    }

    private long longOf(int bytes) {
        if (bytes > Long.BYTES) {
            throw problem("holds a whole number of " + bytes + " bytes");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            byte next = in.get();
            value |= (i == bytes - 1 ? (long) next : next & 0xFFL) << 8 * i;
        }
        return value;
    }

    private String text() {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw problem("ends in the middle of a name");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() {
        int start = in.position();
        while (in.get() != '\n') {
            // up to the end of the line
        }
        return new String(in.array(), start, in.position() - 1 - start, StandardCharsets.UTF_8);
    }

    /** What a pickle may name; anything else could be code. */
    private Object global(String module, String name) {
        if (module.equals("torch") && STORAGES.containsKey(name)) {
            return STORAGES.get(name);
        }
        return switch (module + "." + name) {
            case "collections.OrderedDict" -> Callable.DICTIONARY;
            case "torch._utils._rebuild_tensor_v2" -> Callable.TENSOR;
            case "torch._utils._rebuild_parameter" -> Callable.PARAMETER;
            default ->
                throw problem("asks for '" + module + "." + name
                        + "' when loaded, which is no tensor and could run code: refused");
        };
    }

    private Storage storage(Object id) {
        // ('storage', type, key, location, number of elements)
        if (id instanceof List<?> parts
                && parts.size() == 5
                && parts.get(0) instanceof String kind
                && kind.equals("storage")
                && parts.get(1) instanceof DType type
                && parts.get(2) instanceof String key) {
            return new Storage(type, key);
        }
        throw problem("names something outside the file that is no storage of numbers");
    }

    private void reduce() {
        List<?> arguments = list(pop());
        Object called = pop();
        if (!(called instanceof Callable callable)) {
            throw problem("calls something that is not one of torch's ways to spell a tensor");
        }
        push(
                switch (callable) {
                    case DICTIONARY -> {
                        require(arguments.isEmpty(), "an OrderedDict with arguments");
                        yield new LinkedHashMap<>();
                    }
                    case TENSOR -> tensor(arguments);
                    case PARAMETER -> {
                        require(
                                !arguments.isEmpty() && arguments.getFirst() instanceof Tensor,
                                "a parameter that is no tensor");
                        yield arguments.getFirst();
                    }
                });
    }

    /** (storage, offset, size, stride, requires_grad, backward_hooks[, metadata]) */
    private Tensor tensor(List<?> arguments) {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw problem("holds a tensor that is not spelled as torch spells it");
        }
        long[] shape = numbers(arguments.get(2));
        long[] strides = numbers(arguments.get(3));
        require(shape.length == strides.length && shape.length <= 8, "a tensor of " + shape.length + " dimensions");
        return new Tensor(storage.type(), storage.key(), offset, shape, strides);
    }

    private long[] numbers(Object list) {
        return list(list).stream()
                .mapToLong(number -> {
                    require(number instanceof Long, "a size that is no whole number");
                    return (Long) number;
                })
                .toArray();
    }

    /** A dictionary's attributes, such as the versions of modules, are of no use here. */
    private void build() {
        pop();
        require(top() instanceof Map, "attributes of something that is no dictionary");
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> values) {
        require(top() instanceof List, "items added to something that is no list");
        ((List<Object>) top()).addAll(values);
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> pairs) {
        require(top() instanceof Map && pairs.size() % 2 == 0, "pairs put into something that is no dictionary");
        for (int i = 0; i < pairs.size(); i += 2) {
            require(pairs.get(i) instanceof String || pairs.get(i) instanceof Long, "a key that is no name");
            ((Map<Object, Object>) top()).put(pairs.get(i), pairs.get(i + 1));
        }
    }

    private Object remembered(int key) {
        require(memo.containsKey(key), "a reference to what was never there");
        return memo.get(key);
    }

    private List<?> list(Object value) {
        require(value instanceof List, "something else where a tuple was expected");
        return (List<?>) value;
    }

    private List<Object> popToMark() {
        require(!marks.isEmpty(), "the end of a list that never began");
        return popped(stack.size() - marks.pop());
    }

    private List<Object> popped(int count) {
        require(count >= 0 && count <= stack.size(), "more taken from its stack than lies on it");
        List<Object> tail = stack.subList(stack.size() - count, stack.size());
        List<Object> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        require(!stack.isEmpty(), "more taken from its stack than lies on it");
        return stack.removeLast();
    }

    private Object top() {
        require(!stack.isEmpty(), "more taken from its stack than lies on it");
        return stack.getLast();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw problem("holds " + otherwise);
        }
    }

    private Problem problem(String what) {
        return new Problem(where, "the pickle " + what, REMEDY);
    }
}
