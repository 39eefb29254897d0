package org.gapexplorer.stress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Vert.x's client: it sends addresses as they are, also those that are none. Call it from many threads. */
final class Client implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http;
    private final int port;

    Client(int port, int connections) {
        this.port = port;
        http = vertx.createHttpClient(
                new HttpClientOptions().setTryUseCompression(false).setMaxChunkSize(1 << 16),
                new PoolOptions().setHttp1MaxSize(connections));
    }

    /** @throws ExecutionException where no answer came */
    Told ask(Asked asked) throws ExecutionException, InterruptedException, TimeoutException {
        long[] begun = new long[1];
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.valueOf(asked.method()))
                .setURI(asked.uri())
                // else a connection whose answer never comes would be missing in the pool
                .setIdleTimeout(1_000L * PATIENCE_SECONDS - 1_000);
        asked.headers().forEach(options::putHeader);
        return http.request(options)
                .compose(request -> {
                    // asked for before it is sent: an answer that came first would have lost its body
                    Future<Told> told = request.response()
                            .compose(answer -> answer.body()
                                    .map(body -> new Told(
                                            answer.statusCode(),
                                            answer.headers(),
                                            body.getBytes(),
                                            Duration.ofNanos(System.nanoTime() - begun[0]))));
                    begun[0] = System.nanoTime();
                    send(request, asked.body());
                    return told;
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void send(HttpClientRequest request, String body) {
        if (body == null) request.end();
        else request.end(Buffer.buffer(body));
    }

    @Override
    public void close() {
        http.close();
        vertx.close();
    }
}
