package org.gapexplorer.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.study.Folders;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;

/**
 * What a snapshot is made of.
 *
 * @param format {@link SnapshotFiles#FORMAT} of the writer
 * @param source sha256 over the run folder's files
 * @param run the run's own provenance, as it stands in run.json
 * @param files every other file of the snapshot by its path with forward slashes
 */
public record Manifest(
        int format, String version, Instant built, String source, Provenance run, SortedMap<String, FileFacts> files) {
    /** Far above any manifest: some hundred bytes a file. */
    private static final long MOST_BYTES = 16L << 20;

    /**
     * A file's content in short.
     *
     * @param crc32c eight hexadecimal digits, which are held against the file whenever a snapshot is opened: CRC-32C finds
     *     every flipped bit at the speed of memory, where SHA-256 takes some ten times as long. Null in snapshots of before.
     */
    public record FileFacts(long bytes, String sha256, String crc32c) {}

    /** @throws Problem where there is none, it is damaged, or of another format */
    public static Manifest read(Path snapshot) {
        Path file = snapshot.resolve(SnapshotFiles.MANIFEST);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Problem(file.toString(), "is longer than a manifest can be", "build the snapshot again");
            }
            Path sum = snapshot.resolve(SnapshotFiles.MANIFEST_SUM);
            return read(
                    file.toString(),
                    Files.readAllBytes(file),
                    Files.isRegularFile(sum) ? Files.readAllBytes(sum) : null);
        } catch (IOException e) {
            throw new Problem(file.toString(), "is missing or cannot be read", "build the snapshot again", e);
        }
    }

    /**
     * @param name of the file, for messages
     * @param sum what stands in {@link SnapshotFiles#MANIFEST_SUM}; null where there is no such file
     * @throws Problem where it is damaged, or of another format
     */
    public static Manifest read(String name, byte[] bytes, byte[] sum) {
        if (sum != null && !Arrays.equals(sum, sumOf(bytes))) {
            throw new Problem(
                    name, "was changed: its sha256 is not that in " + SnapshotFiles.MANIFEST_SUM, "build it again");
        }
        try {
            JsonNode tree = SnapshotFiles.JSON.readTree(bytes);
            int format = tree.path("format").asInt(-1);
            if (format < SnapshotFiles.OLDEST_FORMAT || format > SnapshotFiles.FORMAT) {
                throw new Problem(
                        name + ", format",
                        "found " + tree.path("format") + ", this program reads " + SnapshotFiles.FORMAT,
                        "build the snapshot again from its run folder");
            }
            Manifest manifest = SnapshotFiles.JSON.treeToValue(tree, Manifest.class);
            manifest.check(name, sum != null);
            return manifest;
        } catch (JsonProcessingException e) {
            throw new Problem(name, "is not a snapshot's manifest", "build the snapshot again", e);
        } catch (IOException e) {
            throw new Problem(name, "cannot be read", "build the snapshot again", e);
        }
    }

    /** The line that {@code sha256sum} writes of the manifest, and that {@code sha256sum -c} checks. */
    static byte[] sumOf(byte[] manifest) {
        return (Sha256.hex(Sha256.digest().digest(manifest)) + "  " + SnapshotFiles.MANIFEST + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes of all files but the manifest and its checksum. */
    public long bytes() {
        return files.values().stream().mapToLong(FileFacts::bytes).sum();
    }

    private void check(String name, boolean summed) {
        String again = "build the snapshot again";
        if (version == null || files == null || files.isEmpty()) {
            throw new Problem(name, "names no version or no files", again);
        }
        if (!SnapshotFiles.VERSION.matcher(version).matches()) {
            throw new Problem(name, "its version is no name for a folder", again);
        }
        boolean newer = format >= SnapshotFiles.FIRST_WITH_SUMS;
        if (newer && !summed) {
            throw new Problem(name, "has no " + SnapshotFiles.MANIFEST_SUM + " beside it", again);
        }
        files.forEach((file, facts) -> {
            if (!SnapshotFiles.inside(file)) {
                throw new Problem(name, "names a file outside the snapshot", again);
            }
            if (facts == null || facts.bytes < 0 || facts.sha256 == null || (newer && facts.crc32c == null)) {
                throw new Problem(name, "lacks the size or a checksum of " + file, again);
            }
        });
    }

    static SortedMap<String, FileFacts> filesOf(Path snapshot) throws IOException {
        return filesOf(snapshot, name -> !SnapshotFiles.OF_THE_MANIFEST.contains(name));
    }

    private static SortedMap<String, FileFacts> filesOf(Path folder, Predicate<String> wanted) throws IOException {
        SortedMap<String, FileFacts> files = new TreeMap<>();
        for (Path file : Folders.files(folder)) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (wanted.test(name)) {
                files.put(name, FileSums.of(file));
            }
        }
        return files;
    }

    /** One sha256 over the names and contents of a run's tables and provenance. */
    static String sourceOf(Path folder) throws IOException {
        MessageDigest digest = Sha256.digest();
        filesOf(folder, name -> name.endsWith(".parquet") || name.equals("run.json"))
                .forEach((name, facts) ->
                        digest.update((name + "\0" + facts.sha256() + "\n").getBytes(StandardCharsets.UTF_8)));
        return Sha256.hex(digest.digest());
    }
}
