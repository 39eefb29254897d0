package org.gapexplorer.explorer.prompt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gapexplorer.explorer.door.ClientLimits;
import org.gapexplorer.explorer.problem.Busy;
import org.gapexplorer.explorer.problem.TooMany;
import org.gapexplorer.explorer.service.Stopwatch;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.LensPack;
import org.gapexplorer.lens.TextReading;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.study.Sha256;

/**
 * Reads visitors' texts through the lens of the snapshot they look at. One text, or a handful of many, at a time, for a
 * reading keeps all cores busy; who waits longer than {@value PATIENCE_SECONDS} seconds is sent away. The lens last used
 * stays open, and what single texts gave lately is remembered.
 */
@Singleton
public class Lenses {
    private static final int PATIENCE_SECONDS = 3;
    private static final int REMEMBERED = 200;
    /** Texts of an upload that are read in one turn: a tenth of a second or two, so that single texts come in between. */
    private static final int AT_ONCE = 8;

    private static final int UPLOAD_PATIENCE_SECONDS = 20;
    /** An answer must begin before the connection is taken for idle (quarkus.http.idle-timeout). */
    private static final int UPLOAD_SECONDS = 40;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Cache<String, TextReading> readings =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final ClientLimits limits;
    private final Stopwatch stopwatch;
    private final Cache<Path, String> identities =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private Path folder;
    private LensPack pack;

    public Lenses(ClientLimits limits, Stopwatch stopwatch) {
        this.limits = limits;
        this.stopwatch = stopwatch;
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
        TextReading reading = inTurn(PATIENCE_SECONDS, () -> open(lens).read(text));
        readings.put(key, reading);
        return reading;
    }

    /**
     * Many texts, a few in each turn; nothing of them is remembered.
     *
     * @param texts bounded by the caller
     * @throws Busy where too many texts wait, or the machine is too busy to read all of them in {@value UPLOAD_SECONDS} seconds
     */
    public List<org.gapexplorer.lens.Reading> readAll(Path lens, List<String> texts) {
        List<org.gapexplorer.lens.Reading> all = new ArrayList<>();
        long start = System.nanoTime();
        for (int from = 0; from < texts.size(); from += AT_ONCE) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(UPLOAD_SECONDS)) {
                throw new Busy(
                        "In " + UPLOAD_SECONDS + " seconds " + from + " of " + texts.size()
                                + " prompts were read: fewer would do, or a less busy hour.",
                        UPLOAD_SECONDS);
            }
            List<CountedText> some = texts.subList(from, Math.min(from + AT_ONCE, texts.size())).stream()
                    .map(CountedText::all)
                    .toList();
            all.addAll(inTurn(UPLOAD_PATIENCE_SECONDS, () -> open(lens).read(some)));
        }
        return all;
    }

    /** SHA-256 of the lens's files, names included: what two lenses share only if they read alike. */
    public String identity(Path lens) {
        return identities.get(lens, folder -> {
            StringBuilder files = new StringBuilder();
            try (Stream<Path> found = Files.walk(folder)) {
                for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                    files.append(folder.relativize(file))
                            .append('\0')
                            .append(Sha256.of(file))
                            .append('\n');
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Sha256.of(files.toString());
        });
    }

    private <T> T inTurn(int patienceSeconds, Supplier<T> reading) {
        try {
            if (!turn.tryLock(patienceSeconds, TimeUnit.SECONDS)) {
                throw new Busy("Too many texts are being read just now.", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy("The server is stopping.", PATIENCE_SECONDS);
        }
        try {
            return stopwatch.time(Stopwatch.Work.LENS, reading);
        } finally {
            turn.unlock();
        }
    }

    private Lens open(Path lens) {
        if (!lens.equals(folder)) {
            close();
            pack = LensPack.open(lens, OnnxSession.Settings.CPU);
            folder = lens;
        }
        return pack.lens();
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
