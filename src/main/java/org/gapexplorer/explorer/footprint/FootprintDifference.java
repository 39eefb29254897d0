package org.gapexplorer.explorer.footprint;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.gapexplorer.catalog.SavedFootprint;
import org.gapexplorer.method.FootprintChange;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Snapshot;

/**
 * A footprint held against an earlier one of the same lens.
 *
 * @param id of the earlier one
 * @param snapshot that the earlier one was made with: its expected scores come from there
 * @param then the earlier one, against the same study as the later
 * @param tested concepts that fire in either
 * @param changed those whose share of prompts changed with q below {@value SURE}, the largest change first, {@value LISTED}
 *     at most
 * @param changes how many they are
 */
public record FootprintDifference(
        String id,
        String title,
        Instant created,
        String snapshot,
        FootprintReport then,
        int tested,
        int changes,
        List<Change> changed) {
    static final double SURE = 0.05;
    static final int LISTED = 200;

    public record Change(String label, LabelKind kind, FootprintChange change) {}

    static FootprintDifference of(
            Snapshot snapshot, FootprintMasses masses, SavedFootprint earlier, FootprintProfile now) {
        FootprintProfile before = FootprintProfile.of(earlier.profile);
        List<FootprintChange> all = FootprintChange.between(before.concepts(), now.concepts());
        List<FootprintChange> sure = all.stream()
                .filter(c -> c.q() < SURE)
                .sorted(Comparator.comparingDouble(
                        (FootprintChange c) -> -Math.abs(c.share().difference())))
                .toList();
        TreeSet<Integer> ids = new TreeSet<>();
        sure.forEach(c -> ids.add(c.concept()));
        Map<Integer, ConceptRow> rows = new java.util.HashMap<>();
        snapshot.concepts(List.copyOf(ids)).forEach(row -> rows.put(row.concept(), row));
        return new FootprintDifference(
                earlier.shortId,
                earlier.title,
                earlier.created,
                earlier.snapshot,
                FootprintReport.of(snapshot, masses, before),
                all.size(),
                sure.size(),
                sure.stream()
                        .filter(c -> rows.containsKey(c.concept()))
                        .limit(LISTED)
                        .map(c -> new Change(
                                rows.get(c.concept()).label(),
                                rows.get(c.concept()).kind(),
                                c))
                        .toList());
    }
}
