package org.gapexplorer.explorer.view;

import java.util.OptionalDouble;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.Estimate;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Status;

/**
 * A table cell: a number as text, smaller text after it, and perhaps a tag, a link and a small picture.
 *
 * @param css classes of the cell
 * @param tag a short word in a frame, with its class in {@code tagCss}
 */
public record Cell(String text, String sub, String css, String tag, String tagCss, String href, Mark mark) {
    private static final String NUM = "num";
    private static final String NUM_NA = "num na";

    public static Cell text(String text) {
        return new Cell(text, "", "", "", "", "", null);
    }

    public static Cell number(String text) {
        return new Cell(text, "", text.equals(Numbers.NONE) ? NUM_NA : NUM, "", "", "", null);
    }

    public static Cell link(String text, String href) {
        return new Cell(text, "", NUM, "", "", href, null);
    }

    public static Cell picture(Mark mark) {
        return new Cell("", "", "pic opt", "", "", "", mark);
    }

    /** A cell that is left out on narrow paper. */
    public Cell optional() {
        return new Cell(text, sub, css + " opt", tag, tagCss, href, mark);
    }

    /** A cell that is hidden where the window is very narrow. */
    public Cell least() {
        return new Cell(text, sub, css + " least", tag, tagCss, href, mark);
    }

    /** The same cell, never left out. */
    public Cell always() {
        return new Cell(text, sub, css.replace(" opt", "").replace(" least", ""), tag, tagCss, href, mark);
    }

    /** A coverage on a coloured ground with the items it rests on; missing is a marked 0 without colour. */
    public static Cell tinted(Coverage c) {
        if (c == null) return tint(Numbers.NONE, "", "na");
        if (c.support() == 0) return tint("0", "", "zero");
        return tint(Numbers.coverage(c.chi()), Numbers.count(c.support()), Tint.coverage(c.chi()));
    }

    /** A score on a coloured ground with the items it rests on; N/A has no colour. */
    public static Cell tinted(Performance p) {
        if (p == null) return tint(Numbers.NONE, "", "na");
        return tint(Numbers.score(p.chi()), Numbers.count(p.support()), Tint.score(p.chi()));
    }

    private static Cell tint(String text, String sub, String css) {
        return new Cell(text, sub, "num tint " + css, "", "", "", null);
    }

    /** Whether the text needs an element of its own; numbers do not, and a long table has hundreds of them. */
    public boolean isolated() {
        return Text.turns(text);
    }

    /** Whether the text is all there is, as in most cells. */
    public boolean bare() {
        return mark == null && tag.isEmpty() && href.isEmpty() && sub.isEmpty() && !isolated();
    }

    public Cell linked(String to) {
        return new Cell(text, sub, css, tag, tagCss, to, mark);
    }

    /** A coverage; missing is written 0 and tagged, so it is told from a small value and from N/A. */
    public static Cell coverage(Coverage c) {
        if (c == null) return number(Numbers.NONE);
        String tag = c.status() == Status.PRESENT ? "" : c.status().word();
        return new Cell(Numbers.coverage(c.chi()), "", NUM, tag, tag, "", null);
    }

    /** A score with its interval; N/A where undefined. */
    public static Cell score(Performance p) {
        if (p == null) return number(Numbers.NONE);
        return new Cell(Numbers.score(p.chi()), Numbers.interval(p.low(), p.high()), NUM, "", "", "", null);
    }

    /** A mean score with its interval. */
    public static Cell score(Estimate e) {
        return new Cell(Numbers.score(e.value()), Numbers.interval(e.low(), e.high()), NUM, "", "", "", null);
    }

    /** A gap, its sign said by the sign and the colour. */
    public static Cell gap(OptionalDouble gap) {
        if (gap.isEmpty()) return number(Numbers.NONE);
        return signed(Numbers.signed(gap.getAsDouble()));
    }

    public static Cell signed(String text) {
        // coloured by what is read: a difference that rounds to nothing has no sign
        String css = text.charAt(0) == Numbers.MINUS ? "num neg" : text.charAt(0) == '+' ? "num pos" : NUM;
        return new Cell(text, "", css, "", "", "", null);
    }

    /** A difference with its interval, coloured where the interval leaves out 0. */
    public static Cell difference(Estimate d) {
        Cell plain = signed(Numbers.signed(d.value()));
        boolean told = d.low() > 0 || d.high() < 0;
        return new Cell(
                plain.text, Numbers.signedInterval(d.low(), d.high()), told ? plain.css : NUM, "", "", "", null);
    }

    public static Cell rate(OptionalDouble q) {
        return number(q.isPresent() ? Numbers.rate(q.getAsDouble()) : Numbers.NONE);
    }

    public static Cell count(long n) {
        return number(Numbers.count(n));
    }

    /** Supporting items, the effective number behind. */
    public static Cell support(Performance p) {
        if (p == null) return number(Numbers.NONE);
        return new Cell(
                Numbers.count(p.support()),
                "eff. " + Numbers.count(Math.round(p.effectiveSupport())),
                NUM,
                "",
                "",
                "",
                null);
    }
}
