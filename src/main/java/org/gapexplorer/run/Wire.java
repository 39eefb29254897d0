package org.gapexplorer.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a {@link Sandbox} and its process talk. To the process, for each query: whether it is a
 * new sandbox's, then megabytes and files, the SQL. From it: the columns, the rows with each cell's kind before it, an end; at any point instead, what is wrong.
 */
final class Wire {
    /** A row, the end of the rows, or what is wrong and what to do about it. */
    static final byte ROW = 1;

    static final byte END = 2;
    static final byte WRONG = 3;

    static final byte NULL = 10;
    static final byte TEXT = 11;
    /** A double, and the number as it is written. */
    static final byte NUMBER = 12;

    static final byte BOOLEAN = 13;
    /** A count; for each, whether it is one, and the text. */
    static final byte LIST = 14;

    private Wire() {}

    static String tooMuch(int megabytes) {
        return "the sql needs more than " + megabytes + " MB";
    }

    static void put(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void put(DataOutputStream out, int megabytes, Map<String, List<Path>> files) throws IOException {
        out.writeInt(megabytes);
        out.writeInt(files.size());
        for (Map.Entry<String, List<Path>> file : files.entrySet()) {
            put(out, file.getKey());
            out.writeInt(file.getValue().size());
            for (Path path : file.getValue()) {
                put(out, path.toAbsolutePath().toString());
            }
        }
    }

    static Map<String, List<Path>> files(DataInputStream in) throws IOException {
        var files = new LinkedHashMap<String, List<Path>>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = text(in);
            var paths = new ArrayList<Path>();
            for (int more = in.readInt(); more > 0; more--) {
                paths.add(Path.of(text(in)));
            }
            files.put(name, paths);
        }
        return files;
    }
}
