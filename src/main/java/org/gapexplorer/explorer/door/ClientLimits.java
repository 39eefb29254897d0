package org.gapexplorer.explorer.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gapexplorer.explorer.problem.TooMany;
import org.gapexplorer.explorer.service.Clients;
import org.gapexplorer.explorer.service.Refusals;

/**
 * How often one client may do what costs: save a view or a footprint, have a text or a footprint read. A client is its address, as
 * {@link Clients} tells it. Call {@link #take} within a request, before the work. To limit another
 * act, add it to {@link Act} and its number to the constructor.
 */
@Singleton
public class ClientLimits {
    /** What is counted, each by itself. */
    public enum Act {
        SAVE("views and footprints saved", Duration.ofHours(1), "an hour"),
        READ("texts read", Duration.ofMinutes(1), "a minute"),
        FLAG("labels flagged", Duration.ofHours(1), "an hour"),
        UPLOAD("footprints taken", Duration.ofHours(1), "an hour");

        private final String things;
        private final Duration period;
        private final String each;

        Act(String things, Duration period, String each) {
            this.things = things;
            this.period = period;
            this.each = each;
        }
    }

    /** Clients remembered; past that the longest silent are forgotten, which only gives them their share anew. */
    private static final int CLIENTS = 50_000;

    private record Client(Act act, String address) {}

    private final Map<Act, Integer> most = new EnumMap<>(Act.class);
    private final Cache<Client, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(CLIENTS)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
    private final CurrentVertxRequest request;
    private final Clients clients;
    private final Refusals refusals;

    ClientLimits(
            CurrentVertxRequest request,
            Clients clients,
            Refusals refusals,
            @ConfigProperty(name = "gapexplorer.limits.saves-per-hour", defaultValue = "20") int saves,
            @ConfigProperty(name = "gapexplorer.limits.texts-per-minute", defaultValue = "30") int texts,
            @ConfigProperty(name = "gapexplorer.limits.footprints-per-hour", defaultValue = "60") int footprints,
            @ConfigProperty(name = "gapexplorer.limits.flags-per-hour", defaultValue = "20") int flags) {
        this.request = request;
        this.clients = clients;
        this.refusals = refusals;
        most.put(Act.SAVE, Math.max(1, saves));
        most.put(Act.READ, Math.max(1, texts));
        most.put(Act.FLAG, Math.max(1, flags));
        most.put(Act.UPLOAD, Math.max(1, footprints));
    }

    /**
     * Counts one act of the client whose request this is.
     *
     * @throws TooMany where it had its share
     */
    public void take(Act act) {
        int share = most.get(act);
        String address = client(clients.address(request.getCurrent().request()));
        ConsumptionProbe probe =
                buckets.get(new Client(act, address), c -> bucket(act, share)).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            refusals.limited(act.name());
            Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
            throw new TooMany(
                    "There are " + share + " " + act.things + " " + act.each + " for one address; the next is free in "
                            + words(wait) + ".",
                    wait);
        }
    }

    private static Bucket bucket(Act act, int share) {
        // by the clock that never jumps: set back a day, the machine's would lock a client out for that day
        return Bucket.builder()
                .withNanosecondPrecision()
                .addLimit(limit -> limit.capacity(share).refillGreedy(share, act.period))
                .build();
    }

    private static String words(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        return seconds < 90 ? seconds + " s" : (seconds + 59) / 60 + " minutes";
    }

    /** An IPv4 address, or the first half of an IPv6 one: the rest is the subscriber's to choose. */
    static String client(String address) {
        if (address == null) return "";
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes.length > 4 ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
