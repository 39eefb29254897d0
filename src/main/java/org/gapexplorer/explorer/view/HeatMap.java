package org.gapexplorer.explorer.view;

import java.util.List;
import java.util.stream.IntStream;
import org.gapexplorer.snapshot.Overlap;

/**
 * How alike every two of some things are, as a table of coloured cells, each with its number.
 *
 * @param name of the region, for who cannot see it
 * @param caption what the numbers are
 * @param anchor the section of the method page that says more
 * @param low the value of the scale's first colour, as text
 * @param high of its last
 */
public record HeatMap(
        String name, String caption, String anchor, List<String> columns, List<Row> rows, String low, String high) {
    private static final int COLOURS = 10;

    public record Row(String title, String href, List<Square> squares) {}

    /** @param css the colour's class, or {@code self} on the diagonal */
    public record Square(String text, String css, String href, String note) {}

    /** One of the things, and its own page. */
    public record Head(String title, String href) {}

    /** What belongs to row i and column j. */
    public interface Of<T> {
        T at(int i, int j);
    }

    /**
     * @param values one of the overlap's tables
     * @param ids rows and columns, in this order; those the overlap does not know are left out
     */
    public static HeatMap of(
            Overlap overlap,
            List<List<Double>> values,
            String caption,
            String anchor,
            List<String> ids,
            Names names,
            Links links) {
        List<String> known = ids.stream().filter(overlap.benchmarks()::contains).toList();
        int[] at = known.stream().mapToInt(overlap.benchmarks()::indexOf).toArray();
        return of(
                "Overlap of benchmarks",
                caption,
                anchor,
                known.stream()
                        .map(b -> new Head(names.benchmark(b), links.benchmark(b)))
                        .toList(),
                (i, j) -> values.get(at[i]).get(at[j]),
                (i, j) -> links.to("/compare")
                        .with("benchmarks", known.get(i) + "," + known.get(j))
                        .toString());
    }

    /**
     * @param value NaN is N/A
     * @param href where a square leads
     */
    public static HeatMap of(
            String name, String caption, String anchor, List<Head> heads, Of<Double> value, Of<String> href) {
        int n = heads.size();
        double[] apart = IntStream.range(0, n * n)
                .filter(k -> k / n != k % n)
                .mapToDouble(k -> value.at(k / n, k % n))
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        double low = apart.length == 0 ? 0 : apart[0];
        double high = apart.length == 0 ? 0 : apart[apart.length - 1];
        List<Row> rows = IntStream.range(0, n)
                .mapToObj(i -> new Row(
                        heads.get(i).title(),
                        heads.get(i).href(),
                        IntStream.range(0, n)
                                .mapToObj(j -> i == j
                                        ? new Square("—", "self", "", "")
                                        : square(
                                                value.at(i, j),
                                                low,
                                                high,
                                                href.at(i, j),
                                                heads.get(i).title() + " and "
                                                        + heads.get(j).title()))
                                .toList()))
                .toList();
        return new HeatMap(
                name, caption, anchor, heads.stream().map(Head::title).toList(), rows, text(low), text(high));
    }

    private static String text(double v) {
        return v < 0 ? Numbers.signed(v) : Numbers.score(v);
    }

    private static Square square(double v, double low, double high, String href, String note) {
        if (Double.isNaN(v)) return new Square(Numbers.NONE, "self", href, note);
        int colour = high > low ? Math.min(COLOURS - 1, (int) ((v - low) / (high - low) * COLOURS)) : COLOURS / 2;
        return new Square(text(v), "s" + colour, href, note);
    }
}
