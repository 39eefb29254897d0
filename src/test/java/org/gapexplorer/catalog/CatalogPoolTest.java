package org.gapexplorer.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are over without anybody saying so. */
class CatalogPoolTest {
    private static final int PLACES = 2;
    private static final Duration SILENCE = Duration.ofMillis(500);
    /** A busy machine is late; without the watch it is for ever. */
    private static final int PATIENCE_SECONDS = 20;

    private record Input(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {}

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static EmbeddedPostgres own;
    private Relay relay;
    private Pool pool;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        own = EmbeddedPostgres.in(folder.resolve("catalog"));
        own.start();
    }

    @AfterAll
    static void stop() throws Exception {
        await(vertx.close());
        own.close();
    }

    @BeforeEach
    void aPool() throws IOException {
        relay = new Relay(URI.create(own.reactiveUrl()).getPort());
        PgConnectOptions options = PgConnectOptions.fromUri(own.reactiveUrl())
                .setPort(relay.port())
                .setUser(own.user())
                .setPassword(own.password());
        pool = new CatalogPool(SILENCE)
                .create(new Input(vertx, new PoolOptions().setMaxSize(PLACES), List.of(options)));
    }

    @AfterEach
    void close() throws Exception {
        await(pool.close());
        relay.close();
    }

    @Test
    void connectionsThatAreLostGiveTheirPlacesBack() throws Exception {
        List<SqlConnection> all = List.of(await(pool.getConnection()), await(pool.getConnection()));
        relay.loseConnections();
        List<Future<Integer>> asked =
                all.stream().map(c -> one(c.query("select 1").execute())).toList();
        for (Future<Integer> query : asked) {
            assertThatThrownBy(() -> await(query)).hasCauseInstanceOf(ClosedConnectionException.class);
        }
        assertThat(await(ask())).isEqualTo(1);
    }

    /** A database that hangs takes connections and does not greet; then its host is switched off. */
    @Test
    void soDoThoseThatWereLostBeforeTheyWereGreeted() throws Exception {
        relay.loseNewConnections(true);
        List<Future<Integer>> asked =
                IntStream.range(0, PLACES).mapToObj(i -> ask()).toList();
        for (Future<Integer> query : asked) {
            assertThatThrownBy(() -> await(query)).hasCauseInstanceOf(Exception.class);
        }
        relay.loseNewConnections(false);
        assertThat(await(ask())).isEqualTo(1);
    }

    private Future<Integer> ask() {
        return one(pool.query("select 1").execute());
    }

    private static Future<Integer> one(Future<RowSet<Row>> answer) {
        return answer.map(rows -> rows.iterator().next().getInteger(0));
    }

    private static <T> T await(Future<T> answer) throws Exception {
        return answer.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
