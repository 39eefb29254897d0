package org.gapexplorer.lens;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * A file of named tensors. Whatever it says of itself (shapes, offsets, sizes) is held against what it really has before
 * memory is taken for it; numbers come as float32, little-endian on disk.
 */
abstract class TensorFile implements AutoCloseable {
    /** What the largest Java array can hold. */
    private static final long MAX_NUMBERS = Integer.MAX_VALUE - 16L;

    private static final int CHUNK = 1 << 20;

    /** Kinds of numbers, by the names that safetensors gives them. */
    enum DType {
        F64(8, true),
        F32(4, true),
        F16(2, true),
        BF16(2, true),
        I64(8, false),
        I32(4, false),
        I16(2, false),
        I8(1, false),
        U8(1, false),
        BOOL(1, false),
        U16(2, false),
        U32(4, false),
        U64(8, false),
        F8_E4M3(1, false),
        F8_E5M2(1, false);

        final int bytes;
        /** Whether weights may be of this kind. */
        final boolean weight;

        DType(int bytes, boolean weight) {
            this.bytes = bytes;
            this.weight = weight;
        }

        private float next(ByteBuffer from) {
            return switch (this) {
                case F64 -> (float) from.getDouble();
                case F32 -> from.getFloat();
                case F16 -> Float.float16ToFloat(from.getShort());
                case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
                case I64 -> from.getLong();
                case I32 -> from.getInt();
                default -> throw new IllegalStateException(name());
            };
        }
    }

    /**
     * @param shape none for a scalar
     * @param columnMajor of a matrix: whether columns, not rows, lie together
     */
    record Entry(DType type, long[] shape, boolean columnMajor) {
        long count() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }
    }

    private final Path file;

    TensorFile(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    abstract Set<String> names();

    /** A tensor's type and shape, or null where there is none of this name. */
    abstract Entry entry(String name);

    /** A tensor's bytes from its first; there are at least as many as its entry needs. */
    abstract InputStream open(String name) throws IOException;

    boolean has(String name) {
        return entry(name) != null;
    }

    /** The dimensions of a tensor; a {@link Problem} if it is not there or has another number of them. */
    int[] shape(String name, int dimensions) {
        long[] shape = required(name).shape();
        if (shape.length != dimensions) {
            throw wrongShape(name, dimensions + " dimensions");
        }
        return Arrays.stream(shape)
                .mapToInt(n -> {
                    if (n < 1 || n > SaeConfig.MAX_WIDTH) {
                        throw wrongShape(name, "dimensions from 1 to " + SaeConfig.MAX_WIDTH);
                    }
                    return (int) n;
                })
                .toArray();
    }

    /** The number in a tensor that holds one. */
    float scalar(String name) {
        Entry entry = required(name);
        if (entry.count() != 1) {
            throw wrongShape(name, "one number");
        }
        if (!entry.type().weight && entry.type() != DType.I32 && entry.type() != DType.I64) {
            throw notANumber(name, entry.type());
        }
        return read(name, entry, 1, 1, false)[0];
    }

    /** The values of a vector. */
    float[] vector(String name, int length) {
        Entry entry = weights(name, length);
        return read(name, entry, 1, length, false);
    }

    /** The values of a matrix, row-major. */
    float[] matrix(String name, int rows, int columns) {
        Entry entry = weights(name, rows, columns);
        return entry.columnMajor() ? read(name, entry, columns, rows, true) : read(name, entry, rows, columns, false);
    }

    /** The transpose, row-major [rows][columns], of a matrix that the file holds as [columns, rows]. */
    float[] transposed(String name, int rows, int columns) {
        Entry entry = weights(name, columns, rows);
        return entry.columnMajor() ? read(name, entry, rows, columns, false) : read(name, entry, columns, rows, true);
    }

    private Entry weights(String name, long... shape) {
        Entry entry = required(name);
        if (!Arrays.equals(entry.shape(), shape)) {
            throw wrongShape(name, Arrays.toString(shape));
        }
        if (!entry.type().weight) {
            throw notANumber(name, entry.type());
        }
        if (entry.count() > MAX_NUMBERS) {
            throw new Problem(
                    file + ", tensor " + name,
                    "holds " + entry.count() + " numbers, more than the " + MAX_NUMBERS + " that can be read",
                    "use a narrower SAE");
        }
        return entry;
    }

    private Entry required(String name) {
        Entry entry = entry(name);
        if (entry == null) {
            throw new Problem(
                    file.toString(),
                    "holds no tensor " + name + " but " + String.join(", ", names()),
                    "give the weights that belong to this configuration, or name their format in the study");
        }
        return entry;
    }

    private Problem wrongShape(String name, String expected) {
        return new Problem(
                file + ", shape of " + name,
                "is " + Arrays.toString(entry(name).shape()) + " where " + expected + " was expected",
                "give the weights that belong to this configuration, or name their format in the study");
    }

    private Problem notANumber(String name, DType type) {
        return new Problem(file + ", dtype of " + name, "is " + type, "save the tensor as F32, F16, BF16 or F64");
    }

    /** Reads [rows][columns] as they lie on disk; with {@code transpose} they are handed out as [columns][rows]. */
    private float[] read(String name, Entry entry, int rows, int columns, boolean transpose) {
        try (InputStream in = open(name)) {
            float[] values = new float[rows * columns];
            int tileRows = (int) Math.clamp(CHUNK / ((long) columns * entry.type().bytes), 1, rows);
            byte[] bytes = new byte[tileRows * columns * entry.type().bytes];
            for (int row = 0; row < rows; row += tileRows) {
                int n = Math.min(tileRows, rows - row);
                int length = n * columns * entry.type().bytes;
                if (in.readNBytes(bytes, 0, length) < length) {
                    throw broken(file, "tensor " + name, "ends before its last number");
                }
                ByteBuffer tile = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < n * columns; i++) {
                    float value = entry.type().next(tile);
                    if (!Float.isFinite(value)) {
                        throw broken(file, name + "[" + ((long) row * columns + i) + "]", "is " + value);
                    }
                    values[transpose ? i % columns * rows + row + i / columns : row * columns + i] = value;
                }
            }
            return values;
        } catch (OutOfMemoryError e) {
            throw new Problem(
                    file + ", tensor " + name,
                    "needs " + (entry.count() * Float.BYTES >> 20) + " MB of memory, and there is less",
                    "give Java a larger heap (-Xmx), or use a narrower SAE",
                    e);
        } catch (IOException e) {
            throw broken(file, "tensor " + name, "cannot be read (" + Problem.reason(e) + ")");
        }
    }

    static Problem broken(Path file, String field, String what) {
        return new Problem(file + ", " + field, what, "the file is cut short or damaged: fetch it again");
    }

    @Override
    public void close() {}
}
