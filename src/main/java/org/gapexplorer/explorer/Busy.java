package org.gapexplorer.explorer;

/** The server has as much to do as it takes on; trying again in a moment may do. */
class Busy extends RuntimeException {
    private static final int SOON = 3;

    final int retrySeconds;

    Busy(String message) {
        this(message, SOON);
    }

    /** @param retrySeconds after which another try is worth while */
    Busy(String message, int retrySeconds) {
        super(message);
        this.retrySeconds = retrySeconds;
    }
}
