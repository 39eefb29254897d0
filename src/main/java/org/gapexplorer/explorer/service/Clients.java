package org.gapexplorer.explorer.service;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
    /** An address without a name, so that nothing is ever looked up. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");
    /** More proxies than this are none. */
    private static final int HOPS = 10;

    private final List<IpSubnetFilterRule> trusted = new ArrayList<>();

    Clients(
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean forwarded,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> proxies) {
        if (!forwarded) return;
        if (proxies.isEmpty()) {
            LOG.warn(
                    "quarkus.http.proxy.trusted-proxies: names none, so any client can make up its address; limits go by the"
                            + " connection. Name the proxies, such as 10.0.0.0/8");
        }
        proxies.orElse(List.of()).forEach(this::trust);
    }

    private void trust(String proxy) {
        String[] parts = proxy.strip().split("/", 2);
        try {
            // a name is allowed here, as Quarkus allows it
            for (InetAddress address : InetAddress.getAllByName(parts[0])) {
                int bits = parts.length > 1 ? Integer.parseInt(parts[1]) : 8 * address.getAddress().length;
                trusted.add(new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT));
            }
        } catch (UnknownHostException | IllegalArgumentException e) {
            LOG.warnf(
                    "quarkus.http.proxy.trusted-proxies: %s is no address, network or known name; it is not trusted",
                    proxy);
        }
    }

    /** The address to count by; empty where the connection has none. */
    public String address(HttpServerRequest request) {
        var peer = request.connection().remoteAddress();
        String at = peer == null ? null : peer.hostAddress();
        if (at == null) return "";
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && trusted(at); i--) {
            if (!ADDRESS.matcher(hops.get(i)).matches()) return at;
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

    private boolean trusted(String address) {
        if (trusted.isEmpty() || !ADDRESS.matcher(address).matches()) return false;
        try {
            InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(address), 0);
            return trusted.stream().anyMatch(rule -> rule.matches(socket));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
