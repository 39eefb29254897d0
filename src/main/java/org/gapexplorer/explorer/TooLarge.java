package org.gapexplorer.explorer;

/** More was sent than is taken: told in one sentence, with status 413. */
final class TooLarge extends RuntimeException {
    TooLarge(String message) {
        super(message);
    }
}
