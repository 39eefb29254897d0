package org.gapexplorer.explorer.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.gapexplorer.catalog.SavedViews;

/**
 * What is kept in the database, and whether it answers. It is asked when metrics are, at most every {@value EVERY_SECONDS}
 * seconds, and a scrape does not wait for it: it is told what was so the last time. NaN until it was asked.
 */
@Singleton
class CatalogMeters implements MeterBinder {
    private static final int EVERY_SECONDS = 10;

    private final Vertx vertx;
    private final SavedViews views;
    private final AtomicLong asked = new AtomicLong(System.nanoTime() - EVERY_SECONDS * 1_000_000_000L);
    private volatile double reachable = Double.NaN;
    private volatile double saved = Double.NaN;

    CatalogMeters(Vertx vertx, SavedViews views) {
        this.vertx = vertx;
        this.views = views;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "gapexplorer.catalog.reachable", "1 where the database answers, 0 where not", c -> c.reachable);
        gauge(meters, "gapexplorer.saved.views", "Saved views in the database, expired ones included", c -> c.saved);
    }

    private void gauge(MeterRegistry meters, String name, String meaning, ToDoubleFunction<CatalogMeters> value) {
        Gauge.builder(name, this, self -> {
                    self.ask();
                    return value.applyAsDouble(self);
                })
                .description(meaning)
                .strongReference(true)
                .register(meters);
    }

    private void ask() {
        long now = System.nanoTime();
        long last = asked.get();
        if (now - last < EVERY_SECONDS * 1_000_000_000L || !asked.compareAndSet(last, now)) return;
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(go -> Uni.createFrom()
                .deferred(views::count)
                .subscribe()
                .with(
                        count -> {
                            saved = count;
                            reachable = 1;
                        },
                        away -> reachable = 0));
    }
}
