package org.gapexplorer.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            for (var entry : manifest.files().entrySet()) {
                verify(snapshot, entry.getKey(), entry.getValue());
            }
            refuseStrangers(snapshot, manifest);
        } catch (IOException e) {
            throw new Problem(snapshot.toString(), "cannot be read (" + e.getMessage() + ")", REMEDY, e);
        }
        return manifest.version();
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
