package org.gapexplorer.explorer.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.gapexplorer.snapshot.Histogram;

/**
 * A histogram as geometry in a 440 by 190 view box. Every bin is as wide as the next, so equal steps of the logarithm
 * draw a log axis. What is in no bin (missing concepts, N/A) stands apart on the left as a dashed column.
 *
 * @param summary the picture in one sentence, for who cannot see it
 * @param outside what is written on the column that stands apart; null where there is none
 * @param rows the bins as a table: range and count
 */
public record HistogramChart(
        String summary,
        String xTitle,
        List<Column> bins,
        Outside outside,
        List<Tick> xTicks,
        List<Tick> yTicks,
        List<Rule> rules,
        List<Bin> rows) {
    private static final double LEFT = 46;
    private static final double RIGHT = 436;
    private static final double TOP = 22;
    private static final double BOTTOM = 150;
    private static final double APART = 34;

    /** @param css {@code bin}, or {@code out} for what is in no bin */
    public record Column(String x, String y, String width, String height, String css, String note) {}

    /**
     * @param y where the number stands
     * @param broken whether the column goes on beyond the axis, which a break in it says
     */
    public record Outside(String y, String count, boolean broken) {}

    public record Tick(String at, String text) {}

    /** An upright line at a value, with a word on top. */
    public record Rule(String x, String text, String css) {}

    public record Bin(String range, String count) {}

    /** A value to draw a line at. */
    public record At(double value, String text, boolean soft) {}

    /**
     * @param xTitle what is counted along x, with its unit
     * @param things what is counted, plural
     * @param absentName what stands apart ("missing"); empty to leave it out
     */
    public static HistogramChart of(
            Histogram h,
            String xTitle,
            String things,
            String absentName,
            DoubleFunction<String> number,
            List<At> rules) {
        int n = h.counts().size();
        int highest = Math.max(
                1, h.counts().stream().mapToInt(Integer::intValue).max().orElse(1));
        boolean apart = !absentName.isEmpty() && h.absent() > 0;
        double step = Math.max(1, nice(highest / 3.0));
        double top = Math.ceil(highest / step) * step;
        double left = LEFT + (apart ? APART : 0);
        double binWidth = (RIGHT - left) / Math.max(1, n);

        List<Column> bins = new ArrayList<>();
        List<Bin> rows = new ArrayList<>();
        Outside outside = null;
        if (apart) {
            // its own scale would mislead: it is cut at the top, shows a break and says its number
            double height = (BOTTOM - TOP) * Math.min(1, h.absent() / top);
            bins.add(new Column(
                    text(LEFT + 4),
                    text(BOTTOM - height),
                    text(22),
                    text(height),
                    "out",
                    absentName + ": " + Numbers.count(h.absent())));
            rows.add(new Bin(absentName, Numbers.count(h.absent())));
            outside = new Outside(text(BOTTOM - height - 4), Numbers.count(h.absent()), h.absent() > top);
        }
        for (int i = 0; i < n; i++) {
            String range = number.apply(h.edges().get(i)) + " to "
                    + number.apply(h.edges().get(i + 1));
            int count = h.counts().get(i);
            rows.add(new Bin(range, Numbers.count(count)));
            if (count == 0) continue;
            double height = Math.max(1, (BOTTOM - TOP) * count / top);
            bins.add(new Column(
                    text(left + i * binWidth + 0.5),
                    text(BOTTOM - height),
                    text(Math.max(0.5, binWidth - 1)),
                    text(height),
                    "bin",
                    range + ": " + Numbers.count(count) + " " + things));
        }
        List<Tick> yTicks = new ArrayList<>();
        for (double y = 0; y <= top + step / 2; y += step) {
            yTicks.add(new Tick(text(BOTTOM - (BOTTOM - TOP) * y / top), Numbers.count(Math.round(y))));
        }
        List<Rule> lines = new ArrayList<>();
        for (At rule : rules) {
            double at = index(h, rule.value());
            if (at < 0) continue;
            lines.add(new Rule(text(left + at * binWidth), rule.text(), rule.soft() ? "rule soft" : "rule"));
        }
        List<Tick> xTicks = new ArrayList<>(ticks(h, number, left, binWidth));
        if (apart) xTicks.removeIf(tick -> Double.parseDouble(tick.at()) < left + 20);
        if (apart) xTicks.addFirst(new Tick(text(LEFT + 15), absentName));
        return new HistogramChart(
                summary(h, xTitle, things, absentName, number), xTitle, bins, outside, xTicks, yTicks, lines, rows);
    }

    private static List<Tick> ticks(Histogram h, DoubleFunction<String> number, double left, double binWidth) {
        double first = h.edges().getFirst();
        double last = h.edges().getLast();
        List<Tick> ticks = new ArrayList<>();
        if (logarithmic(h)) {
            double lowest = h.edges().stream().filter(e -> e > 0).findFirst().orElse(1.0);
            for (int p = (int) Math.ceil(Math.log10(lowest) - 1e-9); p <= Math.log10(last) + 1e-9; p++) {
                double value = Math.pow(10, p);
                double at = index(h, value);
                if (at >= 0) ticks.add(new Tick(text(left + at * binWidth), power(value)));
            }
            return ticks;
        }
        double step = nice((last - first) / 4);
        for (double v = Math.ceil(first / step - 1e-9) * step; v <= last + step * 1e-6; v += step) {
            ticks.add(new Tick(text(left + index(h, v) * binWidth), number.apply(Math.abs(v) < 1e-12 ? 0 : v)));
        }
        return ticks;
    }

    /** Where a value lies, in bins from the left; -1 beyond the ends. */
    private static double index(Histogram h, double value) {
        boolean log = logarithmic(h);
        for (int i = 0; i < h.counts().size(); i++) {
            double low = h.edges().get(i);
            double high = h.edges().get(i + 1);
            if (value < low - Math.abs(low) * 1e-9 || value > high + Math.abs(high) * 1e-9 || high <= low) continue;
            double share = log && low > 0 ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
            return i + Math.clamp(share, 0, 1);
        }
        return -1;
    }

    private static boolean logarithmic(Histogram h) {
        int n = h.counts().size();
        if (n < 3) return false;
        double inner = h.edges().get(2) - h.edges().get(1);
        double outer = h.edges().get(n - 1) - h.edges().get(n - 2);
        return inner > 0 && outer / inner > 3;
    }

    private static String summary(
            Histogram h, String xTitle, String things, String absentName, DoubleFunction<String> number) {
        long total = h.counts().stream().mapToLong(Integer::longValue).sum();
        if (total == 0) return "Histogram of " + xTitle + ": nothing to show.";
        long seen = 0;
        int middle = 0;
        while (seen + h.counts().get(middle) < (total + 1) / 2)
            seen += h.counts().get(middle++);
        return "Histogram of " + xTitle + " over " + Numbers.count(total) + " " + things + "; half lie below about "
                + number.apply(h.edges().get(middle + 1)) + "."
                + (absentName.isEmpty() ? "" : " " + Numbers.count(h.absent()) + " " + absentName + ".");
    }

    static double nice(double raw) {
        if (!(raw > 0)) return 1;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double digit = raw / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10);
    }

    private static String power(double value) {
        return value >= 1
                ? Numbers.count(Math.round(value))
                : BigDecimal.valueOf(value)
                        .round(new MathContext(1))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String text(double x) {
        return String.format(Locale.ROOT, "%.1f", x);
    }
}
