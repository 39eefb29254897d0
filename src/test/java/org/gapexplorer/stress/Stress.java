package org.gapexplorer.stress;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the stress programmes share. Each takes {@code -Dgapx.rounds=N} and {@code -Dgapx.seed=N} and prints what it found;
 * docs/reliability.md says how to run them.
 */
final class Stress {
    static final long SEED = Long.getLong("gapx.seed", 1);

    private Stress() {}

    static int rounds(int otherwise) {
        return Integer.getInteger("gapx.rounds", otherwise);
    }

    static void say(String format, Object... values) {
        System.out.println("stress: " + String.format(Locale.ROOT, format, values));
    }

    /** Of a Linux process: the number of entries of a folder below its /proc. */
    static long entries(long pid, String folder) throws java.io.IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", String.valueOf(pid), folder))) {
            return all.count();
        }
    }

    /** Resident memory in MiB. */
    static long resident(long pid) throws java.io.IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
