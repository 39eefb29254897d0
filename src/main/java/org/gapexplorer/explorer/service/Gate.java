package org.gapexplorer.explorer.service;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many in at once and no more; nobody waits before it. */
final class Gate {
    private final int most;
    private final AtomicInteger inside = new AtomicInteger();

    Gate(int most) {
        this.most = Math.max(1, most);
    }

    /** Who is let in leaves once. */
    boolean enter() {
        for (int n = inside.get(); n < most; n = inside.get()) {
            if (inside.compareAndSet(n, n + 1)) return true;
        }
        return false;
    }

    void leave() {
        inside.decrementAndGet();
    }

    int inside() {
        return inside.get();
    }

    int most() {
        return most;
    }
}
