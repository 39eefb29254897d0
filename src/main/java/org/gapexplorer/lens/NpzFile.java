package org.gapexplorer.lens;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gapexplorer.study.Problem;

/**
 * Arrays as numpy's {@code savez} writes them: a zip of .npy entries, each a magic number, a version, the header's length,
 * a header in Python's spelling, and the numbers. Arrays of objects are pickles and are refused.
 */
final class NpzFile extends ZipTensors {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;
    private static final int MAX_ARRAYS = 1_000;
    private static final Pattern HEADER = Pattern.compile(
            "\\s*\\{\\s*'descr'\\s*:\\s*'([^']{1,16})'\\s*,"
                    + "\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,\\s*'shape'\\s*:\\s*\\(([0-9, ]{0,200})\\)\\s*,?\\s*\\}\\s*");
    private static final Map<String, DType> TYPES = Map.of(
            "<f8",
            DType.F64,
            "<f4",
            DType.F32,
            "<f2",
            DType.F16,
            "<i8",
            DType.I64,
            "<i4",
            DType.I32,
            "|b1",
            DType.BOOL);

    private record Array(ZipEntry zipped, Entry entry, int dataStart) {}

    private final Map<String, Array> arrays = new LinkedHashMap<>();

    private NpzFile(Path file, ZipFile zip) {
        super(file, zip);
    }

    static NpzFile open(Path file) {
        ZipFile zip = zip(file, "npz (a zip of numpy arrays)", "give the params.npz as numpy wrote it");
        NpzFile npz = new NpzFile(file, zip);
        try {
            if (zip.size() > MAX_ARRAYS) {
                throw broken(file, "list of entries", "holds " + zip.size() + " names");
            }
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(e -> e)::iterator) {
                if (entry.getName().endsWith(".npy")) {
                    npz.arrays.put(entry.getName().substring(0, entry.getName().length() - 4), npz.array(entry));
                }
            }
            return npz;
        } catch (RuntimeException e) {
            npz.close();
            throw e;
        }
    }

    private Array array(ZipEntry zipped) {
        try (InputStream in = zip.getInputStream(zipped)) {
            byte[] start = in.readNBytes(8);
            if (start.length < 8 || !Arrays.equals(Arrays.copyOf(start, 6), MAGIC)) {
                throw broken(file(), "entry " + zipped.getName(), "is no numpy array");
            }
            int lengthBytes = start[6] == 1 ? 2 : 4;
            byte[] length = in.readNBytes(lengthBytes);
            long header = 0;
            for (int i = length.length - 1; i >= 0; i--) {
                header = header << 8 | length[i] & 0xFF;
            }
            if (start[6] < 1 || start[6] > 3 || length.length < lengthBytes || header > MAX_HEADER) {
                throw broken(
                        file(),
                        "entry " + zipped.getName(),
                        "has a header of version " + start[6] + " and " + header + " bytes");
            }
            byte[] text = in.readNBytes((int) header);
            Entry entry = entry(zipped, new String(text, StandardCharsets.ISO_8859_1));
            int dataStart = 8 + lengthBytes + (int) header;
            requireBytes(zipped, dataStart + entry.count() * entry.type().bytes);
            return new Array(zipped, entry, dataStart);
        } catch (ArithmeticException e) {
            throw broken(file(), "shape in " + zipped.getName(), "holds more numbers than a file can");
        } catch (ZipException e) {
            throw broken(file(), "entry " + zipped.getName(), "is no zipped data (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw broken(file(), "entry " + zipped.getName(), "cannot be read (" + Problem.reason(e) + ")");
        }
    }

    private Entry entry(ZipEntry zipped, String header) {
        Matcher fields = HEADER.matcher(header);
        if (!fields.matches()) {
            throw new Problem(
                    file() + ", entry " + zipped.getName(),
                    header.contains("O") && header.contains("descr")
                            ? "holds Python objects (a pickle), which are never read"
                            : "has a header that says not what type and shape it has",
                    "save plain arrays of numbers");
        }
        DType type = TYPES.get(fields.group(1));
        if (type == null) {
            boolean objects = fields.group(1).contains("O");
            throw new Problem(
                    file() + ", entry " + zipped.getName(),
                    objects
                            ? "holds Python objects (a pickle), which are never read"
                            : "has numbers of type '" + fields.group(1) + "'",
                    "save arrays of float32, float16 or float64, little-endian");
        }
        long[] shape;
        try {
            shape = Arrays.stream(fields.group(3).split(","))
                    .map(String::strip)
                    .filter(n -> !n.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw broken(file(), "shape in " + zipped.getName(), "is (" + fields.group(3) + ")");
        }
        boolean columnMajor = fields.group(2).equals("True") && shape.length > 1;
        if (columnMajor && shape.length > 2) {
            throw broken(
                    file(), "shape in " + zipped.getName(), "has " + shape.length + " dimensions in Fortran order");
        }
        return new Entry(type, shape, columnMajor);
    }

    @Override
    Set<String> names() {
        return arrays.keySet();
    }

    @Override
    Entry entry(String name) {
        return arrays.containsKey(name) ? arrays.get(name).entry() : null;
    }

    @Override
    InputStream open(String name) throws IOException {
        Array array = arrays.get(name);
        return stream(array.zipped(), array.dataStart());
    }
}
