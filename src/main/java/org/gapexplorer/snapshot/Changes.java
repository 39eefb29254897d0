package org.gapexplorer.snapshot;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gapexplorer.snapshot.ChangeQuery.Of;

/**
 * What differs between two snapshots of one lens.
 *
 * @param before version of the earlier one
 * @param suite the suite as a whole; its id is {@link Snapshot#OVERALL}
 * @param benchmarks those of either snapshot, the later one's first, in its order
 * @param scores the two models over the items that both snapshots hold and both models were scored on; empty where the
 *     query names no models
 * @param model whose scores in the later snapshot are looked at; null for none
 * @param was the earlier snapshot's model that they are held against
 * @param counts how many concepts each list holds; without models none of scores
 * @param show the list that {@code rows} are of
 */
public record Changes(
        String before,
        String after,
        Bench suite,
        List<Bench> benchmarks,
        Optional<Pairing.Paired> scores,
        String model,
        String was,
        Map<Of, Integer> counts,
        Of show,
        Page<Row> rows) {
    public Changes {
        benchmarks = List.copyOf(benchmarks);
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /**
     * A benchmark in both.
     *
     * @param itemsBefore 0 where the earlier snapshot has not got it
     * @param itemsAfter 0 where the later one has not
     * @param same items that both hold, by their id and text
     * @param appeared live concepts that fire on some item now and fired on none before
     * @param vanished live concepts that fired before and fire on none now
     */
    public record Bench(String id, int itemsBefore, int itemsAfter, int same, int appeared, int vanished) {}

    /**
     * A concept in both.
     *
     * @param scoreBefore of the earlier model; empty is N/A
     * @param pair later minus earlier over the same items, each weighing by the concept's saliency; "first" is the later
     */
    public record Row(
            int concept,
            String label,
            LabelKind kind,
            Coverage before,
            Coverage after,
            Optional<Performance> scoreBefore,
            Optional<Performance> scoreAfter,
            Optional<Pairing.Paired> pair) {}
}
