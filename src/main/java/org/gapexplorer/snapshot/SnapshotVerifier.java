package org.gapexplorer.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;

/** Holds a snapshot against its manifest. */
public final class SnapshotVerifier {
    private static final String REMEDY = "build the snapshot again from its run folder";

    private SnapshotVerifier() {}

    /**
     * Reads every byte of a snapshot.
     *
     * @param snapshot the folder of one version
     * @return its version
     * @throws Problem naming the first file that is missing, cut short, changed, or not in the manifest
     */
    public static String verify(Path snapshot) {
        Manifest manifest = Manifest.read(snapshot);
        try {
            Problem wrong = manifest.files().entrySet().parallelStream()
                    .map(entry -> wrong(snapshot, entry.getKey(), entry.getValue()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (wrong != null) {
                throw wrong;
            }
            refuseStrangers(snapshot, manifest);
        } catch (IOException e) {
            throw unreadable(snapshot, e);
        }
        return manifest.version();
    }

    /** Null where nothing is. All cores read, as a server waits for this before it starts. */
    private static Problem wrong(Path snapshot, String name, Manifest.FileFacts expected) {
        try {
            verify(snapshot, name, expected);
            return null;
        } catch (Problem e) {
            return e;
        } catch (IOException e) {
            return unreadable(snapshot, e);
        }
    }

    private static Problem unreadable(Path snapshot, IOException e) {
        return new Problem(snapshot.toString(), "cannot be read (" + e.getMessage() + ")", REMEDY, e);
    }

    private static void verify(Path snapshot, String name, Manifest.FileFacts expected) throws IOException {
        Path file = snapshot.resolve(name).normalize();
        if (!file.startsWith(snapshot.normalize())) {
            throw new Problem(
                    snapshot.resolve(SnapshotFiles.MANIFEST).toString(), "names a file outside the snapshot", REMEDY);
        }
        if (!Files.isRegularFile(file)) {
            throw new Problem(file.toString(), "is missing", REMEDY);
        }
        long size = Files.size(file);
        if (size != expected.bytes()) {
            throw new Problem(file.toString(), "has " + size + " bytes, expected " + expected.bytes(), REMEDY);
        }
        if (!Sha256.of(file).equals(expected.sha256())) {
            throw new Problem(file.toString(), "was changed: its sha256 is not the manifest's", REMEDY);
        }
    }

    private static void refuseStrangers(Path snapshot, Manifest manifest) throws IOException {
        try (Stream<Path> all = Files.walk(snapshot)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = snapshot.relativize(file).toString().replace('\\', '/');
                if (!name.equals(SnapshotFiles.MANIFEST) && !manifest.files().containsKey(name)) {
                    throw new Problem(file.toString(), "is not in the snapshot's manifest", "remove it");
                }
            }
        }
    }
}
