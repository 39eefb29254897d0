package org.gapexplorer.lens;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * Safetensors files: 8 bytes of header length (little-endian), a JSON header of names, types, shapes and offsets, then
 * the tensors' bytes. Every number of the header is checked against the file before anything is read by it.
 */
final class Safetensors extends TensorFile {
    /** The format's own limit on a header, in bytes. */
    private static final long MAX_HEADER = 100_000_000;

    private static final int CHUNK = 1 << 20;
    private static final int ALIGNMENT = 8;
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);

    private final Map<String, Extent> extents;

    private Safetensors(Path file, Map<String, Extent> extents) {
        super(file);
        this.extents = extents;
    }

    /** A tensor to write: its shape and its values, row-major. */
    record Tensor(long[] shape, float[] values) {}

    /** Where a tensor lies: from start up to end, in bytes of the file. */
    private record Extent(Entry entry, long start, long end) {}

    /**
     * Reads a file's header.
     *
     * @throws Problem if it is no safetensors file, or its header and its length do not agree
     */
    static Safetensors open(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw broken(file, "header length", "is missing: the file has " + size + " bytes");
            }
            long header = read(channel, 0, Long.BYTES).getLong();
            if (header < 2 || header > Math.min(MAX_HEADER, size - Long.BYTES)) {
                throw broken(
                        file,
                        "header length",
                        "is " + Long.toUnsignedString(header) + ", and the file has " + size + " bytes");
            }
            byte[] json = read(channel, Long.BYTES, (int) header).array();
            return new Safetensors(file, extents(file, JSON.readTree(json), Long.BYTES + header, size));
        } catch (JsonProcessingException e) {
            throw broken(file, "header", "is not JSON (" + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read", "check the path and its permissions", e);
        }
    }

    private static Map<String, Extent> extents(Path file, JsonNode header, long dataStart, long size) {
        if (!(header instanceof ObjectNode fields)) {
            throw broken(file, "header", "is not a JSON object");
        }
        Map<String, Extent> extents = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                extents.put(field.getKey(), extent(file, field.getKey(), field.getValue(), dataStart, size));
            }
        }
        List<Map.Entry<String, Extent>> byStart = new ArrayList<>(extents.entrySet());
        byStart.sort(Comparator.comparingLong(e -> e.getValue().start()));
        for (int i = 1; i < byStart.size(); i++) {
            if (byStart.get(i).getValue().start()
                    < byStart.get(i - 1).getValue().end()) {
                throw broken(
                        file,
                        "data_offsets of " + byStart.get(i).getKey(),
                        "overlap those of " + byStart.get(i - 1).getKey());
            }
        }
        return extents;
    }

    private static Extent extent(Path file, String name, JsonNode field, long dataStart, long size) {
        DType type = type(file, name, field.path("dtype"));
        JsonNode shape = field.path("shape");
        if (!shape.isArray() || shape.size() > 8) {
            throw broken(file, "shape of " + name, "is not a list of at most 8 numbers");
        }
        long[] dims = new long[shape.size()];
        long count = 1;
        for (int i = 0; i < dims.length; i++) {
            dims[i] = whole(file, "shape of " + name, shape.get(i));
            if (dims[i] != 0 && count > size / dims[i]) {
                throw broken(file, "shape of " + name, "holds more numbers than the file has bytes");
            }
            count *= dims[i];
        }
        JsonNode offsets = field.path("data_offsets");
        if (!offsets.isArray() || offsets.size() != 2) {
            throw broken(file, "data_offsets of " + name, "is not a list of two numbers");
        }
        long start = whole(file, "data_offsets of " + name, offsets.get(0));
        long end = whole(file, "data_offsets of " + name, offsets.get(1));
        if (start > end || end > size - dataStart) {
            throw broken(
                    file,
                    "data_offsets of " + name,
                    "run from " + start + " to " + end + ", and the file has " + (size - dataStart) + " bytes of data");
        }
        if (end - start != count * type.bytes) {
            throw broken(
                    file,
                    "data_offsets of " + name,
                    "span " + (end - start) + " bytes where its shape needs " + count * type.bytes);
        }
        return new Extent(new Entry(type, dims, false), dataStart + start, dataStart + end);
    }

    private static DType type(Path file, String name, JsonNode dtype) {
        for (DType type : DType.values()) {
            if (type.name().equals(dtype.asText())) {
                return type;
            }
        }
        throw new Problem(
                file + ", dtype of " + name, "is '" + dtype.asText() + "'", "save the tensor as F32, F16, BF16 or F64");
    }

    private static long whole(Path file, String field, JsonNode value) {
        if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
            throw broken(file, field, "holds something other than a whole number from 0");
        }
        return value.longValue();
    }

    @Override
    Set<String> names() {
        return extents.keySet();
    }

    @Override
    Entry entry(String name) {
        return extents.containsKey(name) ? extents.get(name).entry() : null;
    }

    @Override
    InputStream open(String name) throws IOException {
        FileChannel channel = FileChannel.open(file());
        try {
            return Channels.newInputStream(channel.position(extents.get(name).start()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /** Writes float32 tensors in the order given, beside the file first, then in its place. */
    static void write(Path file, Map<String, Tensor> tensors) {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            ObjectNode field = header.putObject(tensor.getKey()).put("dtype", "F32");
            ArrayNode shape = field.putArray("shape");
            for (long dim : tensor.getValue().shape()) {
                shape.add(dim);
            }
            long end = offset + (long) tensor.getValue().values().length * Float.BYTES;
            field.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        // the data begins at a multiple of 8; spaces after the JSON are allowed for that
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(json);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                writeAll(channel, head.flip());
                for (Tensor tensor : tensors.values()) {
                    write(channel, tensor.values());
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            beside.toFile().delete();
            throw new Problem(
                    file.toString(),
                    "cannot be written (" + Problem.reason(e) + ")",
                    "check the folder, its permissions and free space",
                    e);
        }
    }

    private static void write(FileChannel channel, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (!bytes.hasRemaining()) {
                writeAll(channel, bytes.flip());
                bytes.clear();
            }
            bytes.putFloat(value);
        }
        writeAll(channel, bytes.flip());
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
