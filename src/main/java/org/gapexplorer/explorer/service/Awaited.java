package org.gapexplorer.explorer.service;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** An answer of the database, waited for on a worker thread. */
public final class Awaited {
    private Awaited() {}

    public static <T> T of(Supplier<Uni<T>> answer) {
        try {
            return VertxContextSupport.subscribeAndAwait(answer);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
