package org.gapexplorer.catalog;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgConnectionFactory;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Connections to PostgreSQL that are closed once nothing has come or gone for a while, from their first byte on. The client's
 * own idle timeout does not do: it says goodbye, closes its half, and waits for the other side to close, which a host that
 * is gone never does; until then the connection holds its place in the pool.
 */
final class WatchedConnections extends PgConnectionFactory {
    private final Duration silence;

    WatchedConnections(VertxInternal vertx, PgConnectOptions options, Duration silence) {
        super(vertx, () -> Future.succeededFuture(options));
        this.silence = silence;
    }

    @Override
    protected NetClient netClient(NetClientOptions options) {
        NetClient client = super.netClient(options);
        return (NetClient) Proxy.newProxyInstance(
                NetClient.class.getClassLoader(), new Class<?>[] {NetClient.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(client, arguments);
                    return method.getName().equals("connect") && answer instanceof Future<?> socket
                            ? socket.onSuccess(this::watch)
                            : answer;
                });
    }

    private void watch(Object socket) {
        // before all others: what is closed here is not held back by the client's polite one
        ((NetSocketInternal) socket)
                .channelHandlerContext()
                .pipeline()
                .addFirst(new IdleStateHandler(0, 0, silence.toMillis(), TimeUnit.MILLISECONDS) {
                    @Override
                    protected void channelIdle(ChannelHandlerContext channel, IdleStateEvent event) {
                        channel.close();
                    }

                    /** What is written while the other side closes: the client would print it, and hears of the closing anyhow. */
                    @Override
                    public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) throws Exception {
                        if (!(cause instanceof ClosedChannelException)) {
                            super.exceptionCaught(channel, cause);
                        }
                    }
                });
    }
}
