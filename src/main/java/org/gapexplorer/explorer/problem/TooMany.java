package org.gapexplorer.explorer.problem;

import java.time.Duration;

/** This client asked for more than its share; after the wait one more may pass. */
public class TooMany extends RuntimeException {
    final Duration wait;

    public TooMany(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }
}
