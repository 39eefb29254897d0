package org.gapexplorer.explorer.view;

import java.util.Locale;
import java.util.OptionalDouble;
import org.gapexplorer.snapshot.Estimate;
import org.gapexplorer.snapshot.Performance;

/**
 * A small picture within a table cell; the number beside it says the same, so it is hidden from screen readers. Units are
 * those of its 144 by 16 view box.
 *
 * @param kind {@code dot}, {@code bar} or {@code gap}
 * @param low left end of the interval or bar; empty where there is none
 * @param width of the interval or bar
 * @param dot the value
 * @param reference a solid tick (the headline score, the average coverage, zero); empty for none
 * @param chance a dashed tick; empty for none
 * @param sign {@code d-pos} or {@code d-neg} for a gap
 */
public record Mark(String kind, String low, String width, String dot, String reference, String chance, String sign) {
    private static final double WIDTH = 144;
    private static final double PAD = 4;
    /** Coverage bars span four decades, 0.01 to 100. */
    private static final double DECADES = 4;

    /** A score with its interval on [0, 1]. */
    public static Mark score(Performance p, OptionalDouble reference, OptionalDouble chance) {
        return score(p.chi(), p.low(), p.high(), reference, chance);
    }

    public static Mark score(
            double value, OptionalDouble low, OptionalDouble high, OptionalDouble reference, OptionalDouble chance) {
        boolean range = low.isPresent() && high.isPresent();
        return new Mark(
                "dot",
                range ? at(low.getAsDouble()) : "",
                range ? text((high.getAsDouble() - low.getAsDouble()) * (WIDTH - 2 * PAD)) : "",
                at(value),
                at(reference),
                at(chance),
                "");
    }

    /** A coverage as a bar on a log scale from 0.01 to 100, the tick at 1. */
    public static Mark coverage(double chi) {
        return new Mark("bar", text(PAD), text(chi <= 0 ? 0 : share(chi) * (WIDTH - 2 * PAD)), "", at(0.5), "", "");
    }

    /** A gap as a bar from zero, which is the middle; {@code reach} is the gap that fills a half. */
    public static Mark gap(double gap, double reach) {
        double half = (WIDTH - 2 * PAD) / 2;
        double length = Math.min(1, Math.abs(gap) / reach) * half;
        double from = gap < 0 ? WIDTH / 2 - length : WIDTH / 2;
        return new Mark("gap", text(from), text(length), "", at(0.5), "", gap < 0 ? "d-neg" : "d-pos");
    }

    /** A difference with its interval; {@code reach} is the difference at either end, and the tick stands at 0. */
    public static Mark difference(Estimate d, double reach) {
        return score(
                place(d.value(), reach),
                OptionalDouble.of(place(d.low(), reach)),
                OptionalDouble.of(place(d.high(), reach)),
                OptionalDouble.of(0.5),
                OptionalDouble.empty());
    }

    private static double place(double difference, double reach) {
        return Math.clamp((difference / reach + 1) / 2, 0, 1);
    }

    /** A share as a bar from the left; {@code most} fills the width. */
    public static Mark share(double share, double most) {
        double length = most > 0 ? Math.clamp(share / most, 0, 1) : 0;
        return new Mark("bar", text(PAD), text(length * (WIDTH - 2 * PAD)), "", "", "", "");
    }

    private static double share(double chi) {
        return Math.clamp((Math.log10(chi) + 2) / DECADES, 0.01, 1);
    }

    private static String at(OptionalDouble value) {
        return value.isPresent() ? at(value.getAsDouble()) : "";
    }

    private static String at(double value) {
        return text(PAD + Math.clamp(value, 0, 1) * (WIDTH - 2 * PAD));
    }

    private static String text(double x) {
        return String.format(Locale.ROOT, "%.1f", x);
    }
}
