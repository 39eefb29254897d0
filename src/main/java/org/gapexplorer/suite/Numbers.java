package org.gapexplorer.suite;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Questions with a number for an answer, and wrong numbers that look right: given typical errors, then near misses. */
final class Numbers {
    private Numbers() {}

    /** A question whose answer is a whole number, with three wrong ones as {@link #near} finds them. */
    static Draft ask(Draw d, String category, String question, long right, String proof, long... errors) {
        return d.ask(category, question, right, near(d, right, errors)).proof(proof);
    }

    /**
     * Three wrong whole numbers of the same sign as {@code right}: up to two of the {@code errors}, and near misses. How
     * many of them are smaller than {@code right} is drawn first, so that its rank does not tell it.
     */
    static List<Long> near(Draw draw, long right, long... errors) {
        Set<Long> slips = new LinkedHashSet<>();
        for (long error : errors) {
            if (fits(right, error)) {
                slips.add(error);
            }
        }
        Set<Long> candidates = new LinkedHashSet<>(draw.some(2, slips));
        long step = Math.abs(right) >= 1000 ? 100 : Math.abs(right) >= 100 ? 10 : 1;
        long unit = right % step == 0 ? step : 1;
        candidates.addAll(draw.shuffled(List.of(
                right + unit,
                right - unit,
                right + step,
                right - step,
                right + 2 * step,
                right - 2 * step,
                right + 2 * unit,
                right - 2 * unit,
                right + 3 * step,
                right - 3 * step,
                right + 5 * step)));
        candidates.removeIf(candidate -> !fits(right, candidate));
        int smaller = draw.between(0, 3);
        Set<Long> wrong = new LinkedHashSet<>();
        candidates.stream().filter(c -> c < right).limit(smaller).forEach(wrong::add);
        candidates.stream().filter(c -> c > right).limit(3 - wrong.size()).forEach(wrong::add);
        return List.copyOf(wrong);
    }

    private static boolean fits(long right, long wrong) {
        return wrong != right && (right <= 0 || wrong > 0);
    }

    /** The same numbers as text with something before and after each: "$12", "12 minutes". */
    static List<String> dress(List<Long> numbers, String before, String after) {
        return numbers.stream().map(n -> before + n + after).toList();
    }
}
