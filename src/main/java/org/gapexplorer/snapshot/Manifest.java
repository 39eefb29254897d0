package org.gapexplorer.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gapexplorer.run.Provenance;
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
record Manifest(
        int format, String version, Instant built, String source, Provenance run, SortedMap<String, FileFacts> files) {

    record FileFacts(long bytes, String sha256) {}

    /** @throws Problem where there is none, it is damaged, or of another format */
    static Manifest read(Path snapshot) {
        Path file = snapshot.resolve(SnapshotFiles.MANIFEST);
        try {
            JsonNode tree = SnapshotFiles.JSON.readTree(Files.readAllBytes(file));
            int format = tree.path("format").asInt(-1);
            if (format != SnapshotFiles.FORMAT) {
                throw new Problem(
                        file + ", format",
                        "found " + tree.path("format") + ", this program reads " + SnapshotFiles.FORMAT,
                        "build the snapshot again from its run folder");
            }
            Manifest manifest = SnapshotFiles.JSON.treeToValue(tree, Manifest.class);
            if (manifest.version == null
                    || manifest.files == null
                    || manifest.files.isEmpty()
                    || manifest.files.containsValue(null)) {
                throw new Problem(file.toString(), "names no version or no files", "build the snapshot again");
            }
            return manifest;
        } catch (JsonProcessingException e) {
            throw new Problem(file.toString(), "is not a snapshot's manifest", "build the snapshot again", e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "is missing or cannot be read", "build the snapshot again", e);
        }
    }

    static SortedMap<String, FileFacts> filesOf(Path snapshot) throws IOException {
        return filesOf(snapshot, name -> !name.equals(SnapshotFiles.MANIFEST));
    }

    private static SortedMap<String, FileFacts> filesOf(Path folder, Predicate<String> wanted) throws IOException {
        SortedMap<String, FileFacts> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (wanted.test(name)) {
                    files.put(name, new FileFacts(Files.size(file), Sha256.of(file)));
                }
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
