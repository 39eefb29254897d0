package org.gapexplorer.explorer.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.gapexplorer.explorer.view.Classes.Key;

/**
 * Families as circles on a map, 880 wide. A circle's area is the family's coverage; where that is nothing, the circle is a
 * small hollow one.
 *
 * @param summary the picture in one sentence, for who cannot see it
 * @param circles largest first, so that small ones lie on top
 * @param names of the largest, placed so that none covers another, for wide windows
 * @param fewNames the same in larger type, for narrow ones
 * @param colours the legend of the colours
 * @param sizes the legend of the areas, drawn below the map
 */
public record FamilyMap(
        String summary,
        String height,
        List<Circle> circles,
        List<Name> names,
        List<Name> fewNames,
        List<Key> colours,
        List<Size> sizes) {
    private static final double WIDTH = 880;
    private static final double MARGIN = 34;
    /** Height of the strip below that explains the areas. */
    private static final double STRIP = 46;

    /** Share of the map that circles cover together. */
    private static final double COVERED = 0.17;

    private static final double LARGEST = 54;
    private static final double SMALLEST = 2.5;
    private static final double HOLLOW = 4.5;
    private static final double[] SHOWN_SIZES = {0.25, 1, 4};

    public record Circle(String x, String y, String r, String css, String href, String note) {}

    /** @param css {@code start}, {@code mid} or {@code end}: which end of the text stands at x */
    public record Name(String x, String y, String text, String css) {}

    public record Size(String x, String y, String r, String textX, String text) {}

    /**
     * A family to draw.
     *
     * @param x 0 to 1
     * @param y 0 to 1, downwards
     * @param coverage the area; 0 is missing
     * @param css the colour's class
     */
    public record Place(double x, double y, double coverage, String css, String href, String note, String name) {}

    /** A drawn circle in the units of the view box. */
    record Disc(double x, double y, double r, String name) {}

    public static FamilyMap of(List<Place> places, String summary, List<Key> colours) {
        double low = places.stream().mapToDouble(Place::y).min().orElse(0);
        double high = places.stream().mapToDouble(Place::y).max().orElse(1);
        double left = places.stream().mapToDouble(Place::x).min().orElse(0);
        double right = places.stream().mapToDouble(Place::x).max().orElse(1);
        double scale = right > left ? (WIDTH - 2 * MARGIN) / (right - left) : 1;
        double height = Math.clamp((high - low) * scale, 240, 640);
        double scaleY = high > low ? height / (high - low) : 1;
        double total = places.stream().mapToDouble(Place::coverage).sum();
        double most = places.stream().mapToDouble(Place::coverage).max().orElse(0);
        double unit = total > 0
                ? Math.min(Math.sqrt(COVERED * WIDTH * height / Math.PI / total), LARGEST / Math.sqrt(most))
                : 1;

        List<Place> drawn = places.stream()
                .sorted(Comparator.comparingDouble(Place::coverage).reversed())
                .toList();
        List<Circle> circles = new ArrayList<>();
        List<Disc> discs = new ArrayList<>();
        for (Place p : drawn) {
            Disc disc = new Disc(
                    MARGIN + (p.x - left) * scale,
                    MARGIN + (p.y - low) * scaleY,
                    p.coverage > 0 ? radius(p.coverage, unit) : HOLLOW,
                    p.name);
            discs.add(disc);
            circles.add(new Circle(text(disc.x), text(disc.y), text(disc.r), p.css, p.href, p.note));
        }
        double bottom = height + 2 * MARGIN;
        return new FamilyMap(
                summary,
                text(bottom + STRIP),
                circles,
                new MapNames(WIDTH, bottom, 12, 12, 30).place(discs),
                new MapNames(WIDTH, bottom, 26, 5, 20).place(discs),
                colours,
                sizes(unit, bottom));
    }

    private static List<Size> sizes(double unit, double bottom) {
        List<Size> sizes = new ArrayList<>();
        double x = MARGIN;
        for (double coverage : SHOWN_SIZES) {
            double r = radius(coverage, unit);
            x += r;
            sizes.add(
                    new Size(text(x), text(bottom + STRIP / 2), text(r), text(x + r + 6), Numbers.coverage(coverage)));
            x += r + 52;
        }
        return sizes;
    }

    private static double radius(double coverage, double unit) {
        return Math.max(SMALLEST, unit * Math.sqrt(coverage));
    }

    private static String text(double x) {
        return String.format(Locale.ROOT, "%.1f", x);
    }
}
