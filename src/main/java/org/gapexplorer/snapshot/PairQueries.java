package org.gapexplorer.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gapexplorer.method.PairedScores;

/** Two models paired, item by item. */
final class PairQueries {
    private final ConceptQueries concepts;
    private final DatapointQueries datapoints;
    private final List<String> benchmarks;

    PairQueries(ConceptQueries concepts, DatapointQueries datapoints, List<BenchmarkView> benchmarks) {
        this.concepts = concepts;
        this.datapoints = datapoints;
        this.benchmarks = benchmarks.stream().map(BenchmarkView::id).toList();
    }

    Optional<Pairing> pair(String first, String second, ConceptQuery query) {
        Optional<double[]> left = datapoints.scores(first);
        Optional<double[]> right = datapoints.scores(second);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        ConceptPage found = concepts.scoredByBoth(first, second, query);
        int only = query.benchmark() == null ? -1 : benchmarks.indexOf(query.benchmark());
        List<Pairing.Row> rows = found.rows().stream()
                .map(row -> new Pairing.Row(row, onConcept(row.concept(), left.get(), right.get(), only)))
                .toList();
        PairedScores all = new PairedScores(benchmarks.size());
        Map<String, Pairing.Paired> each = new LinkedHashMap<>();
        for (int b = 0; b < benchmarks.size(); b++) {
            PairedScores one = new PairedScores(benchmarks.size());
            for (int d = datapoints.start(b); d < datapoints.start(b + 1); d++) {
                one.add(b, 1, left.get()[d], right.get()[d]);
            }
            all.addAll(one);
            Pairing.Paired paired = paired(one);
            if (paired.items() > 0) {
                each.put(benchmarks.get(b), paired);
            }
        }
        Page<ConceptRow> page = found.page();
        return Optional.of(new Pairing(
                first,
                second,
                paired(all),
                each,
                new Page<>(rows, page.offset(), page.limit(), page.total()),
                found.meant()));
    }

    private Pairing.Paired onConcept(int concept, double[] left, double[] right, int only) {
        Firings.OfConcept firings = concepts.firings(concept);
        PairedScores sums = new PairedScores(benchmarks.size());
        for (int i = 0; i < firings.size(); i++) {
            int d = firings.datapoints()[i];
            int b = datapoints.benchmarkOf(d);
            if (only < 0 || b == only) {
                sums.add(b, firings.saliency()[i], left[d], right[d]);
            }
        }
        return paired(sums);
    }

    static Pairing.Paired paired(PairedScores sums) {
        PairedScores.Result r = sums.result();
        return new Pairing.Paired(
                r.items(),
                r.onlyFirst(),
                r.onlySecond(),
                r.bothRight(),
                r.bothWrong(),
                r.items() == 0 ? Optional.empty() : Optional.of(new Estimate(r.difference(), r.low(), r.high())));
    }
}
