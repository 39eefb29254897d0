package org.gapexplorer.snapshot.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.input.BoundedInputStream;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.study.Bytes;
import org.gapexplorer.study.Problem;

/** Brings versions from a bucket into a folder. Call it under a {@link FolderLock}. */
final class Download {
    /** Left free beside what is fetched, for whoever else writes there. */
    private static final long SPARE_BYTES = 64L << 20;

    /** Marks what came from the bucket, and goes with it: {@code .mirrored-VERSION}. */
    private static final String MARK = ".mirrored-";

    private final Bucket bucket;
    private final Path folder;

    Download(Bucket bucket, Path folder) {
        this.bucket = bucket;
        this.folder = folder;
    }

    /**
     * Makes a version whole in the folder.
     *
     * @return false where it was there
     * @throws Problem where the bucket does not have the whole of it, or the folder another one under its name
     */
    boolean bring(String version) throws IOException {
        BucketStore.Opened opened = BucketStore.manifest(bucket, version)
                .orElseThrow(() -> new Problem(
                        bucket.name() + version, "is named by the pointer and not there", "publish it again"));
        VersionFolder target = new VersionFolder(folder, version);
        if (target.isThere() && isWhole(target, opened)) {
            return false;
        }
        Manifest manifest = opened.manifest();
        checkSpace(manifest);
        List<String> last = opened.sum() == null
                ? List.of(SnapshotFiles.MANIFEST)
                : List.of(SnapshotFiles.MANIFEST_SUM, SnapshotFiles.MANIFEST);
        mark(version);
        target.bring(manifest, last, (name, facts, to) -> {
            if (facts == null) {
                Files.write(to, name.equals(SnapshotFiles.MANIFEST) ? opened.bytes() : opened.sum());
            } else if (!linkFromAnother(name, facts, to)) {
                fetch(version + "/" + name, facts, to);
            }
        });
        return true;
    }

    /** @return false where it is the same version, damaged */
    private static boolean isWhole(VersionFolder target, BucketStore.Opened opened) throws IOException {
        byte[] here = Files.readAllBytes(target.home().resolve(SnapshotFiles.MANIFEST));
        try {
            SnapshotVerifier.verify(target.home());
        } catch (Problem damaged) {
            return false;
        }
        if (!Arrays.equals(here, opened.bytes())) {
            throw FolderStore.otherContent(target.home().toString());
        }
        return true;
    }

    private void checkSpace(Manifest manifest) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < manifest.bytes() + SPARE_BYTES) {
            throw new Problem(
                    folder.toString(),
                    "has " + Bytes.text(free) + " left for a snapshot of " + Bytes.text(manifest.bytes()),
                    "free some space");
        }
    }

    /** Versions share files: a lens of 80 MB is the same in all of them. */
    private boolean linkFromAnother(String name, Manifest.FileFacts facts, Path to) throws IOException {
        for (Path other : versions()) {
            Path file = other.resolve(name);
            if (SnapshotVerifier.isWhole(file, facts)) {
                SnapshotFiles.linkOrCopy(file, to);
                return true;
            }
        }
        return false;
    }

    private void fetch(String key, Manifest.FileFacts facts, Path to) {
        bucket.fetch(key, in -> {
            // one byte more than expected is enough to know that it is another file
            InputStream bounded = BoundedInputStream.builder()
                    .setInputStream(in)
                    .setMaxCount(facts.bytes() + 1)
                    .get();
            try (OutputStream out = Files.newOutputStream(to)) {
                bounded.transferTo(out);
            }
        });
        try {
            if (!SnapshotVerifier.isWhole(to, facts)) {
                Files.deleteIfExists(to);
                throw new Problem(bucket.name() + key, "is not what the manifest says", "publish this version again");
            }
        } catch (IOException e) {
            throw new Problem(to.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the folder", e);
        }
    }

    /**
     * Removes versions that came from the bucket: those that it no longer has, and of the others but the current one all
     * but those fetched last. Whoever reads one finishes with it.
     *
     * @param published versions that the bucket has
     * @param older how many stay beside the current one
     */
    void removeSurplus(Set<String> published, Optional<String> current, int older) throws IOException {
        List<String> fetched = marked().stream()
                .filter(version -> !current.equals(Optional.of(version)))
                .toList();
        long left = older;
        for (String version : fetched) {
            if (!published.contains(version) || --left < 0) {
                new VersionFolder(folder, version).remove();
                Files.deleteIfExists(folder.resolve(MARK + version));
            }
        }
    }

    private void mark(String version) throws IOException {
        Files.write(folder.resolve(MARK + version), new byte[0]);
    }

    /** Versions that came from the bucket, those fetched last first. */
    private List<String> marked() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith(MARK))
                    .sorted(Comparator.comparing(Download::lastModified).reversed())
                    .map(path -> path.getFileName().toString().substring(MARK.length()))
                    .filter(name -> SnapshotFiles.VERSION.matcher(name).matches())
                    .toList();
        }
    }

    /** The beginning of time where the file has gone meanwhile. */
    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private List<Path> versions() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> SnapshotFiles.VERSION
                            .matcher(path.getFileName().toString())
                            .matches())
                    .filter(Files::isDirectory)
                    .toList();
        }
    }
}
