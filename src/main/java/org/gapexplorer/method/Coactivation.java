package org.gapexplorer.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Which concepts fire on the same items, more than chance would have it. Benchmarks differ in what they are about, so any
 * two concepts of one benchmark would look alike over the suite; both what is expected and how strong the tie is are
 * therefore taken benchmark by benchmark, as in the Mantel-Haenszel test.
 *
 * <p>With n_b items in benchmark b, on k_b of which the one concept fires, on l_b the other, and on a of all items both:
 *
 * <pre>
 *   expected = sum_b k_b l_b / n_b
 *   phi      = (a - expected) / sqrt(sum_b k_b (n_b - k_b) / n_b * sum_b l_b (n_b - l_b) / n_b)
 * </pre>
 *
 * <p>phi is the correlation, within benchmarks, of the two yes/no columns: 1 for always together, 0 for no tie. Safe for
 * any number of threads.
 */
public final class Coactivation {
    /** Items that two concepts must share to be looked at. */
    private static final int LEAST_TOGETHER = 5;
    /** Chance of naming any partner of a concept that has none. */
    private static final double LEVEL = 0.05;

    private final int[][] conceptsOf;
    private final int[][] itemsOf;
    private final int[] sizes;
    /** Items by concept and benchmark. */
    private final int[][] support;
    /** sum_b k_b (n_b - k_b) / n_b. */
    private final double[] spread;

    private final int live;
    private final ThreadLocal<int[]> counts;

    /**
     * A concept that fires together with another.
     *
     * @param together items on which both fire
     * @param expected items on which both would fire if they had nothing to do with each other within a benchmark
     * @param phi correlation within benchmarks, -1 to 1
     */
    public record Partner(int concept, int together, double expected, double phi) {}

    /**
     * @param conceptsOf by item: the concepts that fire on it, each once, numbered from 0
     * @param benchmarkOf by item: its benchmark, numbered from 0
     * @param concepts how many there are
     */
    public Coactivation(int[][] conceptsOf, int[] benchmarkOf, int concepts) {
        this.conceptsOf = conceptsOf;
        sizes = new int[Arrays.stream(benchmarkOf).max().orElse(-1) + 1];
        support = new int[concepts][sizes.length];
        int[] all = new int[concepts];
        for (int item = 0; item < conceptsOf.length; item++) {
            sizes[benchmarkOf[item]]++;
            for (int concept : conceptsOf[item]) {
                support[concept][benchmarkOf[item]]++;
                all[concept]++;
            }
        }
        itemsOf = new int[concepts][];
        for (int c = 0; c < concepts; c++) itemsOf[c] = new int[all[c]];
        for (int item = conceptsOf.length - 1; item >= 0; item--) {
            for (int concept : conceptsOf[item]) itemsOf[concept][--all[concept]] = item;
        }
        spread = new double[concepts];
        for (int c = 0; c < concepts; c++) {
            for (int b = 0; b < sizes.length; b++) {
                double k = support[c][b];
                if (k > 0) spread[c] += k * (sizes[b] - k) / sizes[b];
            }
        }
        live = (int) Arrays.stream(itemsOf).filter(items -> items.length > 0).count();
        counts = ThreadLocal.withInitial(() -> new int[concepts]);
    }

    /** The concepts most strongly tied to one, by phi, of those whose tie is beyond chance; strongest first. */
    public List<Partner> partners(int concept, int most) {
        var strongest = new PriorityQueue<Partner>(
                Comparator.comparingDouble(Partner::phi).thenComparing(Partner::concept, Comparator.reverseOrder()));
        int[] together = counts.get();
        for (int item : itemsOf[concept]) {
            for (int other : conceptsOf[item]) together[other]++;
        }
        for (int other = 0; other < together.length; other++) {
            int both = together[other];
            together[other] = 0;
            if (both < LEAST_TOGETHER || other == concept) continue;
            double scale = Math.sqrt(spread[concept] * spread[other]);
            double least = strongest.size() < most ? 0 : strongest.peek().phi();
            // what is expected can only lower phi: most concepts are done with here
            if (scale == 0 || both / scale <= least) continue;
            double expected = expected(concept, other);
            double phi = (both - expected) / scale;
            if (phi <= least || byChance(concept, other, both, expected) * (live - 1) >= LEVEL) continue;
            strongest.add(new Partner(other, both, expected, phi));
            if (strongest.size() > most) strongest.poll();
        }
        var partners = new ArrayList<Partner>(strongest);
        partners.sort(strongest.comparator().reversed());
        return partners;
    }

    private double expected(int concept, int other) {
        double expected = 0;
        for (int b = 0; b < sizes.length; b++) {
            int k = support[concept][b];
            if (k > 0) expected += (double) k * support[other][b] / sizes[b];
        }
        return expected;
    }

    /**
     * A bound on the chance of that many items or more together, were the items of each concept drawn at random within
     * each benchmark: with m = sum_b min(k_b, l_b) draws, exp(-m KL(a / m || expected / m)), Chernoff's bound as Hoeffding
     * (Journal of the American Statistical Association 58, 1963) gives it for draws with unlike chances (theorem 1) and
     * without replacement (theorem 4).
     */
    private double byChance(int concept, int other, int both, double expected) {
        if (both <= expected) return 1;
        double draws = 0;
        for (int b = 0; b < sizes.length; b++) draws += Math.min(support[concept][b], support[other][b]);
        double distance = both * Math.log(both / expected);
        if (both < draws) distance += (draws - both) * Math.log((draws - both) / (draws - expected));
        return Math.exp(-distance);
    }
}
