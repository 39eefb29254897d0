package org.gapexplorer.explorer.problem;

/** Something that the address names and the snapshot does not have: status 404, with a word on what to try. */
public final class NotThere extends RuntimeException {
    public final String hint;

    public NotThere(String what, String hint) {
        super(what);
        this.hint = hint;
    }
}
