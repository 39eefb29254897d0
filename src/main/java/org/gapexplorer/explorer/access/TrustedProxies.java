package org.gapexplorer.explorer.access;

import io.smallrye.common.net.CidrAddress;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.service.Networks;
import org.gapexplorer.study.Problem;

/**
 * Whom a proxy says the visitor is. It counts only from an address of the list, and the address is that of the connection
 * itself: what a request says of where it comes from is not believed. Quarkus trusts every proxy where no list is given; here
 * no list means that nobody is trusted.
 */
@Singleton
class TrustedProxies {
    private static final int LONGEST_USER = 200;
    private static final int MOST_GROUPS = 500;

    private final Networks networks;
    private final String userHeader;
    private final String groupsHeader;

    TrustedProxies(AccessSettings settings) {
        networks = new Networks(settings.proxies().orElse(List.of()).stream()
                .map(TrustedProxies::network)
                .toList());
        userHeader = settings.userHeader();
        groupsHeader = settings.groupsHeader();
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Unknown where the request comes from elsewhere, or names nobody, or names two: one may be the visitor's own. */
    Visitor visitor(HttpServerRequest request) {
        List<String> users = request.headers().getAll(userHeader);
        if (users.size() != 1 || !isTrusted(request.connection().remoteAddress())) return Visitor.UNKNOWN;
        String user = users.getFirst().strip();
        if (user.length() > LONGEST_USER) return Visitor.UNKNOWN;
        Set<String> groups = request.headers().getAll(groupsHeader).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(g -> !g.isEmpty())
                .limit(MOST_GROUPS)
                .collect(Collectors.toUnmodifiableSet());
        return new Visitor(user, groups);
    }

    private boolean isTrusted(SocketAddress peer) {
        return peer != null && networks.contain(peer.hostAddress());
    }

    private static CidrAddress network(String text) {
        return Networks.parse(text)
                .orElseThrow(() -> new Problem(
                        "gapexplorer.access.proxies",
                        "\"" + text + "\" is no address or network",
                        "write addresses such as 10.0.0.7 or networks such as 10.0.0.0/24, apart by commas"));
    }
}
