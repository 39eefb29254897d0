package org.gapexplorer.explorer.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Pages made lately, by their tags: what two requests of one tag get is the same, so it need be made only once. Links that
 * are shared are opened by many.
 */
@Singleton
class RecentPages {
    private final Cache<EntityTag, byte[]> pages;

    /** @param megabytes of pages kept; 0 keeps none */
    RecentPages(@ConfigProperty(name = "gapexplorer.pages.megabytes", defaultValue = "64") long megabytes) {
        pages = Caffeine.newBuilder()
                .maximumWeight(Math.max(0, megabytes) << 20)
                .weigher((EntityTag tag, byte[] page) -> page.length)
                .build();
    }

    /** The page of that name as UTF-8; null where it is not kept. */
    byte[] get(EntityTag tag) {
        return pages.getIfPresent(tag);
    }

    void keep(EntityTag tag, byte[] page) {
        pages.put(tag, page);
    }
}
