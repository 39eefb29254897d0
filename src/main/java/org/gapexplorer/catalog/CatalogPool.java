package org.gapexplorer.catalog;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool of connections, such that it recovers from a database's host that vanishes: one that lost its power, or whose
 * packets are dropped, never says that a connection is over, and a query that waits for it would hold its place in the pool
 * for a quarter of an hour or longer.
 */
@Singleton
class CatalogPool implements PgPoolCreator {
    /** Longer than anybody waits for an answer ({@link SavedViews#PATIENCE}), and than the pool keeps an unused connection. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int CONNECT_MILLIS = 4_000;

    private final Duration silence;

    CatalogPool() {
        this(SILENCE);
    }

    /** @param silence after which a connection counts as lost */
    CatalogPool(Duration silence) {
        this.silence = silence;
    }

    @Override
    public Pool create(Input input) {
        PgConnectOptions options = input.pgConnectOptionsList().getFirst().setConnectTimeout(CONNECT_MILLIS);
        // as every other client of PostgreSQL understands these words: encrypt, whoever it is
        if (List.of(SslMode.ALLOW, SslMode.PREFER, SslMode.REQUIRE).contains(options.getSslMode())
                && options.getTrustOptions() == null) {
            options.setTrustAll(true);
        }
        // who was told that nothing can be saved is not in the queue any more when it can
        PoolOptions pool = input.poolOptions()
                .setConnectionTimeout((int) SavedViews.PATIENCE.toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        WatchedConnections connections = new WatchedConnections((VertxInternal) input.vertx(), options, silence);
        return Pool.pool(input.vertx(), options, pool).connectionProvider(connections::connect);
    }
}
