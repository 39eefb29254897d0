package org.gapexplorer.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gapexplorer.study.Progress;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While open, Ctrl-C and a polite kill end the process with one line. Everything long writes whole files only, so
 * there is nothing to tidy up; and ONNX Runtime's own shutdown hook would free what a running graph still uses, which ends
 * in a crash report.
 */
final class Interruption implements AutoCloseable {
    private static final int INTERRUPTED = 130;

    private final Map<String, SignalHandler> before = new TreeMap<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final String left;

    /** At once, for work that goes on where it stopped. */
    Interruption() {
        this("the same command goes on from here");
    }

    /**
     * At once.
     *
     * @param left what to say of what was done so far
     */
    Interruption(String left) {
        this(left, false);
    }

    private Interruption(String left, boolean afterStep) {
        this.left = left;
        for (String name : new String[] {"INT", "TERM"}) {
            before.put(name, Signal.handle(new Signal(name), signal -> {
                if (!afterStep) {
                    stop();
                } else if (!asked.getAndSet(true)) {
                    System.err.println("\ngapx: stopping after this step");
                }
            }));
        }
    }

    /** After the step in hand, told by {@link #between}: PyTorch crashes when it is torn down in the middle of one. */
    static Interruption afterStep(String left) {
        return new Interruption(left, true);
    }

    /** Shows progress, and ends the process between two steps once that was asked for. */
    Progress between(Progress shown) {
        return (what, done, total, unit) -> {
            shown.step(what, done, total, unit);
            if (asked.get()) {
                stop();
            }
        };
    }

    private void stop() {
        System.err.println("\ngapx: stopped; " + left);
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    @Override
    public void close() {
        before.forEach((name, handler) -> Signal.handle(new Signal(name), handler));
    }
}
