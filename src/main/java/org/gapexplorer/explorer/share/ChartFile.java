package org.gapexplorer.explorer.share;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Classes.Key;
import org.gapexplorer.explorer.view.CurveChart;
import org.gapexplorer.explorer.view.FamilyMap;
import org.gapexplorer.explorer.view.HeatDrawing;
import org.gapexplorer.explorer.view.HeatMap;
import org.gapexplorer.explorer.view.HistogramChart;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.view.Palette;
import org.gapexplorer.explorer.view.ScatterChart;
import org.gapexplorer.explorer.view.Text;

/**
 * A chart of a page as an SVG file that stands alone: with its title, legend, source and styles. Of the charts one is not
 * null.
 *
 * @param width of the drawing, without the file's margins
 * @param legend entries below it
 */
public record ChartFile(
        String name,
        String title,
        double width,
        double height,
        HistogramChart histogram,
        CurveChart curve,
        ScatterChart scatter,
        FamilyMap map,
        HeatDrawing heat,
        String legendTitle,
        List<Key> legend) {
    static final String TYPE = "image/svg+xml";

    /** Its own styles and nothing else; as a document of its own it has no rights here. */
    public static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

    private static final double MARGIN = 16;
    private static final double HEAD = 40;
    private static final double LINE = 20;
    /** Width of a letter of the small print, about. */
    private static final double LETTER = 6.2;

    /** @param x of the swatch */
    public record Entry(double x, double y, String css, String text) {}

    public static ChartFile of(String name, String title, HistogramChart h) {
        return new ChartFile(name, title, 440, 190, h, null, null, null, null, "", List.of());
    }

    public static ChartFile of(String name, String title, CurveChart c) {
        List<Key> lines =
                c.lines().stream().map(l -> new Key(l.css(), l.name())).toList();
        return new ChartFile(name, title, 440, 230, null, c, null, null, null, "", lines);
    }

    public static ChartFile of(String name, String title, ScatterChart s) {
        return new ChartFile(name, title, 640, 424, null, null, s, null, null, "", List.of());
    }

    public static ChartFile of(String name, String title, FamilyMap m, String colours) {
        return new ChartFile(
                name, title, 880, Double.parseDouble(m.height()), null, null, null, m, null, colours, m.colours());
    }

    public static ChartFile of(String name, HeatMap h) {
        HeatDrawing d = HeatDrawing.of(h);
        return new ChartFile(
                name,
                h.caption(),
                d.width(),
                d.height(),
                null,
                null,
                null,
                null,
                d,
                "",
                List.of(new Key("s0", h.low()), new Key("s9", h.high())));
    }

    /** Those that are there. */
    public static List<ChartFile> list(ChartFile... charts) {
        return Stream.of(charts).filter(Objects::nonNull).toList();
    }

    /** The page's chart of that name as a file. */
    public static Response answer(List<ChartFile> charts, String name, Page page) {
        ChartFile chart = charts.stream()
                .filter(c -> c.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new NotThere(
                        "This page has no chart of that name.",
                        charts.isEmpty()
                                ? "It has none."
                                : "It has: " + charts.stream().map(c -> c.name).collect(Collectors.joining(", "))
                                        + "."));
        // no XML document may hold these two, not even escaped
        String svg = Templates.chart(page, chart).render().replaceAll("[\\uFFFE\\uFFFF]", "\uFFFD");
        return Response.ok(svg, TYPE + ";charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"gap-explorer-" + chart.name + ".svg\"")
                .build();
    }

    public String wholeWidth() {
        return text(width + 2 * MARGIN);
    }

    public String wholeHeight() {
        return text(HEAD + height + below() + LINE + MARGIN);
    }

    /** The title, as much of it as fits in a line. */
    public String head() {
        return Text.plain(title, (int) (width / 7.5));
    }

    public String sourceAt() {
        return text(HEAD + height + below() + LINE);
    }

    public String rules() {
        return Palette.rules();
    }

    public String paper() {
        return Palette.colour("paper");
    }

    public String ink() {
        return Palette.colour("ink");
    }

    public String muted() {
        return Palette.colour("muted");
    }

    /** The legend's entries, in as many lines as they need. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        double x = MARGIN + 4 + (legendTitle.isEmpty() ? 0 : (legendTitle.length() + 2) * LETTER);
        double y = HEAD + height + LINE;
        for (Key key : legend) {
            double wide = 34 + key.text().length() * LETTER;
            if (x + wide > width + MARGIN && !entries.isEmpty()) {
                x = MARGIN + 4;
                y += LINE;
            }
            entries.add(new Entry(x, y, key.css(), key.text()));
            x += wide;
        }
        return entries;
    }

    public String legendAt() {
        return text(HEAD + height + LINE);
    }

    private double below() {
        return legend.isEmpty() ? 0 : entries().getLast().y() - HEAD - height + 4;
    }

    private static String text(double x) {
        return String.format(Locale.ROOT, "%.1f", x);
    }
}
