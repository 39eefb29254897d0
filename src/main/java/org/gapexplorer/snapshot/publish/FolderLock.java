package org.gapexplorer.snapshot.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.gapexplorer.snapshot.SnapshotFiles;

/** Whoever writes in a folder of snapshots holds this; the operating system lets go of it when the process ends. */
final class FolderLock implements AutoCloseable {
    /** A file's lock belongs to the whole process: its threads take turns here. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for whoever holds it. The folder is made if absent. */
    static FolderLock take(Path folder) throws IOException {
        THREADS.lock();
        try {
            FileChannel channel = open(folder);
            channel.lock();
            return new FolderLock(channel);
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            throw e;
        }
    }

    /** Empty where another process holds it. */
    static Optional<FolderLock> tryTake(Path folder) throws IOException {
        THREADS.lock();
        try {
            FileChannel channel = open(folder);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new FolderLock(channel));
            }
            channel.close();
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            throw e;
        }
        THREADS.unlock();
        return Optional.empty();
    }

    private static FileChannel open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return FileChannel.open(
                folder.resolve(SnapshotFiles.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            THREADS.unlock();
        }
    }
}
