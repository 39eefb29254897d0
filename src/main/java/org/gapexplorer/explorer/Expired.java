package org.gapexplorer.explorer;

/** A saved view whose term is over. */
class Expired extends RuntimeException {
    Expired(String day) {
        super("It was kept until " + day + ".");
    }
}
