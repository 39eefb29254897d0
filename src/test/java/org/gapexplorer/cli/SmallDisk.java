package org.gapexplorer.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few kilobytes. Only root may make one: elsewhere the test that asks for it is skipped. */
public record SmallDisk(Path folder) implements AutoCloseable {
    public static SmallDisk mount(Path folder, String size) throws IOException, InterruptedException {
        Files.createDirectory(folder);
        assumeThat(call("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()))
                .as("mounting a small file system needs root")
                .isZero();
        return new SmallDisk(folder);
    }

    private static int call(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException notThere) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (call("umount", folder.toString()) != 0) {
            throw new IOException(folder + " stays mounted");
        }
    }
}
