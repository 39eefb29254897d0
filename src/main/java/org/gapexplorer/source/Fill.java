package org.gapexplorer.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import org.gapexplorer.study.Problem;

/**
 * Makes a file whole or not at all: bytes gather in a partial file beside it, are checked, and only then get the file's
 * name. A process that is killed leaves a partial file, which the next one goes on with.
 */
final class Fill {
    private static final ConcurrentHashMap<Path, Object> MONITORS = new ConcurrentHashMap<>();

    private Fill() {}

    /** Writes the source's bytes; may find the beginning of them there from an earlier try. */
    interface Filler {
        void fill(Path partial) throws IOException;
    }

    /** Tells whether a file is the one that was meant. */
    interface Check {
        boolean holds(Path file) throws IOException;

        /** Whether it can tell a file from its beginning; where nothing is known of a file, every file holds. */
        boolean tells();

        /** What to say of a file for which it does not hold. */
        Problem complaint(Path file) throws IOException;
    }

    interface Work {
        void run() throws IOException;
    }

    /** Does something while no other thread or process does it under the same lock file. */
    static void alone(Path lockFile, Work work) throws IOException {
        Files.createDirectories(lockFile.getParent());
        synchronized (MONITORS.computeIfAbsent(lockFile.toAbsolutePath(), f -> new Object())) {
            try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                work.run();
            }
        }
    }

    /** Fills {@code file} by way of {@code partial}, in the same folder. */
    static void whole(Path file, Path partial, Check check, Filler filler) throws IOException {
        boolean resumed = Files.exists(partial);
        if (!resumed || !check.tells() || !check.holds(partial)) {
            filler.fill(partial);
        }
        if (resumed && !check.holds(partial)) {
            // the earlier part may be the wrong one
            Files.delete(partial);
            filler.fill(partial);
        }
        if (!check.holds(partial)) {
            try {
                throw check.complaint(partial);
            } finally {
                Files.delete(partial);
            }
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
