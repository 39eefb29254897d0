package org.gapexplorer.explorer.concept;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gapexplorer.explorer.service.Stopwatch;
import org.gapexplorer.model.Meaning;

/** What visitors' words mean, remembered: the same words are asked for again with every filter and every page. */
@Singleton
@Startup
public class Meanings {
    /** A vector is 1.5 KB. */
    private static final int REMEMBERED = 5_000;

    private static final int LONGEST_OPENING_SECONDS = 15;

    /** Opened while the server is already answering. */
    private final CompletableFuture<Meaning> meaning = CompletableFuture.supplyAsync(Meaning::open);

    private final LoadingCache<String, float[]> vectors;

    Meanings(Stopwatch stopwatch) {
        vectors = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .build(text -> stopwatch.time(
                        Stopwatch.Work.MEANING, () -> meaning.join().of(text)));
    }

    /** @param text bounded by the caller */
    public float[] of(String text) {
        return vectors.get(text);
    }

    /** Waits for what is still being opened: a process that ends while ONNX Runtime loads is aborted by it. */
    @PreDestroy
    void close() {
        try {
            meaning.get(LONGEST_OPENING_SECONDS, TimeUnit.SECONDS).close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // nothing was opened that could be closed
        }
    }
}
