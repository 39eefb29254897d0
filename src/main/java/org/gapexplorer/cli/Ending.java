package org.gapexplorer.cli;

import io.quarkus.runtime.Quarkus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Ends a server in order. Left to itself, the JVM answers a signal by running all shutdown hooks at once: ONNX Runtime's
 * frees what requests still use, and the process crashes. So a signal only asks the server to stop; it drains, and the
 * hooks run when nothing is left that needs what they close. A second signal ends the process there and then.
 */
final class Ending {
    private static final int SIGNALLED = 128;

    private Ending() {}

    /** Exit code: 128 and the signal's number, as where nobody handles it (143 for SIGTERM). */
    static void onSignals() {
        AtomicBoolean asked = new AtomicBoolean();
        for (String name : List.of("TERM", "INT", "HUP")) {
            Signal.handle(new Signal(name), signal -> {
                int code = SIGNALLED + signal.getNumber();
                if (asked.getAndSet(true)) {
                    Runtime.getRuntime().halt(code);
                }
                Thread.ofPlatform().daemon().name("ending").start(() -> askToStop(code));
            });
        }
    }

    /** Again and again: what is asked before the server has begun to start is forgotten. */
    private static void askToStop(int code) {
        try {
            while (true) {
                Quarkus.asyncExit(code);
                TimeUnit.MILLISECONDS.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
