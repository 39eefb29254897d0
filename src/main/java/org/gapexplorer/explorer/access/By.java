package org.gapexplorer.explorer.access;

/** How it is known who a visitor is. */
public enum By {
    /** It is not asked: everybody may come. */
    OPEN,
    /** A trusted proxy says it in a header. */
    HEADER,
    /** OpenID Connect: browsers sign in, programs send a bearer token. */
    OIDC
}
