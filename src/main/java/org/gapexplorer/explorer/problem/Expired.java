package org.gapexplorer.explorer.problem;

/** A saved view whose term is over. */
public class Expired extends RuntimeException {
    public Expired(String day) {
        super("It was kept until " + day + ".");
    }
}
