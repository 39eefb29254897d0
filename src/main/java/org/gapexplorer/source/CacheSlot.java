package org.gapexplorer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.SourceRef;

/**
 * The place of one source in the cache: a folder named by a hash, in it the file under a harmless form of its own name
 * (readers tell formats by extensions). One process at a time fills it.
 */
final class CacheSlot {
    private static final int MAX_NAME = 100;

    private final Path file;

    private CacheSlot(Path file) {
        this.file = file;
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

    /** The file itself, there or not. */
    Path file() {
        return file;
    }

    Path partial() {
        return file.resolveSibling(file.getFileName() + ".partial");
    }

    /** The file, from the cache or freshly filled; it has its pinned hash. */
    Path fill(SourceRef source, Fill.Filler filler) throws IOException {
        if (Files.isRegularFile(file) && Hash.matches(source, file)) {
            return file;
        }
        Fill.alone(file.resolveSibling(".lock"), () -> {
            if (Files.isRegularFile(file)) {
                if (Hash.matches(source, file)) {
                    return;
                }
                Files.delete(file);
            }
            Fill.whole(file, partial(), pinned(source), filler);
        });
        return file;
    }

    private static Fill.Check pinned(SourceRef source) {
        return new Fill.Check() {
            @Override
            public boolean holds(Path partial) throws IOException {
                return Hash.matches(source, partial);
            }

            @Override
            public boolean tells() {
                return source.sha256() != null;
            }

            @Override
            public Problem complaint(Path partial) throws IOException {
                return Hash.mismatch(source, Sha256.of(partial));
            }
        };
    }
}
