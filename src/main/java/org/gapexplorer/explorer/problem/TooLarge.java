package org.gapexplorer.explorer.problem;

/** More was sent than is taken: told in one sentence, with status 413. */
public final class TooLarge extends RuntimeException {
    public TooLarge(String message) {
        super(message);
    }
}
