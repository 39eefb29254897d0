package org.gapexplorer.explorer.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Values sorted into colour classes that hold about equally many each, so that a few extremes do not leave everything else
 * one colour.
 *
 * @param css the colours' classes, lowest first
 * @param from the least value of each class; NaN for a class that holds none
 * @param to the greatest, likewise
 */
public record Classes(List<String> css, double[] from, double[] to) {
    /** Five steps of the sequential scale. */
    private static final List<String> SEQUENTIAL = List.of("s1", "s3", "s5", "s7", "s9");

    /** Seven steps, the middle one for what is nearest to zero. */
    private static final List<String> DIVERGING = List.of("g0", "g1", "g2", "g3", "g4", "g5", "g6");

    /** An entry of a legend. */
    public record Key(String css, String text) {}

    /** Fifths of the values. */
    public static Classes sequential(double[] values) {
        Classes classes = empty(SEQUENTIAL);
        classes.fill(values, 0, SEQUENTIAL.size());
        return classes;
    }

    /** The seventh nearest to zero, then thirds of the others below it and thirds of the others above. */
    public static Classes diverging(double[] values) {
        Classes classes = empty(DIVERGING);
        double[] sizes = Arrays.stream(values)
                .map(Math::abs)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        int seventh = Math.round((float) sizes.length / DIVERGING.size());
        double nothing = seventh == 0 ? 0 : sizes[seventh - 1];
        classes.fill(Arrays.stream(values).filter(v -> v < -nothing).toArray(), 0, 3);
        classes.fill(Arrays.stream(values).filter(v -> Math.abs(v) <= nothing).toArray(), 3, 1);
        classes.fill(Arrays.stream(values).filter(v -> v > nothing).toArray(), 4, 3);
        return classes;
    }

    /** The class of one of the values. */
    public String of(double value) {
        for (int i = 0; i < to.length; i++) {
            if (value >= from[i] && value <= to[i]) return css.get(i);
        }
        return "none";
    }

    /** The classes that hold a value, as ranges. */
    public List<Key> legend(DoubleFunction<String> number) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < to.length; i++) {
            if (Double.isNaN(from[i])) continue;
            String low = number.apply(from[i]);
            String high = number.apply(to[i]);
            keys.add(new Key(css.get(i), low.equals(high) ? low : low + " to " + high));
        }
        return keys;
    }

    private static Classes empty(List<String> css) {
        double[] none = new double[css.size()];
        Arrays.fill(none, Double.NaN);
        return new Classes(css, none, none.clone());
    }

    private void fill(double[] values, int first, int count) {
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        for (int i = 0, begin = 0; i < count; i++) {
            int end = (int) Math.round((double) sorted.length * (i + 1) / count);
            // equal values stay together
            while (end > begin && end < sorted.length && sorted[end] == sorted[end - 1]) end++;
            if (end <= begin) continue;
            from[first + i] = sorted[begin];
            to[first + i] = sorted[end - 1];
            begin = end;
        }
    }
}
