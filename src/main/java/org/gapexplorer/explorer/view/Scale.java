package org.gapexplorer.explorer.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A chart's axis: where a value lies, and which values are marked.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}
 * @param from where the axis begins, in the units of the view box
 * @param to where it ends; less than {@code from} where it points up
 * @param rail where zero stands on a logarithmic axis, apart from the others; NaN where no value is zero
 */
public record Scale(Kind kind, double low, double high, double from, double to, double rail) {
    /** What an axis shows. */
    public enum Kind {
        /** A coverage; 0 has no logarithm and stands apart. */
        LOGARITHMIC,
        /** From 0 to 1. */
        SCORE,
        /** Around zero. */
        SIGNED
    }

    /** Coverage below this is drawn here: all of it is next to nothing. */
    private static final double LEAST = 1e-3;

    private static final double RAIL = 26;

    public static Scale of(Kind kind, double[] values, double from, double to) {
        double least = Arrays.stream(values)
                .filter(v -> kind != Kind.LOGARITHMIC || v > 0)
                .min()
                .orElse(1);
        double most = Arrays.stream(values).max().orElse(1);
        if (kind == Kind.LOGARITHMIC) {
            boolean zero = Arrays.stream(values).anyMatch(v -> v == 0);
            double inward = Math.signum(to - from) * RAIL;
            double low = Math.max(LEAST, least) / 1.15;
            return new Scale(
                    kind,
                    low,
                    Math.max(most, low * 10) * 1.15,
                    zero ? from + inward : from,
                    to,
                    zero ? from + inward / 3 : Double.NaN);
        }
        double pad = Math.max(0.02, (most - least) * 0.04);
        double low = least - pad;
        double high = most + pad;
        return kind == Kind.SCORE
                ? new Scale(kind, Math.max(-0.02, low), Math.min(1.02, high), from, to, Double.NaN)
                : new Scale(kind, Math.min(low, -0.05), Math.max(high, 0.05), from, to, Double.NaN);
    }

    /** Where the value lies. */
    public double at(double value) {
        if (kind == Kind.LOGARITHMIC && value == 0) return rail;
        double share = kind == Kind.LOGARITHMIC
                ? Math.log(Math.max(value, LEAST) / low) / Math.log(high / low)
                : (value - low) / (high - low);
        return from + Math.clamp(share, 0, 1) * (to - from);
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** The values to mark, in order. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (kind == Kind.LOGARITHMIC) {
            // a narrow range has twos and fives marked, too
            List<Integer> digits = high / low > 2_000 ? List.of(1) : List.of(1, 2, 5);
            for (int p = (int) Math.floor(Math.log10(low)); p <= Math.log10(high); p++) {
                for (int digit : digits) {
                    double value = digit * Math.pow(10, p);
                    if (holds(value)) ticks.add(value);
                }
            }
            return ticks;
        }
        double step = HistogramChart.nice((high - low) / 5);
        for (double v = Math.ceil(low / step) * step; v <= high; v += step) ticks.add(Math.abs(v) < 1e-9 ? 0 : v);
        return ticks;
    }

    String text(double value) {
        return switch (kind) {
            case LOGARITHMIC -> new BigDecimal(value).round(new MathContext(1)).toPlainString();
            case SCORE -> Numbers.score(value);
            case SIGNED -> Numbers.signed(value);
        };
    }
}
