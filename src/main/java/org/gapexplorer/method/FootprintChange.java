package org.gapexplorer.method;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How the share of prompts on which a concept fires differs between two footprints.
 *
 * @param before prompts of the earlier one on which it fires
 * @param after prompts of the later one
 * @param share the difference of the shares, later minus earlier, with its interval and p
 * @param q p adjusted for all concepts that fire in either (Benjamini and Hochberg)
 */
public record FootprintChange(int concept, int before, int after, Proportions share, double q) {

    /** One for every concept that fires in either, by number; both must be of the same lens and have prompts. */
    public static List<FootprintChange> between(Footprint earlier, Footprint later) {
        TreeMap<Integer, int[]> counts = new TreeMap<>();
        count(earlier, 0, counts);
        count(later, 1, counts);
        List<Proportions> shares = counts.values().stream()
                .map(k -> Proportions.of(k[0], earlier.prompts(), k[1], later.prompts()))
                .toList();
        double[] q =
                FalseDiscovery.q(shares.stream().mapToDouble(Proportions::p).toArray(), shares.size());
        List<FootprintChange> changes = new ArrayList<>();
        counts.forEach((concept, k) ->
                changes.add(new FootprintChange(concept, k[0], k[1], shares.get(changes.size()), q[changes.size()])));
        return changes;
    }

    private static void count(Footprint of, int at, TreeMap<Integer, int[]> counts) {
        for (int i = 0; i < of.concept().length; i++) {
            counts.computeIfAbsent(of.concept()[i], c -> new int[2])[at] = of.firing()[i];
        }
    }
}
