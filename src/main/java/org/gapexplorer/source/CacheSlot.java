package org.gapexplorer.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.SourceRef;

/**
 * The place of one source in the cache: a folder named by a hash, in it the file under a harmless form of its own name
 * (readers tell formats by extensions). One process at a time fills it.
 */
final class CacheSlot {
    private static final ConcurrentHashMap<Path, Object> MONITORS = new ConcurrentHashMap<>();
    private static final int MAX_NAME = 100;

    private final Path file;

    private CacheSlot(Path file) {
        this.file = file;
    }

    /** Writes the source's bytes; may find the beginning of them there from an earlier try. */
    interface Filler {
        void fill(Path partial) throws IOException;
    }

    static CacheSlot in(Path cache, String key, String name) {
        return new CacheSlot(cache.toAbsolutePath().resolve(Sha256.of(key)).resolve(harmless(name)));
    }

    /** A file name of plain characters only, which keeps its extension and cannot point elsewhere. */
    static String harmless(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
        if (plain.length() > MAX_NAME) {
            plain = plain.substring(plain.length() - MAX_NAME).replaceAll("^\\.+", "_");
        }
        return plain.isEmpty() ? "_" : plain;
    }

    /** The file, from the cache or freshly filled; it has its pinned hash. */
    Path fill(SourceRef source, Filler filler) throws IOException {
        if (Files.isRegularFile(file) && Hash.matches(source, file)) {
            return file;
        }
        Files.createDirectories(file.getParent());
        synchronized (MONITORS.computeIfAbsent(file, f -> new Object())) {
            try (FileChannel lock = FileChannel.open(
                            file.resolveSibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                if (Files.isRegularFile(file)) {
                    if (Hash.matches(source, file)) {
                        return file;
                    }
                    Files.delete(file);
                }
                fillAnew(source, filler);
                return file;
            }
        }
    }

    private void fillAnew(SourceRef source, Filler filler) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        boolean resumed = Files.exists(partial);
        boolean complete = resumed && source.sha256() != null && Hash.matches(source, partial);
        if (!complete) {
            filler.fill(partial);
        }
        if (resumed && !Hash.matches(source, partial)) {
            // the earlier part may be the wrong one
            Files.delete(partial);
            filler.fill(partial);
        }
        if (!Hash.matches(source, partial)) {
            try {
                Hash.verify(source, partial);
            } finally {
                Files.delete(partial);
            }
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
