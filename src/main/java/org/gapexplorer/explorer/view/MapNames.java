package org.gapexplorer.explorer.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gapexplorer.explorer.view.FamilyMap.Disc;
import org.gapexplorer.explorer.view.FamilyMap.Name;

/**
 * Writes names beside the largest circles: right, left, below or above, wherever a name covers fewest circles. One that would
 * cover another name, a large circle or the edge on all four sides is left out, and the next circle has its turn.
 *
 * @param size of the type
 * @param most names
 * @param letters a name may have
 */
record MapNames(double width, double height, double size, int most, int letters) {
    /** A letter's mean width in sans-serif type, over its size. */
    private static final double LETTER = 0.53;

    private static final double GAP = 4;
    /** Names may run over circles smaller than this, if they must. */
    private static final double SMALL = 22;

    private record Box(double left, double top, double right, double bottom) {
        boolean meets(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean meets(Disc disc) {
            double dx = disc.x() - Math.clamp(disc.x(), left, right);
            double dy = disc.y() - Math.clamp(disc.y(), top, bottom);
            return dx * dx + dy * dy < disc.r() * disc.r();
        }

        boolean within(double width, double height) {
            return left >= 0 && top >= 0 && right <= width && bottom <= height;
        }
    }

    /** @param discs largest first */
    List<Name> place(List<Disc> discs) {
        List<Name> names = new ArrayList<>();
        List<Box> taken = new ArrayList<>();
        for (Disc disc : discs) {
            if (names.size() == most) break;
            String text = shortened(Text.plain(disc.name(), 200));
            if (text.isEmpty()) continue;
            double length = text.length() * size * LETTER;
            Stream.of("start", "end", "below", "above")
                    .filter(side -> free(box(disc, side, length), disc, taken, discs))
                    .min(Comparator.comparingLong(side -> covered(box(disc, side, length), disc, discs)))
                    .ifPresent(side -> {
                        Box box = box(disc, side, length);
                        taken.add(box);
                        names.add(name(box, side, text));
                    });
        }
        return names;
    }

    /** Cut after a whole word, where there is one. */
    private String shortened(String name) {
        if (name.length() <= letters) return name;
        String cut = name.substring(0, Text.whole(name, letters));
        int space = cut.lastIndexOf(' ');
        return (space > letters / 2 ? cut.substring(0, space) : cut).replaceFirst("[\\p{Punct}\\s]+$", "") + "…";
    }

    private boolean free(Box box, Disc own, List<Box> taken, List<Disc> discs) {
        return box.within(width, height)
                && taken.stream().noneMatch(box::meets)
                && discs.stream().noneMatch(d -> d != own && d.r() >= SMALL && box.meets(d));
    }

    private static long covered(Box box, Disc own, List<Disc> discs) {
        return discs.stream().filter(d -> d != own && box.meets(d)).count();
    }

    private Box box(Disc d, String side, double length) {
        double half = size * 0.6;
        return switch (side) {
            case "start" -> new Box(d.x() + d.r() + GAP, d.y() - half, d.x() + d.r() + GAP + length, d.y() + half);
            case "end" -> new Box(d.x() - d.r() - GAP - length, d.y() - half, d.x() - d.r() - GAP, d.y() + half);
            case "below" ->
                new Box(d.x() - length / 2, d.y() + d.r() + GAP, d.x() + length / 2, d.y() + d.r() + GAP + 2 * half);
            default ->
                new Box(d.x() - length / 2, d.y() - d.r() - GAP - 2 * half, d.x() + length / 2, d.y() - d.r() - GAP);
        };
    }

    private Name name(Box box, String side, String text) {
        double x = switch (side) {
            case "start" -> box.left();
            case "end" -> box.right();
            default -> (box.left() + box.right()) / 2;
        };
        String css = side.equals("start") || side.equals("end") ? side : "mid";
        return new Name(at(x), at((box.top() + box.bottom()) / 2 + size * 0.36), text, css);
    }

    private static String at(double x) {
        return String.format(Locale.ROOT, "%.1f", x);
    }
}
