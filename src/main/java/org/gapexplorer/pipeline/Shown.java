package org.gapexplorer.pipeline;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gapexplorer.run.RunFolder;

/** Chooses by which concepts a datapoint's tokens can be shaded: on the concept's page, and on its own. */
final class Shown {
    /** Per concept, the strongest datapoints of all; enough for a page of them. */
    private static final int OVERALL = 12;
    /** Per concept and benchmark. */
    private static final int IN_BENCHMARK = 4;
    /** Per datapoint, the strongest concepts of all and the strongest with a clear meaning: what its page lists. */
    private static final int IN_ITEM = 30;

    private static final Comparator<RunFolder.Saliency> WEAKEST_FIRST = Comparator.comparing(
                    RunFolder.Saliency::saliency)
            .thenComparing(RunFolder.Saliency::item, Comparator.reverseOrder())
            .thenComparing(RunFolder.Saliency::concept, Comparator.reverseOrder());

    private record InBenchmark(int concept, String benchmark) {}

    /** A datapoint's key. */
    record Key(String benchmark, String item) {}

    private final BitSet meant;
    private final Map<Integer, PriorityQueue<RunFolder.Saliency>> overall = new HashMap<>();
    private final Map<InBenchmark, PriorityQueue<RunFolder.Saliency>> inBenchmark = new HashMap<>();
    private final Map<Key, PriorityQueue<RunFolder.Saliency>> inItem = new HashMap<>();
    private final Map<Key, PriorityQueue<RunFolder.Saliency>> meantInItem = new HashMap<>();

    private Shown(BitSet meant) {
        this.meant = meant;
    }

    /**
     * The chosen concepts of each datapoint.
     *
     * @param meant concepts whose label is a clear meaning
     */
    static Map<Key, Set<Integer>> of(RunFolder run, BitSet meant) {
        var shown = new Shown(meant);
        RunFolder.SALIENCY.forEach(run.saliencyParts(), shown::offer);
        return shown.chosen();
    }

    private void offer(RunFolder.Saliency s) {
        Key item = new Key(s.benchmark(), s.item());
        keep(overall, s.concept(), s, OVERALL);
        keep(inBenchmark, new InBenchmark(s.concept(), s.benchmark()), s, IN_BENCHMARK);
        keep(inItem, item, s, IN_ITEM);
        if (meant.get(s.concept())) {
            keep(meantInItem, item, s, IN_ITEM);
        }
    }

    private static <K> void keep(
            Map<K, PriorityQueue<RunFolder.Saliency>> queues, K key, RunFolder.Saliency s, int most) {
        PriorityQueue<RunFolder.Saliency> queue = queues.computeIfAbsent(key, k -> new PriorityQueue<>(WEAKEST_FIRST));
        queue.add(s);
        if (queue.size() > most) {
            queue.poll();
        }
    }

    private Map<Key, Set<Integer>> chosen() {
        var chosen = new TreeMap<Key, Set<Integer>>(
                Comparator.comparing(Key::benchmark).thenComparing(Key::item));
        for (var queues : List.of(overall, inBenchmark, inItem, meantInItem)) {
            for (PriorityQueue<RunFolder.Saliency> queue : queues.values()) {
                for (RunFolder.Saliency s : queue) {
                    chosen.computeIfAbsent(new Key(s.benchmark(), s.item()), k -> new TreeSet<>())
                            .add(s.concept());
                }
            }
        }
        return chosen;
    }
}
