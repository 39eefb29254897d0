package org.gapexplorer.snapshot;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.gapexplorer.study.Problem;

/** The names of a snapshot's files, and how they are written so that they last. */
final class SnapshotFiles {
    /** Raised whenever an older reader could not read the files, or a newer one the older files. */
    static final int FORMAT = 4;

    static final String MANIFEST = "manifest.json";
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
    static final String CURRENT = "current";

    static final String BUILDING = ".building-";

    /** Versions name folders, so nothing else is let near a path. */
    static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private SnapshotFiles() {}

    /**
     * The version that the folder's pointer names, if there is a pointer.
     *
     * @throws Problem where it names none
     */
    static Optional<String> current(Path snapshots) throws IOException {
        try {
            String version = Files.readString(snapshots.resolve(CURRENT)).strip();
            if (!VERSION.matcher(version).matches()) {
                throw new Problem(
                        snapshots.resolve(CURRENT).toString(),
                        "names no version",
                        "build the snapshot again, or write the name of one of the folders beside it");
            }
            return Optional.of(version);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
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
    static void linkOrCopy(Path file, Path to) throws IOException {
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
