package org.gapexplorer.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.gapexplorer.study.Bytes;
import org.gapexplorer.study.Progress;

/**
 * Prints how far a job has come, its rate and the time left. On a terminal one line is written over; elsewhere a line is
 * printed every few seconds, and at each job's end.
 */
final class ConsoleProgress implements Progress {
    private static final long TERMINAL_PERIOD = Duration.ofMillis(200).toNanos();
    private static final long LOG_PERIOD = Duration.ofSeconds(5).toNanos();

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final Map<String, Job> jobs = new HashMap<>();

    private static final class Job {
        private long startedAt;
        private long startedWith;
        private long printedAt;
    }

    ConsoleProgress(PrintStream out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    static ConsoleProgress onStandardError() {
        return new ConsoleProgress(System.err, System.console() != null, System::nanoTime);
    }

    @Override
    public synchronized void step(String what, long done, long total, String unit) {
        long now = nanos.getAsLong();
        Job job = jobs.get(what);
        if (job == null) {
            job = new Job();
            job.startedAt = now;
            job.startedWith = done;
            job.printedAt = now;
            jobs.put(what, job);
        }
        boolean finished = done >= total;
        if (!finished && now - job.printedAt < (terminal ? TERMINAL_PERIOD : LOG_PERIOD)) {
            return;
        }
        job.printedAt = now;
        String line = line(what, done, total, unit, done - job.startedWith, now - job.startedAt);
        if (terminal) {
            out.print("\r\u001b[K" + line + (finished ? "\n" : ""));
        } else {
            out.println(line);
        }
        out.flush();
        if (finished) {
            jobs.remove(what);
        }
    }

    private static String line(String what, long done, long total, String unit, long worked, long nanos) {
        double seconds = nanos / 1e9;
        var line = new StringBuilder(String.format(
                        Locale.ROOT, "%-28s %s of %s %s", what, amount(done, unit), amount(total, unit), named(unit))
                .strip());
        if (seconds > 0.05 && worked > 0) {
            double rate = worked / seconds;
            line.append(", ").append(perSecond(rate, unit)).append("/s");
            line.append(
                    done >= total
                            ? String.format(Locale.ROOT, ", took %s", clock(seconds))
                            : String.format(Locale.ROOT, ", %s left", clock((total - done) / rate)));
        }
        return line.toString();
    }

    /** Bytes carry their unit, which changes with their number. */
    private static String amount(long count, String unit) {
        return unit.equals("bytes") ? Bytes.text(count) : String.format(Locale.ROOT, "%,d", count);
    }

    private static String named(String unit) {
        return unit.equals("bytes") ? "" : unit;
    }

    private static String perSecond(double rate, String unit) {
        return unit.equals("bytes")
                ? Bytes.text(rate)
                : String.format(Locale.ROOT, rate >= 10 ? "%,.0f" : "%.2g", rate);
    }

    private static String clock(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : (whole / 60) + " min " + (whole % 60) + " s";
    }
}
