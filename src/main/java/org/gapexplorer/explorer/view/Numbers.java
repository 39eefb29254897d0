package org.gapexplorer.explorer.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Numbers as the pages write them: two or three significant digits, a proper minus sign, a thin look, and "N/A" for what
 * is not defined, which is never the same as 0.
 */
public final class Numbers {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    public static final String NONE = "N/A";
    static final char MINUS = '\u2212';
    private static final char EN_DASH = '\u2013';
    /** What a share of everything may fall short of 1 by, from adding up. */
    private static final double ADDED_UP = 1e-9;

    private Numbers() {}

    /** A coverage (1 is the dictionary's average): 0, 0.031, 0.52, 1.24, 12.4, 134. */
    public static String coverage(double chi) {
        if (Double.isNaN(chi)) return NONE;
        if (chi == 0) return "0";
        if (chi < 0.001) return "<0.001";
        if (chi < 0.1) return new BigDecimal(chi).round(new MathContext(2)).toPlainString();
        if (chi < 9.995) return format("%.2f", chi);
        if (chi < 99.95) return format("%.1f", chi);
        return format("%,.0f", chi);
    }

    /** A score in [0, 1] to two decimals. */
    public static String score(double value) {
        return Double.isNaN(value) ? NONE : format("%.2f", value);
    }

    public static String score(OptionalDouble value) {
        return value.isPresent() ? score(value.getAsDouble()) : NONE;
    }

    /** {@code (0.52–0.70)}; empty where either end is missing. */
    public static String interval(OptionalDouble low, OptionalDouble high) {
        if (low.isEmpty() || high.isEmpty()) return "";
        return "(" + score(low.getAsDouble()) + EN_DASH + score(high.getAsDouble()) + ")";
    }

    public static String interval(double low, double high) {
        return interval(OptionalDouble.of(low), OptionalDouble.of(high));
    }

    /** A difference with its sign: +0.12, −0.31, 0.00. */
    public static String signed(double value) {
        if (Double.isNaN(value)) return NONE;
        String digits = format("%.2f", Math.abs(value));
        if (digits.equals("0.00")) return digits;
        return (value < 0 ? MINUS : '+') + digits;
    }

    /** {@code (+0.02 to +0.30)}. */
    public static String signedInterval(double low, double high) {
        return "(" + signed(low) + " to " + signed(high) + ")";
    }

    /** A small difference in thousandths: +0.012, −0.003, 0.000. */
    public static String signedFine(double value) {
        if (Double.isNaN(value)) return NONE;
        String digits = format("%.3f", Math.abs(value));
        if (digits.equals("0.000")) return digits;
        return (value < 0 ? MINUS : '+') + digits;
    }

    /** A difference of coverages with its sign. */
    public static String signedCoverage(double value) {
        if (Double.isNaN(value)) return NONE;
        return value == 0 ? "0" : (value < 0 ? MINUS : '+') + coverage(Math.abs(value));
    }

    /** A share in [0, 1] as per cent: 0%, <0.1%, 0.4%, 3.1%, 34%, >99%, and 100% for all alone. */
    public static String percent(double share) {
        if (Double.isNaN(share)) return NONE;
        double p = share * 100;
        if (p == 0) return "0%";
        if (p < 0.1) return "<0.1%";
        if (p >= 99.5 && share < 1 - ADDED_UP) return ">99%";
        return format(p < 9.95 ? "%.1f%%" : "%.0f%%", p);
    }

    /** A false-discovery rate. */
    public static String rate(double q) {
        if (Double.isNaN(q)) return NONE;
        if (q < 0.001) return "<0.001";
        return format(q < 0.1 ? "%.3f" : "%.2f", q);
    }

    /** A saliency or an activation: three significant digits. */
    public static String amount(double value) {
        if (Double.isNaN(value)) return NONE;
        if (value == 0) return "0";
        if (value < 0.001) return "<0.001";
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        return rounded.scale() < 0 ? rounded.setScale(0).toString() : rounded.toPlainString();
    }

    /** An expected count or a rate, to one decimal. */
    public static String expected(double value) {
        return Double.isNaN(value) ? NONE : format("%,.1f", value);
    }

    public static String day(TemporalAccessor when) {
        return when == null ? "unknown" : DAY.format(when);
    }

    /** A count, thousands apart. */
    public static String count(long n) {
        return format("%,d", n);
    }

    /** {@code 1 item}, {@code 2 items}. */
    public static String count(long n, String one, String many) {
        return count(n) + " " + (n == 1 ? one : many);
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
