package org.gapexplorer.explorer.view;

/**
 * A line about a thing: what, and what it is.
 *
 * @param anchor the method page's section that says what the number is; empty for what is none
 */
public record Property(String name, String value, String anchor) {
    public Property(String name, String value) {
        this(name, value, "");
    }
}
