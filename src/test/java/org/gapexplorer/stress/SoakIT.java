package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gapexplorer.cli.SavedLinks.awaitReady;
import static org.gapexplorer.cli.SavedLinks.awaitSaving;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server at half the rate that it can do at most, its snapshot switched every 20 s: no request fails, and memory, open files
 * and threads stay what they are. {@code -Dgapx.seconds} is how long (600).
 */
@Tag("long")
class SoakIT {
    private static final Duration LASTS = Duration.ofSeconds(Integer.getInteger("gapx.seconds", 600));
    private static final Duration SWITCHED = Duration.ofSeconds(Integer.getInteger("gapx.switch-seconds", 20));
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final int SAMPLES = 12;
    private static final int AT_ONCE = 8;

    /**
     * @param heap live after a full collection, in KiB
     * @param names threads by name
     */
    private record Sample(long heap, long resident, long files, long threads, Map<String, Integer> names) {}

    private final AtomicLong answered = new AtomicLong();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @Test
    void memoryFilesAndThreadsStayWhatTheyAre() throws Exception {
        try (StressedServer server = StressedServer.start(Map.of());
                Client client = new Client(server.port(), AT_ONCE)) {
            awaitReady(server.process);
            awaitSaving(server.process);
            List<String> addresses = answered(client, Corpus.of(client).addresses);
            List<String> versions = server.alike();
            // the second time the code is compiled
            load(client, addresses, MEASURED, 0);
            double most = load(client, addresses, MEASURED, 0);
            List<Sample> samples = soak(server, versions, client, addresses, most / 2);
            faults.stream().limit(20).forEach(f -> Stress.say("fault %s", f));
            assertAll(
                    () -> assertThat(faults).isEmpty(),
                    () -> assertFlat("heap", samples, Sample::heap, 0.10, 4_096),
                    () -> assertFlat("resident memory", samples, Sample::resident, 0.15, 64),
                    () -> assertFlat("open files", samples, Sample::files, 0, 16),
                    // compilers and the visitors' workers come and go; one left by each switch would be twenty in ten
                    // minutes
                    () -> assertFlat("threads", samples, Sample::threads, 0, 6));
        }
    }

    /** Without those that are a visitor's mistake, in whichever state the server is. */
    private static List<String> answered(Client client, List<String> addresses) throws Exception {
        List<String> answered = new ArrayList<>();
        for (String address : addresses) {
            int status = client.ask(Asked.get(address)).status();
            assertThat(status).as(address).isLessThan(500);
            if (status < 400) answered.add(address);
        }
        Stress.say("%d addresses, of which %d are asked for", addresses.size(), answered.size());
        return answered;
    }

    private List<Sample> soak(
            StressedServer server, List<String> versions, Client client, List<String> addresses, double rate)
            throws Exception {
        List<Sample> samples = new ArrayList<>();
        Thread switcher = Thread.ofPlatform().start(() -> switchSnapshots(server, versions));
        Thread sampler = Thread.ofPlatform().start(() -> {
            long begun = System.nanoTime();
            try {
                for (int i = 0; i < SAMPLES; i++) {
                    // while all visitors are there, however long the last sample took
                    long due = begun + LASTS.toNanos() / (SAMPLES + 1) * (i + 1);
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                    samples.add(sample(server.pid()));
                    Stress.say("%s", samples.getLast());
                }
            } catch (Exception e) {
                faults.add("sampling: " + e);
            }
        });
        double done = load(client, addresses, LASTS, rate);
        over = true;
        switcher.interrupt();
        switcher.join();
        sampler.join();
        Stress.say(
                "%d requests, %.0f a second for %s; half of the highest rate is %.0f",
                answered.get(), done, LASTS, rate);
        return samples;
    }

    /**
     * Asks for so long.
     *
     * @param rate requests a second; 0 for as many as can be had
     * @return requests a second
     */
    private double load(Client client, List<String> addresses, Duration time, double rate) {
        answered.set(0);
        long begun = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                Random random = new Random(Stress.SEED + i);
                clients.execute(() -> {
                    while (System.nanoTime() - begun < time.toNanos()) {
                        ask(client, addresses.get(random.nextInt(addresses.size())));
                        long due = rate == 0 ? 0 : (long) (answered.incrementAndGet() / rate * 1e9);
                        if (rate == 0) answered.incrementAndGet();
                        long early = due - (System.nanoTime() - begun);
                        if (rate > 0 && early > 0) {
                            java.util.concurrent.locks.LockSupport.parkNanos(early);
                        }
                    }
                });
            }
        }
        return answered.get() * 1e9 / (System.nanoTime() - begun);
    }

    private void ask(Client client, String address) {
        try {
            Told told = client.ask(Asked.get(address));
            if (told.status() >= 400) faults.add(told.status() + " " + address);
        } catch (Exception e) {
            faults.add(e + " " + address);
        }
    }

    /** As a publisher does: the pointer is replaced in one step. */
    private void switchSnapshots(StressedServer server, List<String> versions) {
        try {
            for (int i = 0; !over; i++) {
                Path fresh = Files.writeString(
                        server.snapshots.resolve(".current.soak"), versions.get(i % versions.size()) + "\n");
                Files.move(
                        fresh,
                        server.snapshots.resolve("current"),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                Thread.sleep(SWITCHED.toMillis());
            }
        } catch (IOException e) {
            faults.add("switching: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Sample sample(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        long heap = jcmd(pid, "GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[2]) / 1024)
                .findFirst()
                .orElseThrow();
        Map<String, Integer> names = ThreadNames.of(pid, jcmd(pid, "Thread.print"));
        long threads = names.values().stream().mapToInt(Integer::intValue).sum();
        return new Sample(heap, Stress.resident(pid), Stress.entries(pid, "fd"), threads, names);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(program.toString(), String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said;
    }

    /** The middle of the last third is not above that of the first (after the first sample) by more than a share and a rest. */
    private static void assertFlat(
            String what, List<Sample> samples, ToLongFunction<Sample> of, double share, long rest) {
        List<Long> values = samples.stream().map(of::applyAsLong).toList();
        long early = middle(values.subList(1, SAMPLES / 3 + 1));
        long late = middle(values.subList(SAMPLES - SAMPLES / 3, SAMPLES));
        Stress.say("%s: %s; %d early, %d late", what, values, early, late);
        assertThat(late).as(what).isLessThanOrEqualTo((long) (early * (1 + share)) + rest);
    }

    private static long middle(List<Long> values) {
        return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
    }
}
