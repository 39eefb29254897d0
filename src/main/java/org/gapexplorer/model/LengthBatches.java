package org.gapexplorer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Groups texts of like length, so that little of a batch is padding. The plan depends on the lengths alone. */
public final class LengthBatches {
    private LengthBatches() {}

    /** The plan for a graph: {@link #plan(int[], int, int)}, within what its {@link Batching} allows. */
    public static List<int[]> plan(int[] lengths, Batching batching, int maxItems, int maxTokens) {
        return switch (batching) {
            case PADDED -> plan(lengths, maxItems, maxTokens);
            case ONE_BY_ONE -> plan(lengths, 1, maxTokens);
            case SAME_LENGTH ->
                plan(lengths, maxItems, maxTokens).stream()
                        .flatMap(batch -> Arrays.stream(batch)
                                .boxed()
                                .collect(Collectors.groupingBy(i -> -lengths[i], TreeMap::new, Collectors.toList()))
                                .values()
                                .stream())
                        .map(same -> same.stream().mapToInt(Integer::intValue).toArray())
                        .toList();
        };
    }

    /**
     * Plans batches from the longest texts to the shortest; texts of one length keep their order.
     *
     * @param lengths tokens of each text
     * @param maxItems texts in a batch at most
     * @param maxTokens tokens in a batch at most, padding included; a longer text is a batch of its own
     * @return the texts' indices, batch by batch
     */
    public static List<int[]> plan(int[] lengths, int maxItems, int maxTokens) {
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -lengths[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> batches = new ArrayList<>();
        int from = 0;
        while (from < order.length) {
            int longest = Math.max(1, lengths[order[from]]);
            int size = Math.max(1, Math.min(maxItems, maxTokens / longest));
            int to = Math.min(order.length, from + size);
            batches.add(IntStream.range(from, to).map(i -> order[i]).toArray());
            from = to;
        }
        return batches;
    }
}
