package org.gapexplorer.catalog;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.io.file.PathUtils;

/** Gives a Quarkus test a PostgreSQL of its own in a fresh folder. */
public class OwnDatabase implements QuarkusTestResourceLifecycleManager {
    private Path folder;
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("catalog");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres = EmbeddedPostgres.in(folder);
        postgres.start();
        return Map.of(
                "quarkus.datasource.reactive.url", postgres.reactiveUrl(),
                "quarkus.datasource.jdbc.url", postgres.jdbcUrl(),
                "quarkus.datasource.username", postgres.user(),
                "quarkus.datasource.password", postgres.password());
    }

    /** What a question is answered, asked on a context as the server has. */
    static <T> T await(Supplier<Uni<T>> question) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(question);
    }

    /** Migrations run in the background: asks until there is an answer. */
    static <T> void awaitTables(Supplier<Uni<T>> question) throws Throwable {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            try {
                await(question);
                return;
            } catch (CatalogAway e) {
                if (Instant.now().isAfter(deadline)) throw e;
                Thread.sleep(100);
            }
        }
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
        try {
            PathUtils.deleteDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
