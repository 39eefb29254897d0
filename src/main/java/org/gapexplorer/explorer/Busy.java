package org.gapexplorer.explorer;

/** The server has as much to do as it takes on; trying again in a moment may do. */
class Busy extends RuntimeException {
    Busy(String message) {
        super(message);
    }
}
