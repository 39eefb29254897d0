package org.gapexplorer.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few kilobytes. Only root may make one: elsewhere the test that asks for it is skipped. */
public record SmallDisk(Path folder) implements AutoCloseable {
    /** @param size as mount takes it, such as 64k */
    public static SmallDisk mount(Path folder, String size) throws IOException, InterruptedException {
        Files.createDirectory(folder);
        assumeThat(call("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()))
                .as("mounting a small file system needs root")
                .isZero();
        return new SmallDisk(folder);
    }

    /** Bytes. */
    public long used() throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.getTotalSpace() - store.getUnallocatedSpace();
    }

    /** Makes it larger, or smaller as far as nothing is lost. */
    public void resize(String size) throws IOException, InterruptedException {
        remount("size=" + size);
    }

    /** Nobody may write, root included, which permissions do not stop. */
    public void readOnly() throws IOException, InterruptedException {
        remount("ro");
    }

    public void writable() throws IOException, InterruptedException {
        remount("rw");
    }

    private void remount(String option) throws IOException, InterruptedException {
        if (call("mount", "-o", "remount," + option, folder.toString()) != 0) {
            throw new IOException(folder + " cannot be mounted again with " + option);
        }
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
