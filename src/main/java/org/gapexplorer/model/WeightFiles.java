package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gapexplorer.study.Problem;

/**
 * The data files of a model whose weights lie outside its .onnx file (ONNX's external data), mapped into memory: no
 * weight is read before it is used.
 *
 * <p>A model names its data files itself, so the names are checked: a relative path without {@code ..}, to a regular
 * file that does not lead out of the model's folder through a link; where the model is a link itself, its data files may
 * be links to the same folder as its own (so the hub's cache keeps files). A file the caller names may lie anywhere.
 */
final class WeightFiles {
    private final String where;
    private final Path folder;
    private final Path model;
    private final Map<String, Path> named = new HashMap<>();

    /**
     * @param where the model's name in messages
     * @param model the model's file; null for a model that came from memory, which may have no data files
     * @param named data files that may lie elsewhere, found by their file names
     */
    WeightFiles(String where, Path model, List<Path> named) {
        this.where = where;
        this.model = model;
        folder = model == null ? null : model.toAbsolutePath().getParent();
        named.forEach(file -> this.named.put(file.getFileName().toString(), file));
    }

    static boolean isExternal(TensorProto weight) {
        return weight.getDataLocation() == TensorProto.DataLocation.EXTERNAL || weight.getExternalDataCount() > 0;
    }

    /** Where in a data file a weight lies. */
    record Slice(Path file, long offset, long length) {}

    /**
     * The bytes of a weight.
     *
     * @return direct, little-endian, of exactly the length that type and dimensions ask for
     * @throws Problem as {@link #slice}
     */
    ByteBuffer bytes(TensorProto weight) {
        Slice slice = slice(weight);
        if (slice.length > Integer.MAX_VALUE) {
            throw new Problem(
                    where,
                    "the weight " + weight.getName() + " alone has " + slice.length
                            + " bytes, and 2 GB is the most here",
                    "export the model in float16");
        }
        try (FileChannel channel = FileChannel.open(slice.file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, slice.offset, slice.length)
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw unreadable(slice.file, e);
        }
    }

    /**
     * Where a weight lies.
     *
     * @throws Problem if the data file is not there, may not be read, or is too short
     */
    Slice slice(TensorProto weight) {
        String location = entry(weight, "location", "");
        Path file = file(location);
        long offset = number(weight, "offset", 0);
        long wanted = length(weight);
        long length = number(weight, "length", wanted);
        if (length != wanted) {
            throw new Problem(
                    where,
                    "the weight " + weight.getName() + " needs " + wanted + " bytes, and " + length
                            + " are set aside for it",
                    "fetch or export the model again");
        }
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (offset > size - length) {
            throw new Problem(
                    where,
                    "its data file " + location + " has " + size + " bytes, and the weight " + weight.getName()
                            + " ends at " + offset + " + " + length,
                    "fetch the data file again and compare its size and sha256");
        }
        return new Slice(file, offset, length);
    }

    /** The data files that a graph names, by their normalised names. */
    SortedMap<String, Path> of(GraphProto graph) {
        var found = new TreeMap<String, Path>();
        for (TensorProto weight : graph.getInitializerList()) {
            if (isExternal(weight)) {
                String location = entry(weight, "location", "");
                found.computeIfAbsent(Path.of(location).normalize().toString(), name -> file(location));
            }
        }
        return found;
    }

    private Problem unreadable(Path file, IOException e) {
        return new Problem(
                where,
                "its data file " + file.getFileName() + " cannot be read (" + Problem.reason(e) + ")",
                "check the file and its permissions",
                e);
    }

    /** Bytes that a weight takes by its type and dimensions. */
    private long length(TensorProto weight) {
        try {
            long bits = WeightType.of(weight).bits();
            for (long dim : weight.getDimsList()) {
                if (dim < 0) {
                    throw new ArithmeticException();
                }
                bits = Math.multiplyExact(bits, dim);
            }
            return (bits + 7) / 8;
        } catch (ArithmeticException e) {
            throw new Problem(
                    where,
                    "the weight " + weight.getName() + " has the dimensions " + weight.getDimsList(),
                    "fetch or export the model again",
                    e);
        }
    }

    private Path file(String location) {
        Path relative;
        try {
            relative = Path.of(location);
        } catch (InvalidPathException e) {
            throw unsafe(location);
        }
        if (location.isEmpty()
                || relative.isAbsolute()
                || location.indexOf('\\') >= 0
                || location.matches("[A-Za-z]:.*")
                || List.of(location.split("/", -1)).contains("..")) {
            throw unsafe(location);
        }
        Path given = named.get(relative.getFileName().toString());
        if (given != null) {
            return given;
        }
        if (folder == null) {
            throw missing(location);
        }
        Path file = folder.resolve(relative);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw missing(location);
        }
        try {
            Path real = file.toRealPath();
            boolean beside = real.startsWith(folder.toRealPath())
                    || real.getParent().equals(model.toRealPath().getParent());
            if (!beside || !Files.isRegularFile(file)) {
                throw new Problem(
                        where,
                        "its data file " + location + " leads out of the model's folder or is no regular file",
                        "put the file itself beside the model, or name it as model_data in the study");
            }
            return file;
        } catch (IOException e) {
            throw missing(location);
        }
    }

    private Problem unsafe(String location) {
        return new Problem(
                where,
                "names '" + location + "' as a file of its weights, which is not a name below the model's folder",
                "do not use this file, or export it again with data files beside the model");
    }

    private Problem missing(String location) {
        return new Problem(
                where,
                "keeps weights in the file " + location + ", which is not there",
                "put it beside the model, or name it as model_data in the study");
    }

    private long number(TensorProto weight, String key, long absent) {
        String text = entry(weight, key, null);
        try {
            long value = text == null ? absent : Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Problem(
                where,
                "the weight " + weight.getName() + " has the " + key + " '" + text + "'",
                "fetch or export the model again");
    }

    private static String entry(TensorProto weight, String key, String absent) {
        return weight.getExternalDataList().stream()
                .filter(entry -> entry.getKey().equals(key))
                .map(StringStringEntryProto::getValue)
                .findFirst()
                .orElse(absent);
    }
}
