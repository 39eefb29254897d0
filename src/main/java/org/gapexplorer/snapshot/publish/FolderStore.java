package org.gapexplorer.snapshot.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/** A folder of published versions, on this file system or another. One publisher at a time; a second waits. */
final class FolderStore implements Store {
    private static final long COPIED_AT_ONCE = 8L << 20;
    private static final String WHAT = "publish";

    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Optional<String> current() {
        try {
            return SnapshotFiles.current(folder);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<Edition> editions() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> SnapshotFiles.VERSION
                            .matcher(path.getFileName().toString())
                            .matches())
                    .filter(path ->
                            !Files.isSymbolicLink(path) && Files.isRegularFile(path.resolve(SnapshotFiles.MANIFEST)))
                    .flatMap(FolderStore::edition)
                    .sorted(Edition.NEWEST_FIRST)
                    .toList();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** A version whose manifest cannot be read is left to whoever can say what it is. */
    private static Stream<Edition> edition(Path home) {
        try {
            return Stream.of(new Edition(
                    home.getFileName().toString(), Manifest.read(home).built()));
        } catch (Problem e) {
            return Stream.empty();
        }
    }

    @Override
    public void put(Path snapshot, Manifest manifest, Progress progress) {
        try (FolderLock lock = FolderLock.take(folder)) {
            VersionFolder target = new VersionFolder(folder, manifest.version());
            if (target.isThere() && isWhole(target, snapshot)) {
                return;
            }
            long total = manifest.bytes();
            long[] done = new long[1];
            List<String> last = Stream.of(SnapshotFiles.MANIFEST_SUM, SnapshotFiles.MANIFEST)
                    .filter(name -> Files.isRegularFile(snapshot.resolve(name)))
                    .toList();
            target.bring(
                    manifest,
                    last,
                    (name, facts, to) -> copy(snapshot.resolve(name), to, bytes -> {
                        done[0] += bytes;
                        progress.step(WHAT, Math.min(done[0], total - 1), total, "bytes");
                    }));
            progress.step(WHAT, total, total, "bytes");
        } catch (IOException e) {
            throw new Problem(
                    folder.toString(),
                    "cannot be written (" + Problem.reason(e) + ")",
                    "free some space or choose a folder you may write to; what is published stays as it was",
                    e);
        }
    }

    /**
     * @return false where it is the same version, damaged
     * @throws Problem where it is another version of that name
     */
    private static boolean isWhole(VersionFolder target, Path snapshot) throws IOException {
        byte[] there = Files.readAllBytes(target.home().resolve(SnapshotFiles.MANIFEST));
        byte[] ours = Files.readAllBytes(snapshot.resolve(SnapshotFiles.MANIFEST));
        try {
            SnapshotVerifier.verify(target.home());
        } catch (Problem damaged) {
            return false;
        }
        if (!Arrays.equals(there, ours)) {
            throw otherContent(target.home().toString());
        }
        return true;
    }

    static Problem otherContent(String where) {
        return new Problem(
                where,
                "is another snapshot under the same version",
                "build yours again, which gives it a version of its own; published versions never change");
    }

    private interface Count {
        void copied(long bytes);
    }

    private static void copy(Path file, Path to, Count count) throws IOException {
        try (FileChannel in = FileChannel.open(file);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = 0;
            for (long n = 1; n > 0; at += n) {
                n = in.transferTo(at, COPIED_AT_ONCE, out);
                count.copied(n);
            }
        }
    }

    @Override
    public String point(Edition version, Optional<String> before) {
        try (FolderLock lock = FolderLock.take(folder)) {
            Optional<String> now = current();
            if (!now.equals(before) && now.isPresent() && isLater(now.get(), version)) {
                return now.get();
            }
            if (!now.equals(Optional.of(version.version()))) {
                SnapshotFiles.point(folder, version.version());
            }
            return version.version();
        } catch (IOException e) {
            throw new Problem(
                    folder.resolve(SnapshotFiles.CURRENT).toString(),
                    "cannot be written (" + Problem.reason(e) + ")",
                    "free some space or choose a folder you may write to; the version is there, the pointer as it was",
                    e);
        }
    }

    private boolean isLater(String version, Edition than) {
        return editions().stream()
                .anyMatch(e -> e.version().equals(version) && e.built().isAfter(than.built()));
    }

    @Override
    public void remove(String version) {
        try (FolderLock lock = FolderLock.take(folder)) {
            if (!current().equals(Optional.of(version))) {
                new VersionFolder(folder, version).remove();
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void sweep() {
        try (FolderLock lock = FolderLock.take(folder)) {
            VersionFolder.sweep(folder);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {}

    private Problem unreadable(IOException e) {
        return new Problem(
                folder.toString(), "cannot be read or changed (" + Problem.reason(e) + ")", "check the folder", e);
    }
}
