package org.gapexplorer.explorer.concept;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.gapexplorer.model.Meaning;

/** What visitors' words mean, remembered: the same words are asked for again with every filter and every page. */
@Singleton
@Startup
public class Meanings {
    /** A vector is 1.5 KB. */
    private static final int REMEMBERED = 5_000;

    /** Opened while the server is already answering. */
    private final CompletableFuture<Meaning> meaning = CompletableFuture.supplyAsync(Meaning::open);

    private final LoadingCache<String, float[]> vectors = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .build(text -> meaning.join().of(text));

    /** @param text bounded by the caller */
    public float[] of(String text) {
        return vectors.get(text);
    }

    @PreDestroy
    void close() {
        meaning.thenAccept(Meaning::close);
    }
}
