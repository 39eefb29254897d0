package org.gapexplorer.explorer.problem;

/** Nothing is published yet, or what is published cannot be opened: status 503. */
public final class NoSnapshot extends RuntimeException {
    public NoSnapshot(String message) {
        super(message);
    }
}
