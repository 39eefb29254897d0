package org.gapexplorer.source;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gapexplorer.study.Bytes;
import org.gapexplorer.study.Problem;

/** Room on the disk, asked for before it is filled. */
final class Space {
    private Space() {}

    /** The file system of a folder, which need not be there yet. */
    static FileStore store(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return Files.getFileStore(there);
    }

    /** Complains unless so many more bytes fit. */
    static void require(String what, Path folder, long bytes) throws IOException {
        long free = store(folder).getUsableSpace();
        if (bytes > free) {
            throw new Problem(
                    what,
                    "needs " + Bytes.text(bytes) + ", and only " + Bytes.text(free) + " are free below " + folder,
                    "free some space, or put the caches elsewhere with HF_HOME and XDG_CACHE_HOME");
        }
    }
}
