package org.gapexplorer.explorer.problem;

/** What this visitor may not see, or not before signing in. */
public final class Closed extends RuntimeException {
    public final int status;
    public final String hint;
    /** Whether signing in may help. */
    public final boolean unknown;

    /** Where a browser signs in and comes back; empty where there is no such place. */
    public final String signIn;

    /** @param status 401 where signing in may help, 403 or 404 */
    public Closed(int status, String message, String hint, boolean unknown, String signIn) {
        super(message);
        this.signIn = signIn;
        this.status = status;
        this.hint = hint;
        this.unknown = unknown;
    }

    public Errors.Kind kind() {
        return unknown ? Errors.Kind.SIGN_IN : status == 404 ? Errors.Kind.NOT_FOUND : Errors.Kind.CLOSED;
    }
}
