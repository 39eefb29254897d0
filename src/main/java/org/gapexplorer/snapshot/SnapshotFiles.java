package org.gapexplorer.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.gapexplorer.study.Problem;

/** The names of a snapshot's files, and how they are written so that they last. */
public final class SnapshotFiles {
    /** Raised whenever an older reader could not read the files, or a newer one the older files. */
    static final int FORMAT = 5;

    /** Still read. */
    static final int OLDEST_FORMAT = 4;

    /** From here on a manifest has a checksum itself, and every file a CRC-32C. */
    static final int FIRST_WITH_SUMS = 5;

    public static final String MANIFEST = "manifest.json";
    /** The manifest's own checksum, as {@code sha256sum} writes it. */
    public static final String MANIFEST_SUM = "manifest.sha256";
    /** What the manifest does not list. */
    static final Set<String> OF_THE_MANIFEST = Set.of(MANIFEST, MANIFEST_SUM);

    static final String STUDY = "study.json";
    /** Names and places of the families. */
    static final String FAMILIES = "families.json";

    static final String CONCEPTS = "concepts";
    static final String DATAPOINTS = "datapoints";
    /** The lens, where the run folder has it. */
    static final String LENS = "lens";

    /** The run's tables without item text, as Parquet; a snapshot of before has none. */
    static final String BULK = "bulk";

    static final String PARQUET = ".parquet";

    /** In the folder of snapshots: one line, the version that is current. */
    public static final String CURRENT = "current";

    /** In the folder of snapshots: whoever writes there holds a lock on it. */
    public static final String LOCK = ".lock";

    static final String BUILDING = ".building-";

    /** Versions name folders, so nothing else is let near a path. */
    public static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(BenchmarkView.class, CanaryWhereThereIsOne.class)
            .build();

    /** A file below a snapshot's folder: names without dots in front, at most four folders deep. */
    private static final Pattern INSIDE =
            Pattern.compile("[A-Za-z0-9_][\\w.+@=-]{0,199}(/[A-Za-z0-9_][\\w.+@=-]{0,199}){0,4}");

    /** No pointer is longer than a version and its line break. */
    private static final int LONGEST_POINTER = 200;

    private SnapshotFiles() {}

    /** Whether a path with forward slashes stays below the folder that it is resolved against. */
    static boolean inside(String path) {
        return INSIDE.matcher(path).matches();
    }

    /** A snapshot of benchmarks without canaries is as it was before there were any, so that older programs read it. */
    private interface CanaryWhereThereIsOne {
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        Optional<String> canary();
    }

    /**
     * The version that the folder's pointer names, if there is a pointer. The pointer is a file with one line, or a symbolic
     * link to the version's folder.
     *
     * @throws Problem where it names none
     */
    public static Optional<String> current(Path snapshots) throws IOException {
        Path pointer = snapshots.resolve(CURRENT);
        try {
            return Optional.of(
                    Files.isDirectory(pointer) ? linked(snapshots, pointer) : version(pointer, readPointer(pointer)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static byte[] readPointer(Path pointer) throws IOException {
        try (InputStream in = Files.newInputStream(pointer)) {
            return in.readNBytes(LONGEST_POINTER);
        }
    }

    /** A link to a folder elsewhere is refused: that folder's name would be a version of this one. */
    private static String linked(Path snapshots, Path pointer) throws IOException {
        Path target = pointer.toRealPath();
        if (!snapshots.toRealPath().equals(target.getParent())) {
            throw noVersion(pointer);
        }
        return version(pointer, target.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The version that a pointer's bytes name.
     *
     * @param pointer for the message
     * @throws Problem where they name none
     */
    public static String version(Object pointer, byte[] bytes) {
        String version = new String(bytes, StandardCharsets.UTF_8).strip();
        if (bytes.length >= LONGEST_POINTER || !VERSION.matcher(version).matches()) {
            throw noVersion(pointer);
        }
        return version;
    }

    private static Problem noVersion(Object pointer) {
        return new Problem(
                pointer.toString(),
                "names no version",
                "build the snapshot again, or write the name of one of the folders beside it");
    }

    /** The line that makes a version the current one. */
    public static byte[] pointer(String version) {
        return (version + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Makes a version of a folder the current one, in one step.
     *
     * @throws IOException where it stays as it was
     */
    public static void point(Path snapshots, String version) throws IOException {
        replace(snapshots.resolve(CURRENT), pointer(version));
    }

    static void writeLasting(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Replaces a file in one step: a reader meets the old content or the new. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            writeLasting(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
        IOUtils.fsync(file.toAbsolutePath().getParent(), true);
    }

    /** Makes what was created, renamed or deleted in a folder last. */
    public static void fsync(Path folder) throws IOException {
        IOUtils.fsync(folder, true);
    }

    /** The same folder again, its files linked where the file system allows it (both are immutable), else copied. */
    static void link(Path folder, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(folder.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    linkOrCopy(path, target);
                }
            }
        }
    }

    /** The same file again, linked or copied. */
    public static void linkOrCopy(Path file, Path to) throws IOException {
        try {
            Files.createLink(to, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, to);
        }
    }

    static Problem unwritable(Path folder, IOException e) {
        return new Problem(
                folder.toString(),
                "the snapshot cannot be written (" + Problem.reason(e) + ")",
                "free some space or choose a folder you may write to; nothing half-written was published",
                e);
    }
}
