package org.gapexplorer.lens;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.gapexplorer.study.Problem;

/**
 * Tensors as {@code torch.save} writes a state dict: a zip of one pickle, which names the tensors, and one entry of numbers
 * for each storage. The pickle is not executed: {@link TensorPickle} knows tensors and refuses all else.
 */
final class TorchFile extends ZipTensors {
    private static final int MAX_PICKLE = 4 << 20;
    private static final String REMEDY = "save the weights' state dict with torch.save(model.state_dict(), file)";

    private final String folder;
    private final Map<String, TensorPickle.Tensor> tensors;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private TorchFile(Path file, ZipFile zip, String folder, Map<String, TensorPickle.Tensor> tensors) {
        super(file, zip);
        this.folder = folder;
        this.tensors = tensors;
        tensors.forEach((name, tensor) -> entries.put(name, checked(name, tensor)));
    }

    static TorchFile open(Path file) {
        ZipFile zip = zip(file, "file of torch.save in its zip form (PyTorch 1.6 and later)", REMEDY);
        try {
            List<ZipEntry> pickles = zip.stream()
                    .<ZipEntry>map(e -> e)
                    .filter(entry -> entry.getName().endsWith("/data.pkl"))
                    .toList();
            if (pickles.size() != 1) {
                throw new Problem(
                        file.toString(), "holds " + pickles.size() + " data.pkl where one was expected", REMEDY);
            }
            String name = pickles.getFirst().getName();
            String folder = name.substring(0, name.length() - "data.pkl".length());
            ZipEntry order = zip.getEntry(folder + "byteorder");
            if (order != null && !new String(bytes(file, zip, order, 16), StandardCharsets.US_ASCII).equals("little")) {
                throw new Problem(
                        file.toString(), "has numbers that are not little-endian", "save it on another machine");
            }
            byte[] pickle = bytes(file, zip, pickles.getFirst(), MAX_PICKLE);
            return new TorchFile(file, zip, folder, new TensorPickle(file + ", data.pkl", pickle).tensors());
        } catch (RuntimeException e) {
            closeQuietly(zip);
            throw e;
        }
    }

    private static byte[] bytes(Path file, ZipFile zip, ZipEntry entry, int limit) {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new Problem(
                        file + ", entry " + entry.getName(),
                        "is longer than the " + limit + " bytes it may have",
                        REMEDY);
            }
            return bytes;
        } catch (IOException e) {
            throw broken(file, "entry " + entry.getName(), "cannot be read (" + Problem.reason(e) + ")");
        }
    }

    private static void closeQuietly(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            // the problem on its way out says more
        }
    }

    private Entry checked(String name, TensorPickle.Tensor tensor) {
        long[] shape = tensor.shape();
        long count = 1;
        boolean rowMajor = true;
        for (int i = shape.length - 1; i >= 0; i--) {
            // the stride of a dimension of one element says nothing
            rowMajor &= shape[i] == 1 || tensor.strides()[i] == count;
            if (shape[i] < 0 || shape[i] != 0 && count > Long.MAX_VALUE / 8 / shape[i]) {
                throw broken(file(), "tensor " + name, "has a size of " + shape[i]);
            }
            count *= shape[i];
        }
        boolean columnMajor =
                !rowMajor && shape.length == 2 && tensor.strides()[0] == 1 && tensor.strides()[1] == shape[0];
        if (!rowMajor && !columnMajor) {
            throw new Problem(
                    file() + ", tensor " + name,
                    "is a view of other numbers, not rows or columns one after the other",
                    "save it with .contiguous()");
        }
        ZipEntry data = zip.getEntry(folder + "data/" + tensor.storage());
        if (data == null) {
            throw broken(file(), "tensor " + name, "has no storage '" + tensor.storage() + "' in the file");
        }
        if (tensor.offset() < 0 || tensor.offset() > Long.MAX_VALUE / 16) {
            throw broken(file(), "tensor " + name, "begins at " + tensor.offset());
        }
        requireBytes(data, Math.addExact(tensor.offset(), count) * tensor.type().bytes);
        return new Entry(tensor.type(), shape, columnMajor);
    }

    @Override
    Set<String> names() {
        return entries.keySet();
    }

    @Override
    Entry entry(String name) {
        return entries.get(name);
    }

    @Override
    InputStream open(String name) throws IOException {
        TensorPickle.Tensor tensor = tensors.get(name);
        return stream(zip.getEntry(folder + "data/" + tensor.storage()), tensor.offset() * tensor.type().bytes);
    }
}
