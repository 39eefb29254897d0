package org.gapexplorer.explorer.view;

/**
 * A column's header.
 *
 * @param anchor the section of the method page that says what the number is; empty for none
 * @param href where a click sorts; empty where the column cannot be sorted
 * @param sorted {@code ascending}, {@code descending} or empty
 * @param css {@code num} for numbers, {@code opt} for what narrow paper leaves out, {@code pic} for what narrow windows do
 */
public record Column(String title, String anchor, String href, String sorted, String css) {
    public static Column text(String title) {
        return new Column(title, "", "", "", "");
    }

    public static Column number(String title, String anchor) {
        return new Column(title, anchor, "", "", "num");
    }

    /** Whether its link shows the same table in another order, and does not lead to what the column is about. */
    public boolean sorts() {
        return href.contains("sort=");
    }

    /** A column of coloured numbers, whose title may take several lines. */
    public Column tinted() {
        return new Column(title, anchor, href, sorted, css + " tint");
    }

    /** Kept wide enough for a tag or an interval beside the number, whether or not one comes. */
    public Column broad() {
        return new Column(title, anchor, href, sorted, css + " broad");
    }

    /** Left out where the window is very narrow, unless the table is sorted by it. */
    public Column least() {
        if (!sorted.isEmpty()) return this;
        return new Column(title, anchor, href, sorted, css + " least");
    }

    /** The header above small pictures, which repeat the number beside them. */
    public static Column picture(String title) {
        return new Column(title, "", "", "", "pic opt");
    }

    /** Left out on narrow paper, unless the table is sorted by it. */
    public Column optional() {
        if (!sorted.isEmpty()) return this;
        return new Column(title, anchor, href, sorted, css + " opt");
    }
}
