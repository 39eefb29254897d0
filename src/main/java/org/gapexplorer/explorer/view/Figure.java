package org.gapexplorer.explorer.view;

/**
 * A headline number with its name and a line of small print.
 *
 * @param href a page, or the name of the method page's section that says what the number is; empty for none
 */
public record Figure(String name, String value, String note, String href) {
    public String link() {
        return href.startsWith("/") ? href : "";
    }

    public String anchor() {
        return href.startsWith("/") ? "" : href;
    }
}
