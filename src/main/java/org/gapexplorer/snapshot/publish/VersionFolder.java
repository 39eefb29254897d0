package org.gapexplorer.snapshot.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.snapshot.SnapshotVerifier;

/**
 * A version in a folder of snapshots: made beside, where nobody looks, and brought in by one rename. Call it under a
 * {@link FolderLock}.
 */
final class VersionFolder {
    private static final String ARRIVING = ".arriving-";
    private static final String LEAVING = ".leaving-";

    private final Path folder;
    private final Path home;
    private final Path arriving;

    VersionFolder(Path folder, String version) {
        this.folder = folder;
        this.home = folder.resolve(version);
        this.arriving = folder.resolve(ARRIVING + version);
    }

    /** How a file gets its bytes. */
    interface Source {
        /** Writes the whole file; what it writes is made to last and verified later. */
        void write(String name, Manifest.FileFacts facts, Path to) throws IOException;
    }

    boolean isThere() {
        return Files.isRegularFile(home.resolve(SnapshotFiles.MANIFEST));
    }

    Path home() {
        return home;
    }

    /**
     * Fills the folder beside and brings it in. Files that an interrupted call left there, whole, are kept.
     *
     * @param last files that the manifest does not list, which are written at the end: its checksum and the manifest itself
     */
    void bring(Manifest manifest, List<String> last, Source source) throws IOException {
        Files.createDirectories(arriving);
        removeStrangers(manifest);
        for (var file : manifest.files().entrySet()) {
            Path to = arriving.resolve(file.getKey());
            if (!SnapshotVerifier.isWhole(to, file.getValue())) {
                Files.createDirectories(to.getParent());
                Files.deleteIfExists(to);
                source.write(file.getKey(), file.getValue(), to);
                makeLast(to);
            }
        }
        for (String name : last) {
            Path to = arriving.resolve(name);
            Files.deleteIfExists(to);
            source.write(name, null, to);
            makeLast(to);
        }
        for (Path inner : foldersBelow(arriving)) {
            SnapshotFiles.fsync(inner);
        }
        SnapshotVerifier.verify(arriving);
        if (Files.exists(home)) {
            Files.move(home, free(home.getFileName().toString()), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(arriving, home, StandardCopyOption.ATOMIC_MOVE);
        SnapshotFiles.fsync(folder);
        sweep(folder);
    }

    /** Takes it away: by one rename, then file by file. Whoever has its files open reads on. */
    void remove() throws IOException {
        if (Files.exists(home)) {
            Path leaving = free(home.getFileName().toString());
            Files.move(home, leaving, StandardCopyOption.ATOMIC_MOVE);
            SnapshotFiles.fsync(folder);
            FileUtils.deleteDirectory(leaving.toFile());
        }
    }

    /** Deletes what was arriving or leaving when its process ended. */
    static void sweep(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : all.toList()) {
                String name = path.getFileName().toString();
                if (name.startsWith(ARRIVING) || name.startsWith(LEAVING)) {
                    FileUtils.deleteDirectory(path.toFile());
                }
            }
        }
    }

    private Path free(String version) {
        Path free = folder.resolve(LEAVING + version);
        for (int n = 2; Files.exists(free); n++) {
            free = folder.resolve(LEAVING + version + "-" + n);
        }
        return free;
    }

    private void removeStrangers(Manifest manifest) throws IOException {
        try (Stream<Path> all = Files.walk(arriving)) {
            for (Path file : all.filter(f -> !Files.isDirectory(f)).toList()) {
                String name = arriving.relativize(file).toString().replace('\\', '/');
                if (!manifest.files().containsKey(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<Path> foldersBelow(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            List<Path> folders = new ArrayList<>(all.filter(Files::isDirectory).toList());
            folders.sort(Comparator.reverseOrder());
            return folders;
        }
    }

    private static void makeLast(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
