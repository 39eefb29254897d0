package org.gapexplorer.explorer.benchmark;

import java.util.List;
import java.util.OptionalDouble;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.HeatMap;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.Overlap;
import org.gapexplorer.snapshot.Snapshot;

/**
 * How far benchmarks overlap: as they are, or with the effect of their size taken out.
 *
 * @param choices the switch between the two; empty where the run has only the one
 */
public record Overlaps(HeatMap map, List<Choice> choices) {
    private static final String PARAMETER = "overlap";
    private static final String RAREFIED = "rarefied";

    /** @param ids rows and columns, in this order */
    static Overlaps of(Snapshot snapshot, Names names, List<String> ids, Params params, Url here, Links links) {
        Overlap overlap = snapshot.overlap();
        boolean asked = RAREFIED.equals(params.one(PARAMETER, List.of("raw", RAREFIED), o -> o));
        boolean known = overlap.rarefied().stream().anyMatch(row -> row.stream().anyMatch(OptionalDouble::isPresent));
        if (!known) return new Overlaps(raw(overlap, names, ids, links), List.of());
        HeatMap map = asked ? rarefied(snapshot, names, ids, links) : raw(overlap, names, ids, links);
        return new Overlaps(
                map,
                List.of(
                        new Choice("all items", here.without(PARAMETER) + "#overlap", !asked),
                        new Choice("rarefied", here.with(PARAMETER, RAREFIED) + "#overlap", asked)));
    }

    private static HeatMap raw(Overlap overlap, Names names, List<String> ids, Links links) {
        return HeatMap.of(
                overlap,
                overlap.jaccard(),
                "Share of concepts that two benchmarks have in common",
                "overlap",
                ids,
                names,
                links);
    }

    private static HeatMap rarefied(Snapshot snapshot, Names names, List<String> ids, Links links) {
        List<List<Double>> values = snapshot.overlap().rarefied().stream()
                .map(row -> row.stream().map(v -> v.orElse(Double.NaN)).toList())
                .toList();
        return HeatMap.of(
                snapshot.overlap(),
                values,
                "Share of concepts that " + snapshot.rarefiedTo() + " items of each have in common",
                "rarefied",
                ids,
                names,
                links);
    }
}
