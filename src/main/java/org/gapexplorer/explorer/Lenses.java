package org.gapexplorer.explorer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.gapexplorer.lens.LensPack;
import org.gapexplorer.lens.TextReading;
import org.gapexplorer.model.OnnxSession;

/**
 * Reads visitors' texts through the lens of the snapshot they look at. One text at a time, for a reading keeps all cores
 * busy; who waits longer than {@value PATIENCE_SECONDS} seconds is sent away. The lens last used stays open, and what was
 * read lately is remembered.
 */
@Singleton
class Lenses {
    private static final int PATIENCE_SECONDS = 3;
    private static final int REMEMBERED = 200;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Cache<String, TextReading> readings =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final ClientLimits limits;
    private Path folder;
    private LensPack pack;

    Lenses(ClientLimits limits) {
        this.limits = limits;
    }

    /**
     * @param lens the snapshot's, its folder
     * @param text bounded by the caller
     * @throws Busy where too many texts wait
     * @throws TooMany where this client had too many read; what was read lately is not counted again
     */
    TextReading read(Path lens, String text) {
        String key = lens + "\0" + text;
        TextReading known = readings.getIfPresent(key);
        if (known != null) {
            return known;
        }
        limits.take(ClientLimits.Act.READ);
        takeTurn();
        try {
            open(lens);
            TextReading reading = pack.lens().read(text);
            readings.put(key, reading);
            return reading;
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Busy("Too many texts are being read just now.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy("The server is stopping.");
        }
    }

    private void open(Path lens) {
        if (lens.equals(folder)) {
            return;
        }
        close();
        pack = LensPack.open(lens, OnnxSession.Settings.CPU);
        folder = lens;
    }

    @PreDestroy
    void close() {
        if (pack != null) {
            pack.close();
            pack = null;
            folder = null;
        }
    }
}
