package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gapexplorer.cli.SavedLinks.awaitReady;
import static org.gapexplorer.cli.SavedLinks.awaitSaving;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Generated requests to every route, with every parameter: no failure of the server's, no unescaped output, no answer above a
 * second. {@code -Dgapx.rounds} is how many, {@code -Dgapx.first} the number of the first.
 */
@Tag("long")
class RequestStormIT {
    private static final int AT_ONCE = Integer.getInteger("gapx.at-once", 6);
    private static final Duration SLOW = Duration.ofMillis(Integer.getInteger("gapx.slow-millis", 1_000));
    private static final long FIRST = Long.getLong("gapx.first", 0);
    private static final int TOLD_EACH = 10_000;
    private static final int TOLD_AT_MOST = 40;
    private static final int STATUSES = 600;

    /** @param again how long it took when asked again by itself */
    private record Slow(long number, Asked asked, Duration took, Duration again) {}

    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    /** Of a paused or overtaxed machine, or of a connection that was about to be closed: asked again when all is over. */
    private final Map<Long, Asked> unanswered = new ConcurrentSkipListMap<>();

    private final ConcurrentLinkedQueue<Slow> slow = new ConcurrentLinkedQueue<>();
    private final AtomicLongArray statuses = new AtomicLongArray(STATUSES);
    private final AtomicLong longest = new AtomicLong();

    @Test
    void noGeneratedRequestBreaksTheServerOrRunsInABrowser() throws Exception {
        int rounds = Stress.rounds(5_000);
        try (StressedServer server = StressedServer.start(Map.of());
                Client client = new Client(server.port(), AT_ONCE)) {
            awaitReady(server.process);
            awaitSaving(server.process);
            Corpus corpus = Corpus.of(client);
            Stress.say(
                    "%d addresses, %d parameters: %s",
                    corpus.addresses.size(), corpus.parameters.size(), corpus.parameters.keySet());
            AskedMaker maker = new AskedMaker(corpus, server.version());
            long begun = System.nanoTime();
            askAll(rounds, maker, client, server.address());
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            List<Slow> stillSlow = slow.stream()
                    .map(s -> new Slow(s.number, s.asked, s.took, quickest(client, s.asked)))
                    .filter(s -> s.again.compareTo(SLOW) > 0)
                    .toList();
            unanswered.forEach((number, asked) -> answer(number, asked, client, server.address()));
            report(rounds, took, stillSlow, server.address());
            awaitReady(server.process);
            // where the machine is busy with other things Vert.x warns of slow threads; what failed is an error
            assertThat(server.process.output()).as("the server's log").doesNotContain(" ERROR ");
            assertThat(faults).isEmpty();
            assertThat(stillSlow).isEmpty();
        }
    }

    private void askAll(int rounds, AskedMaker maker, Client client, String address) {
        AtomicLong next = new AtomicLong(FIRST);
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                clients.execute(() -> {
                    for (long n = next.getAndIncrement(); n < FIRST + rounds; n = next.getAndIncrement()) {
                        if (n % TOLD_EACH == TOLD_EACH - 1)
                            Stress.say("%d asked, %d faults", n + 1 - FIRST, faults.size());
                        ask(n, maker.number(n), client, address);
                    }
                });
            }
        }
    }

    private void ask(long number, Asked asked, Client client, String address) {
        try {
            Told told = client.ask(asked);
            statuses.incrementAndGet(Math.min(told.status(), STATUSES - 1));
            longest.accumulateAndGet(told.took().toMillis(), Math::max);
            if (told.took().compareTo(SLOW) > 0) slow.add(new Slow(number, asked, told.took(), told.took()));
            judge(number, asked, told, address);
        } catch (Exception e) {
            Stress.say("%d: no answer (%s): %s", number, e, asked.curl(address));
            unanswered.put(number, asked);
        }
    }

    /** Asks again what had no answer, the server having nothing else to do. */
    private void answer(long number, Asked asked, Client client, String address) {
        try {
            judge(number, asked, client.ask(asked), address);
        } catch (Exception e) {
            faults.add(number + ": no answer (" + e + ") when alone: " + asked.curl(address));
        }
    }

    private void judge(long number, Asked asked, Told told, String address) {
        for (String fault : Judge.faults(asked, told)) {
            String line = number + ": " + fault + ": " + asked.curl(address);
            if (faults.size() < TOLD_AT_MOST) Stress.say("fault %s", line);
            faults.add(line);
        }
    }

    /** The shortest of three, the server having nothing else to do. */
    private static Duration quickest(Client client, Asked asked) {
        Duration quickest = Duration.ofHours(1);
        for (int i = 0; i < 3; i++) {
            try {
                Duration took = client.ask(asked).took();
                if (took.compareTo(quickest) < 0) quickest = took;
            } catch (Exception e) {
                return quickest;
            }
        }
        return quickest;
    }

    private void report(int rounds, Duration took, List<Slow> stillSlow, String address) {
        Map<Integer, Long> counted = new TreeMap<>();
        for (int s = 0; s < STATUSES; s++) if (statuses.get(s) > 0) counted.put(s, statuses.get(s));
        Stress.say(
                "%d requests from number %d, seed %d, in %.1f s (%.0f a second); by status %s; longest %d ms; %d above %d ms, of these %d again when alone; %d without an answer the first time",
                rounds,
                FIRST,
                Stress.SEED,
                took.toMillis() / 1e3,
                rounds * 1e3 / took.toMillis(),
                counted,
                longest.get(),
                slow.size(),
                SLOW.toMillis(),
                stillSlow.size(),
                unanswered.size());
        slow.stream()
                .limit(TOLD_AT_MOST)
                .forEach(s -> Stress.say("slow %d: %s %s", s.number, s.took, s.asked.curl(address)));
    }
}
