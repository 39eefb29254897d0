package org.gapexplorer.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.gapexplorer.study.Folders;
import org.gapexplorer.study.Problem;

/** Holds a snapshot against its manifest. */
public final class SnapshotVerifier {
    private static final String REMEDY = "build the snapshot again from its run folder";

    private SnapshotVerifier() {}

    /**
     * Reads every byte of a snapshot and holds it against every checksum there is.
     *
     * @param snapshot the folder of one version
     * @return its version
     * @throws Problem naming the first file that is missing, cut short, changed, or not in the manifest
     */
    public static String verify(Path snapshot) {
        return verify(snapshot, FileSums::of);
    }

    /**
     * Reads every byte too, at the speed of memory: by CRC-32C where the manifest has it. That finds whatever storage did to
     * a file (every flipped bit, every run of changed bits up to 32 long, all else but one time in 4 billion), though not
     * what somebody forged, who could forge the manifest as well.
     */
    static String verifyToOpen(Path snapshot) {
        return verify(snapshot, FileSums::quick);
    }

    /** Whether a file is there and what a manifest says of it. */
    public static boolean isWhole(Path file, Manifest.FileFacts expected) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == expected.bytes()
                && FileSums.of(file, expected).equals(expected);
    }

    /** What a file is, as far as it is compared with {@code expected}. */
    private interface Sums {
        Manifest.FileFacts of(Path file, Manifest.FileFacts expected) throws IOException;
    }

    private static String verify(Path snapshot, Sums sums) {
        Manifest manifest = Manifest.read(snapshot);
        try {
            Problem wrong = manifest.files().entrySet().parallelStream()
                    .map(entry -> wrong(snapshot.resolve(entry.getKey()), entry.getValue(), sums))
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
    private static Problem wrong(Path file, Manifest.FileFacts expected, Sums sums) {
        try {
            if (!Files.isRegularFile(file)) {
                return new Problem(file.toString(), "is missing", REMEDY);
            }
            long size = Files.size(file);
            if (size != expected.bytes()) {
                return new Problem(file.toString(), "has " + size + " bytes, expected " + expected.bytes(), REMEDY);
            }
            return sums.of(file, expected).equals(expected)
                    ? null
                    : new Problem(file.toString(), "was changed: its checksum is not the manifest's", REMEDY);
        } catch (IOException e) {
            return unreadable(file, e);
        }
    }

    private static Problem unreadable(Path place, IOException e) {
        return new Problem(place.toString(), "cannot be read (" + Problem.reason(e) + ")", REMEDY, e);
    }

    private static void refuseStrangers(Path snapshot, Manifest manifest) throws IOException {
        for (Path file : Folders.files(snapshot)) {
            String name = snapshot.relativize(file).toString().replace('\\', '/');
            if (!SnapshotFiles.OF_THE_MANIFEST.contains(name)
                    && !manifest.files().containsKey(name)) {
                throw new Problem(file.toString(), "is not in the snapshot's manifest", "remove it");
            }
        }
    }
}
