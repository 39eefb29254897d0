package org.gapexplorer.explorer.problem;

/** A query parameter that cannot be used: told in one sentence, with status 400. */
public final class BadParameter extends RuntimeException {
    public BadParameter(String name, String what) {
        super(name + ": " + what);
    }
}
