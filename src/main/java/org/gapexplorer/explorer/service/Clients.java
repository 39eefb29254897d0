package org.gapexplorer.explorer.service;

import io.smallrye.common.net.CidrAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Whose request it is, behind trusted proxies too. Each proxy appends to {@code X-Forwarded-For} the address that it was called
 * from; so the list is read from its end, as long as it is trusted proxies that stand there, and the first other address is the
 * client. What stands before it was written by the client itself. (Quarkus takes the first entry, which anybody can make
 * up.) Without trusted proxies the client is whoever holds the connection.
 */
@Singleton
public class Clients {
    private static final Logger LOG = Logger.getLogger(Clients.class);
    private static final String HEADER = "X-Forwarded-For";
    /** More proxies than this are none. */
    private static final int HOPS = 10;

    private final Networks trusted;

    Clients(
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean forwarded,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> proxies) {
        trusted = new Networks(
                forwarded
                        ? proxies.orElse(List.of()).stream()
                                .flatMap(Clients::named)
                                .toList()
                        : List.of());
        if (forwarded && proxies.isEmpty()) {
            LOG.warn(
                    "quarkus.http.proxy.trusted-proxies: names none, so any client can make up its address; limits go by the"
                            + " connection. Name the proxies, such as 10.0.0.7");
        }
    }

    /** A host's name is allowed here, as Quarkus allows it. */
    private static Stream<CidrAddress> named(String proxy) {
        try {
            Optional<CidrAddress> network = Networks.parse(proxy);
            return network.isPresent()
                    ? network.stream()
                    : Arrays.stream(InetAddress.getAllByName(proxy.strip())).map(Networks::single);
        } catch (UnknownHostException e) {
            LOG.warnf(
                    "quarkus.http.proxy.trusted-proxies: %s is no address, network or known name; it is not trusted",
                    proxy);
            return Stream.empty();
        }
    }

    /** The address to count by; empty where the connection has none. */
    public String address(HttpServerRequest request) {
        var peer = request.connection().remoteAddress();
        String at = peer == null ? null : peer.hostAddress();
        if (at == null) return "";
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && trusted.contain(at); i--) {
            if (Networks.parse(hops.get(i)).isEmpty()) return at;
            at = hops.get(i);
        }
        return at;
    }

    /** The header's last entries, in order. */
    private static List<String> hops(HttpServerRequest request) {
        String all = String.join(",", request.headers().getAll(HEADER));
        List<String> hops = Arrays.stream(all.split(",")).map(Clients::plain).toList();
        return hops.subList(Math.max(0, hops.size() - HOPS), hops.size());
    }

    /** Some proxies write a port, or brackets. */
    private static String plain(String entry) {
        String text = entry.strip();
        if (text.startsWith("[")) return text.substring(1, Math.max(1, text.indexOf(']')));
        return text.indexOf(':') == text.lastIndexOf(':') ? text.split(":", 2)[0] : text;
    }
}
