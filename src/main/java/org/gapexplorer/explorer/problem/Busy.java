package org.gapexplorer.explorer.problem;

/** The server has as much to do as it takes on; trying again in a moment may do. */
public class Busy extends RuntimeException {
    private static final int SOON = 3;

    public final int retrySeconds;

    public Busy(String message) {
        this(message, SOON);
    }

    /** @param retrySeconds after which another try is worth while */
    public Busy(String message, int retrySeconds) {
        super(message);
        this.retrySeconds = retrySeconds;
    }
}
