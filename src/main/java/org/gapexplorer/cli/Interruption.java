package org.gapexplorer.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.gapexplorer.study.Progress;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While open, Ctrl-C and a polite kill end the process at once, with one line. Everything long writes whole files only, so
 * there is nothing to tidy up; and ONNX Runtime's own shutdown hook would free what a running graph still uses, which ends
 * in a crash report.
 */
final class Interruption implements AutoCloseable {
    private static final int INTERRUPTED = 130;

    private final Map<String, SignalHandler> before = new TreeMap<>();

    Interruption() {
        this(() -> stop("the same command goes on from here"));
    }

    private Interruption(Runnable asked) {
        for (String name : new String[] {"INT", "TERM"}) {
            before.put(name, Signal.handle(new Signal(name), signal -> asked.run()));
        }
    }

    /**
     * Ends the process after the step in hand: PyTorch crashes when it is torn down in the middle of one.
     *
     * @param progress of the work, which is asked at every step
     * @param left what to say of what was done so far
     */
    static Interruption betweenSteps(AtomicReference<Progress> progress, String left) {
        var asked = new AtomicBoolean();
        Progress shown = progress.get();
        progress.set((what, done, total, unit) -> {
            shown.step(what, done, total, unit);
            if (asked.get()) {
                stop(left);
            }
        });
        return new Interruption(() -> {
            if (!asked.getAndSet(true)) {
                System.err.println("\ngapx: stopping after this step");
            }
        });
    }

    private static void stop(String left) {
        System.err.println("\ngapx: stopped; " + left);
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    @Override
    public void close() {
        before.forEach((name, handler) -> Signal.handle(new Signal(name), handler));
    }
}
