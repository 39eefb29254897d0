package org.gapexplorer.explorer.service;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Addresses and networks that a setting lists, such as proxies.
 *
 * @param all a single address is a network of one
 */
public record Networks(List<CidrAddress> all) {
    public Networks {
        all = List.copyOf(all);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** @param address of a connection or a header; what is no address, a name say, lies in none, and is not looked up */
    public boolean contain(String address) {
        InetAddress parsed = address == null ? null : Inet.parseInetAddress(address);
        return parsed != null && all.stream().anyMatch(n -> n.matches(parsed));
    }

    /** @param text such as {@code 10.0.0.7} or {@code 10.0.0.0/24}; empty where it is neither */
    public static Optional<CidrAddress> parse(String text) {
        String stripped = text.strip();
        return stripped.contains("/")
                ? Optional.ofNullable(Inet.parseCidrAddress(stripped))
                : Optional.ofNullable(Inet.parseInetAddress(stripped)).map(Networks::single);
    }

    /** The network of one address. */
    public static CidrAddress single(InetAddress address) {
        return CidrAddress.create(address, 8 * address.getAddress().length);
    }
}
