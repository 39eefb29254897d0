package org.gapexplorer.explorer;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.gapexplorer.model.Meaning;

/** What visitors' words mean, remembered: the same words are asked for again with every filter and every page. */
@Singleton
@Startup
class Meanings {
    /** A vector is 1.5 KB. */
    private static final int REMEMBERED = 5_000;

    private final Meaning meaning = Meaning.open();
    private final LoadingCache<String, float[]> vectors =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build(meaning::of);

    /** @param text bounded by the caller */
    float[] of(String text) {
        return vectors.get(text);
    }

    @PreDestroy
    void close() {
        meaning.close();
    }
}
