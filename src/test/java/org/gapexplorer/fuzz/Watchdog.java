package org.gapexplorer.fuzz;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Ends the process where a case takes too long, after telling which and where it stands: nothing else ends a thread that
 * does not want to. The time is counted in short sleeps, since a process that is stopped meanwhile has not read so long.
 */
final class Watchdog {
    static final int SECONDS = 20;
    private static final int SLEEP = 100;

    private static volatile Thread reader;
    private static volatile Object[] what;
    private static volatile int turns;

    static {
        Thread.ofPlatform().daemon().name("watchdog").start(Watchdog::watch);
    }

    private Watchdog() {}

    static void begin(Object[] input) {
        turns = 0;
        what = input;
        reader = Thread.currentThread();
    }

    static void end() {
        reader = null;
    }

    /** The processor's time of the processes it may be waiting for: little of it is a system too busy for them. */
    private static String children() {
        return ProcessHandle.current()
                .descendants()
                .map(child -> ", process " + child.pid() + " of "
                        + child.info().startInstant().map(Object::toString).orElse("?") + " took "
                        + child.info().totalCpuDuration().map(Object::toString).orElse("?"))
                .collect(Collectors.joining());
    }

    private static void watch() {
        try {
            while (turns <= SECONDS * 1_000 / SLEEP) {
                Thread.sleep(SLEEP);
                turns = reader == null ? 0 : turns + 1;
            }
        } catch (InterruptedException e) {
            return;
        }
        Thread late = reader;
        System.err.println("still reading after " + SECONDS + " s: " + Arrays.deepToString(what) + " at "
                + (late == null ? "its end" : Arrays.toString(late.getStackTrace())) + children());
        Runtime.getRuntime().halt(1);
    }
}
