package org.gapexplorer.explorer.view;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A scatter as geometry in a 640 by 424 view box. Missing concepts (coverage 0) stand on a rail of their own beside a
 * logarithmic axis.
 *
 * @param summary the picture in one sentence, for who cannot see it
 * @param ruleX where the axis' own middle lies (average coverage, no gap); empty where that is out of sight
 * @param ruleY likewise on y
 * @param diagonal where both numbers are equal; null unless both axes are of scores, or both of gaps
 */
public record ScatterChart(
        String summary,
        String xTitle,
        String yTitle,
        List<Dot> dots,
        List<Tick> xTicks,
        List<Tick> yTicks,
        String ruleX,
        String ruleY,
        Line diagonal) {
    private static final double LEFT = 62;
    private static final double RIGHT = 632;
    private static final double TOP = 30;
    private static final double BOTTOM = 380;

    public record Dot(String x, String y, String href, String note) {}

    public record Tick(String at, String text) {}

    public record Line(String x1, String y1, String x2, String y2) {}

    /** A point before it is drawn. */
    public record Point(double x, double y, String href, String note) {}

    /** @param said the correlation, in words */
    public static ScatterChart of(
            List<Point> points, Scale.Kind xKind, Scale.Kind yKind, String xTitle, String yTitle, String said) {
        Scale x = Scale.of(xKind, points.stream().mapToDouble(Point::x).toArray(), LEFT, RIGHT);
        Scale y = Scale.of(yKind, points.stream().mapToDouble(Point::y).toArray(), BOTTOM, TOP);
        return new ScatterChart(
                "Scatter of " + Numbers.count(points.size(), "concept", "concepts") + ": " + xTitle + " against "
                        + yTitle + ", " + said + ".",
                xTitle + scaleNote(xKind),
                yTitle + scaleNote(yKind),
                points.stream()
                        .map(p -> new Dot(text(x.at(p.x)), text(y.at(p.y)), p.href, p.note))
                        .toList(),
                ticks(x),
                ticks(y),
                rule(x),
                rule(y),
                xKind == yKind && xKind != Scale.Kind.LOGARITHMIC ? diagonal(x, y) : null);
    }

    private static String scaleNote(Scale.Kind kind) {
        return kind == Scale.Kind.LOGARITHMIC ? " (log scale)" : "";
    }

    private static List<Tick> ticks(Scale scale) {
        Stream<Tick> marked = scale.ticks().stream().map(v -> new Tick(text(scale.at(v)), scale.text(v)));
        return Double.isNaN(scale.rail())
                ? marked.toList()
                : Stream.concat(Stream.of(new Tick(text(scale.rail()), "none")), marked)
                        .toList();
    }

    private static String rule(Scale scale) {
        double middle = scale.kind() == Scale.Kind.LOGARITHMIC ? 1 : 0;
        return scale.kind() != Scale.Kind.SCORE && scale.holds(middle) ? text(scale.at(middle)) : "";
    }

    private static Line diagonal(Scale x, Scale y) {
        double low = Math.max(x.low(), y.low());
        double high = Math.min(x.high(), y.high());
        return low < high ? new Line(text(x.at(low)), text(y.at(low)), text(x.at(high)), text(y.at(high))) : null;
    }

    private static String text(double x) {
        return String.format(Locale.ROOT, "%.1f", x);
    }
}
