package org.gapexplorer.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that can be listed and holds, one folder down, what cannot be looked at, not by root either: its path is longer
 * than the system takes (PATH_MAX, 4,096 bytes on Linux).
 */
public record DeepFolder(Path top, Path folder) implements AutoCloseable {
    private static final int NEARLY = 3_950;

    public static DeepFolder in(Path place) throws IOException, InterruptedException {
        Path top = place.resolve("deep");
        Path folder = top;
        while (folder.toString().length() < NEARLY) {
            folder = folder.resolve(
                    "d".repeat(Math.min(200, NEARLY + 1 - folder.toString().length())));
        }
        Files.createDirectories(folder);
        run(folder, "mkdir", "-p", "a".repeat(60) + "/" + "b".repeat(150));
        return new DeepFolder(top, folder);
    }

    private static void run(Path in, String... command) throws IOException, InterruptedException {
        // the working folder is entered by its path, which is short enough; the rest is relative to it
        assertThat(new ProcessBuilder(command)
                        .directory(in.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run(top.getParent(), "rm", "-rf", top.getFileName().toString());
    }
}
