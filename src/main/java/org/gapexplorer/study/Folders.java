package org.gapexplorer.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in a folder and in those within. */
public final class Folders {
    private Folders() {}

    /** All regular files. */
    public static List<Path> files(Path folder) throws IOException {
        return files(folder, Integer.MAX_VALUE);
    }

    /**
     * The regular files down to a depth; 1 is the folder itself.
     *
     * @throws IOException if any folder there cannot be read ({@link Files#walk} alone throws something else then)
     */
    public static List<Path> files(Path folder, int depth) throws IOException {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
