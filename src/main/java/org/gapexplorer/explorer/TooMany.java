package org.gapexplorer.explorer;

import java.time.Duration;

/** This client asked for more than its share; after the wait one more may pass. */
class TooMany extends RuntimeException {
    final Duration wait;

    TooMany(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }
}
