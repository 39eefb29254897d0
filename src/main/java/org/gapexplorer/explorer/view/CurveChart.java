package org.gapexplorer.explorer.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * How a suite's gaps shrink as benchmarks are added: geometry in a 440 by 230 view box. The upright axis goes by the
 * logarithm of one more than the count, so that 0 has a place and the last few stay apart.
 *
 * @param summary the picture in one sentence, for who cannot see it
 * @param steps the same as a table
 */
public record CurveChart(
        String summary, String xTitle, List<Line> lines, List<Tick> xTicks, List<Tick> yTicks, List<Row> steps) {
    private static final double LEFT = 46;
    private static final double RIGHT = 424;
    private static final double TOP = 14;
    private static final double BOTTOM = 186;

    /** @param chosen whether the benchmark is in the suite; otherwise it could be added */
    public record Step(String benchmark, boolean chosen, int items, int adds, int missing, int thin) {}

    /**
     * @param css {@code first} or {@code second}
     * @param name what it counts
     * @param solid points of the chosen benchmarks' part
     * @param dashed points of the rest, which begins where the chosen part ends
     */
    public record Line(String css, String name, String solid, String dashed, List<Dot> dots) {}

    /** @param css {@code in} for a chosen benchmark */
    public record Dot(String x, String y, String css, String note) {}

    public record Tick(String at, String text) {}

    public record Row(
            String number, String benchmark, boolean chosen, String items, String adds, String missing, String thin) {}

    /** @param least items below which a covered concept is thin */
    public static CurveChart of(List<Step> steps, int least) {
        int top = Math.max(
                1, steps.stream().mapToInt(s -> s.missing() + s.thin()).max().orElse(1));
        String few = "on fewer than " + Numbers.count(least, "item", "items");
        List<Line> lines = least > 1
                ? List.of(
                        line(steps, s -> s.missing() + s.thin(), top, "second", "missing, or " + few),
                        line(steps, Step::missing, top, "first", "missing"))
                : List.of(line(steps, Step::missing, top, "first", "missing"));
        return new CurveChart(
                summary(steps, few),
                "benchmarks, each time the one that adds most",
                lines,
                xTicks(steps.size()),
                yTicks(top),
                rows(steps));
    }

    private static Line line(List<Step> steps, ToIntFunction<Step> count, int top, String css, String name) {
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step s = steps.get(i);
            dots.add(new Dot(
                    text(x(i, steps.size())),
                    text(y(count.applyAsInt(s), top)),
                    s.chosen() ? "in" : "",
                    "with " + s.benchmark() + ": " + Numbers.count(count.applyAsInt(s)) + " " + name));
        }
        int chosen = (int) steps.stream().filter(Step::chosen).count();
        return new Line(
                css,
                name,
                points(dots.subList(0, chosen)),
                points(dots.subList(Math.max(0, chosen - 1), dots.size())),
                dots);
    }

    private static String points(List<Dot> dots) {
        return dots.stream().map(d -> d.x() + "," + d.y()).collect(Collectors.joining(" "));
    }

    private static double x(int i, int n) {
        return n < 2 ? LEFT + 12 : LEFT + 12 + (RIGHT - LEFT - 24) * i / (n - 1);
    }

    private static double y(int count, int top) {
        return BOTTOM - (BOTTOM - TOP) * Math.log1p(count) / Math.log1p(top);
    }

    private static List<Tick> xTicks(int n) {
        int every = Math.max(1, (int) Math.ceil(n / 16.0));
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < n; i += every) ticks.add(new Tick(text(x(i, n)), Numbers.count(i + 1)));
        return ticks;
    }

    private static List<Tick> yTicks(int top) {
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(text(BOTTOM), "0"));
        for (int decade = 1; decade <= top; decade *= 10) {
            for (int step : new int[] {1, 3}) {
                int count = decade * step;
                if (count <= top) ticks.add(new Tick(text(y(count, top)), Numbers.count(count)));
            }
        }
        return ticks;
    }

    private static List<Row> rows(List<Step> steps) {
        List<Row> rows = new ArrayList<>();
        for (Step s : steps) {
            rows.add(new Row(
                    Numbers.count(rows.size() + 1),
                    s.benchmark(),
                    s.chosen(),
                    Numbers.count(s.items()),
                    Numbers.count(s.adds()),
                    Numbers.count(s.missing()),
                    Numbers.count(s.thin())));
        }
        return rows;
    }

    private static String summary(List<Step> steps, String few) {
        if (steps.isEmpty()) return "No benchmark to draw.";
        Step first = steps.getFirst();
        Step last = steps.getLast();
        return "Concepts missing as benchmarks are added: " + Numbers.count(first.missing()) + " with the first alone, "
                + Numbers.count(last.missing()) + " with all " + Numbers.count(steps.size()) + "; covered " + few + ": "
                + Numbers.count(first.thin()) + ", then " + Numbers.count(last.thin()) + ".";
    }

    private static String text(double x) {
        return String.format(Locale.ROOT, "%.1f", x);
    }
}
