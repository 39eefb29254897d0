package org.gapexplorer.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Closes a stream that brings nothing for too long, which ends the read that waits on it. */
final class IdleWatch extends FilterInputStream {
    private final AtomicLong lastByte = new AtomicLong(System.nanoTime());
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    IdleWatch(InputStream in, Duration idle) {
        super(in);
        long every = Math.max(1, idle.toMillis() / 4);
        clock.scheduleWithFixedDelay(() -> closeIfIdle(idle), every, every, TimeUnit.MILLISECONDS);
    }

    private void closeIfIdle(Duration idle) {
        if (System.nanoTime() - lastByte.get() > idle.toNanos()) {
            try {
                in.close();
            } catch (IOException e) {
                // the read that waits reports it
            }
        }
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        lastByte.set(System.nanoTime());
        return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int n = super.read(buffer, from, length);
        lastByte.set(System.nanoTime());
        return n;
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        super.close();
    }
}
