package org.gapexplorer.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;

/** One process at a time finishes a run. A killed one's lock goes with it. */
final class RunLock {
    private RunLock() {}

    /** Something done in a run's folder. */
    interface Work {
        void run() throws IOException;
    }

    /**
     * Makes the folder if need be and works in it alone.
     *
     * @throws Problem if another process is at work there, or the folder cannot be written
     */
    static void alone(RunFolder run, Work work) {
        try {
            Files.createDirectories(run.path());
            Path lockFile = run.path().resolve(".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock == null) {
                    throw inUse(run);
                }
                work.run();
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(run);
        } catch (IOException e) {
            throw new Problem(
                    run.path().toString(),
                    "cannot be written (" + Problem.reason(e) + ")",
                    "free some space or choose a folder you may write to, with --out",
                    e);
        }
    }

    private static Problem inUse(RunFolder run) {
        return new Problem(
                run.path().toString(),
                "another run is writing here",
                "wait for it, or choose another folder with --out");
    }
}
