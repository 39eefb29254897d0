package org.gapexplorer.catalog;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool of connections, such that it recovers from a database's host that vanishes: one that lost its power, or whose
 * packets are dropped, never says that a connection is over, and a query that waits for it would hold its place in the pool
 * until TCP gives up, a quarter of an hour later.
 */
@Singleton
class CatalogPool implements PgPoolCreator {
    /** A connection on which nothing came or went for so long is closed; the next query opens another. */
    private static final int SILENT_SECONDS = 15;

    private static final int CONNECT_MILLIS = 4_000;

    @Override
    public Pool create(Input input) {
        for (PgConnectOptions options : input.pgConnectOptionsList()) {
            // as every other client of PostgreSQL understands these words: encrypt, whoever it is
            if (List.of(SslMode.ALLOW, SslMode.PREFER, SslMode.REQUIRE).contains(options.getSslMode())
                    && options.getTrustOptions() == null) {
                options.setTrustAll(true);
            }
            options.setIdleTimeout(SILENT_SECONDS)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS)
                    .setConnectTimeout(CONNECT_MILLIS);
        }
        return Pool.pool(input.vertx(), input.pgConnectOptionsList().getFirst(), input.poolOptions());
    }
}
