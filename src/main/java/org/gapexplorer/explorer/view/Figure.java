package org.gapexplorer.explorer.view;

/**
 * A headline number with its name and a line of small print.
 *
 * @param link the page that lists what was counted; empty for none
 * @param anchor the method page's section that says what the number is; empty for plain counts
 */
public record Figure(String name, String value, String note, String link, String anchor) {
    /** @param href a page, or the name of the method page's section; empty for none */
    public Figure(String name, String value, String note, String href) {
        this(name, value, note, href.startsWith("/") ? href : "", href.startsWith("/") ? "" : href);
    }
}
