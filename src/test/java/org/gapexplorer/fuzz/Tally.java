package org.gapexplorer.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a fuzz test tried, added to {@code target/fuzz.tsv} when the process ends: test, cases, how many of them ended in a
 * problem, the processor's seconds inside the reader and milliseconds in the slowest case, the most that a case took of the heap in MB, and how many
 * MB the process grew by at the most within some cases of any test.
 */
final class Tally {
    private static final Map<String, Tally> ALL = new ConcurrentSkipListMap<>();

    private long cases;
    private long problems;
    private long nanos;
    private long slowest;
    private long heap;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Tally::write));
    }

    private Tally() {}

    static Tally of(String test) {
        return ALL.computeIfAbsent(test, t -> new Tally());
    }

    synchronized void add(boolean problem, long nanos, long heap) {
        cases++;
        problems += problem ? 1 : 0;
        this.nanos += nanos;
        slowest = Math.max(slowest, nanos);
        this.heap = Math.max(this.heap, heap);
    }

    private synchronized String line(String test) {
        return String.format(
                Locale.ROOT,
                "%s\t%s\t%d\t%d\t%.1f\t%.1f\t%d\t%d%n",
                Instant.now(),
                test,
                cases,
                problems,
                nanos / 1e9,
                slowest / 1e6,
                heap >> 20,
                Resident.most() >> 20);
    }

    private static void write() {
        var lines = new StringBuilder();
        ALL.forEach((test, tally) -> lines.append(tally.line(test)));
        try {
            Files.writeString(
                    Files.createDirectories(Path.of("target")).resolve("fuzz.tsv"),
                    lines,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.print(lines);
        }
    }
}
