package org.gapexplorer.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.util.FixedBitSet;
import org.gapexplorer.method.PairedScores;
import org.gapexplorer.snapshot.ChangeQuery.Of;
import org.gapexplorer.snapshot.Fields.CoverageColumn;
import org.gapexplorer.snapshot.Fields.PerformanceColumn;
import org.gapexplorer.study.Problem;

/** Holds one snapshot against an earlier one, concept by concept and item by item. */
final class ChangeQueries {
    private final SnapshotIndex before;
    private final SnapshotIndex after;
    /** By datapoint of the later snapshot: the same one in the earlier, -1 for none. */
    private final int[] earlier;

    /** @throws Problem where the two were not read by the same lens, so that their concepts are not the same */
    ChangeQueries(SnapshotIndex before, SnapshotIndex after) {
        this.before = before;
        this.after = after;
        LensFacts then = before.study.study().lens();
        LensFacts now = after.study.study().lens();
        boolean same = then.model().equals(now.model())
                && then.layer().equals(now.layer())
                && then.concepts() == now.concepts()
                && before.table.hasSameConcepts(after.table);
        if (!same) {
            throw otherLens(then, now, "their concepts are not the same");
        }
        earlier = after.sameItems.get(version(before), version -> SameItems.find(before, after));
        if (!SameItems.readAlike(before, after, earlier)) {
            throw otherLens(then, now, "they see other concepts in the same items");
        }
    }

    private Problem otherLens(LensFacts then, LensFacts now, String why) {
        return new Problem(
                "snapshots " + version(before) + " and " + version(after),
                "were read by different lenses (" + then.name() + "; " + now.name() + "): " + why,
                "compare snapshots that were made with one lens");
    }

    private static String version(SnapshotIndex index) {
        return index.study.study().version();
    }

    Changes changes(ChangeQuery query) {
        try {
            Lists lists = new Lists(query);
            Of show = query.of() == null ? lists.first() : query.of();
            return new Changes(
                    version(before),
                    version(after),
                    suite(),
                    Stream.concat(ids(after).stream(), ids(before).stream())
                            .distinct()
                            .map(this::bench)
                            .toList(),
                    scored(query) ? Optional.of(onItems(query)) : Optional.empty(),
                    query.modelAfter(),
                    query.modelBefore(),
                    lists.counts,
                    show,
                    rows(lists, show));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a model that both snapshots have scored some item of both differently. */
    boolean scoredOtherwise(String model) {
        double[] then = before.datapoints.scores(model).orElseThrow();
        double[] now = after.datapoints.scores(model).orElseThrow();
        return IntStream.range(0, earlier.length)
                .anyMatch(d -> earlier[d] >= 0 && Double.compare(now[d], then[earlier[d]]) != 0);
    }

    private static List<String> ids(SnapshotIndex index) {
        return index.study.benchmarks().stream().map(BenchmarkView::id).toList();
    }

    private Changes.Bench suite() {
        List<BenchmarkView> all = after.study.benchmarks();
        return bench(
                Snapshot.OVERALL,
                items(before),
                items(after),
                same(d -> all.get(after.datapoints.benchmarkOf(d)).inSuite()),
                fires(before),
                fires(after));
    }

    /** Items of the suite. */
    private static int items(SnapshotIndex index) {
        return index.study.benchmarks().stream()
                .filter(BenchmarkView::inSuite)
                .mapToInt(BenchmarkView::items)
                .sum();
    }

    /** Concepts that fire on some item of the suite. */
    private static FixedBitSet fires(SnapshotIndex index) {
        FixedBitSet fires = new FixedBitSet(index.table.size());
        List<BenchmarkView> all = index.study.benchmarks();
        IntStream.range(0, all.size())
                .filter(b -> all.get(b).inSuite())
                .forEach(b -> fires.or(index.presence.present(b)));
        return fires;
    }

    private Changes.Bench bench(String id) {
        int then = ids(before).indexOf(id);
        int now = ids(after).indexOf(id);
        return bench(
                id,
                then < 0 ? 0 : before.study.benchmarks().get(then).items(),
                now < 0 ? 0 : after.study.benchmarks().get(now).items(),
                now < 0 ? 0 : same(d -> after.datapoints.benchmarkOf(d) == now),
                then < 0 ? new FixedBitSet(before.table.size()) : before.presence.present(then),
                now < 0 ? new FixedBitSet(after.table.size()) : after.presence.present(now));
    }

    private static Changes.Bench bench(String id, int then, int now, int same, FixedBitSet fired, FixedBitSet fires) {
        return new Changes.Bench(id, then, now, same, (int) FixedBitSet.andNotCount(fires, fired), (int)
                FixedBitSet.andNotCount(fired, fires));
    }

    private int same(IntPredicate datapoint) {
        return (int) IntStream.range(0, earlier.length)
                .filter(d -> earlier[d] >= 0 && datapoint.test(d))
                .count();
    }

    private static boolean scored(ChangeQuery query) {
        return query.modelBefore() != null && query.modelAfter() != null;
    }

    private Pairing.Paired onItems(ChangeQuery query) {
        PairedScores sums = new PairedScores(ids(after).size());
        int only = ids(after).indexOf(query.benchmark());
        double[] then = before.datapoints.scores(query.modelBefore()).orElseThrow();
        double[] now = after.datapoints.scores(query.modelAfter()).orElseThrow();
        for (int d = 0; d < earlier.length; d++) {
            add(sums, d, 1, only, now, then);
        }
        return PairQueries.paired(sums);
    }

    private Pairing.Paired onConcept(int concept, ChangeQuery query) {
        PairedScores sums = new PairedScores(ids(after).size());
        int only = ids(after).indexOf(query.benchmark());
        double[] then = before.datapoints.scores(query.modelBefore()).orElseThrow();
        double[] now = after.datapoints.scores(query.modelAfter()).orElseThrow();
        Firings.OfConcept firings = after.concepts.firings(concept);
        for (int i = 0; i < firings.size(); i++) {
            add(sums, firings.datapoints()[i], firings.saliency()[i], only, now, then);
        }
        return PairQueries.paired(sums);
    }

    private void add(PairedScores sums, int datapoint, double weight, int only, double[] now, double[] then) {
        int b = after.datapoints.benchmarkOf(datapoint);
        if (earlier[datapoint] >= 0 && (only < 0 || b == only)) {
            sums.add(b, weight, now[datapoint], then[earlier[datapoint]]);
        }
    }

    private Page<Changes.Row> rows(Lists lists, Of show) throws IOException {
        ChangeQuery query = lists.query;
        int[] documents = Highest.of(lists.change(show), d -> true, query.offset() + query.limit())
                .skip(query.offset())
                .toArray();
        int all = lists.counts.getOrDefault(show, 0);
        return new Page<>(rows(documents, query), query.offset(), query.limit(), new Total(all, true));
    }

    /** The lists that a query may ask for, over one reading of both snapshots' columns. */
    private final class Lists {
        final ChangeQuery query;
        final Map<Of, Integer> counts = new EnumMap<>(Of.class);
        private final Side then;
        private final Side now;
        /** Live in either snapshot: what is gone from the whole study is live in the earlier one alone. */
        private final FixedBitSet listed;

        Lists(ChangeQuery query) throws IOException {
            this.query = query;
            then = new Side(before, query.benchmark(), query.modelBefore());
            now = new Side(after, query.benchmark(), query.modelAfter());
            listed = before.presence.live(Set.of());
            listed.or(after.presence.live(Set.of()));
            after.presence.keep(listed, query.kinds());
            for (Of of : Of.values()) {
                if (of.ofScores() && !scored(query)) continue;
                counts.put(of, (int)
                        Arrays.stream(change(of)).filter(v -> !Double.isNaN(v)).count());
            }
        }

        /** What a visitor who names no list came for: where coverage is as it was, the scores that are not. */
        Of first() {
            if (counts.get(Of.COVERAGE) > 0) return Of.COVERAGE;
            int better = counts.getOrDefault(Of.BETTER, 0);
            int worse = counts.getOrDefault(Of.WORSE, 0);
            if (better + worse == 0) return Of.COVERAGE;
            return better >= worse ? Of.BETTER : Of.WORSE;
        }

        /** By document: how far up it stands in the list; NaN leaves it out. */
        double[] change(Of of) {
            double[] change = new double[now.chi.length];
            Arrays.setAll(change, d -> {
                if (!listed.get(d)) return Double.NaN;
                double coverage = Math.abs(now.chi[d] - then.chi[d]);
                boolean enough = Math.max(then.support[d], now.support[d]) >= query.minSupport() && coverage > 0;
                boolean scored = Math.min(then.scored[d], now.scored[d]) >= Math.max(1, query.minSupport());
                return switch (of) {
                    case COVERAGE -> enough ? coverage : Double.NaN;
                    case APPEARED -> enough && then.support[d] == 0 ? coverage : Double.NaN;
                    case VANISHED -> enough && now.support[d] == 0 ? coverage : Double.NaN;
                    case BETTER -> scored && now.score[d] > then.score[d] ? now.score[d] - then.score[d] : Double.NaN;
                    case WORSE -> scored && now.score[d] < then.score[d] ? then.score[d] - now.score[d] : Double.NaN;
                };
            });
            return change;
        }
    }

    private List<Changes.Row> rows(int[] documents, ChangeQuery query) throws IOException {
        ConceptQuery wanted = ConceptQuery.all().benchmark(query.benchmark()).build();
        List<ConceptRow> then = before.table.rows(documents, wanted, TextQuery.NOTHING);
        List<ConceptRow> now = after.table.rows(documents, wanted, TextQuery.NOTHING);
        List<Changes.Row> rows = new ArrayList<>();
        for (int i = 0; i < documents.length; i++) {
            ConceptRow row = now.get(i);
            rows.add(new Changes.Row(
                    row.concept(),
                    row.label(),
                    row.kind(),
                    coverage(then.get(i), query.benchmark()),
                    coverage(row, query.benchmark()),
                    score(then.get(i), query.modelBefore(), query.benchmark()),
                    score(row, query.modelAfter(), query.benchmark()),
                    scored(query) ? Optional.of(onConcept(row.concept(), query)) : Optional.empty()));
        }
        return rows;
    }

    /** Nothing where that snapshot has not got the benchmark. */
    private static Coverage coverage(ConceptRow row, String benchmark) {
        Map<String, Coverage> all = row.coverage();
        return benchmark == null ? row.suite() : all.getOrDefault(benchmark, new Coverage(0, 0, 0, Status.MISSING));
    }

    private static Optional<Performance> score(ConceptRow row, String model, String benchmark) {
        return model == null
                ? Optional.empty()
                : row.performance(model, benchmark == null ? Snapshot.OVERALL : benchmark);
    }

    /** One snapshot's columns, by document; nothing anywhere where it has not got the benchmark or model. */
    private static final class Side {
        final double[] chi;
        final int[] support;
        final double[] score;
        final int[] scored;

        Side(SnapshotIndex index, String benchmark, String model) throws IOException {
            Columns all = Columns.ofAll(index.conceptLeaf());
            int b = index.table.benchmark(benchmark);
            int m = model == null ? -1 : index.table.model(model);
            chi = all.doubles(CoverageColumn.CHI.of(b));
            Arrays.setAll(chi, d -> Double.isNaN(chi[d]) ? 0 : chi[d]);
            support = all.ints(CoverageColumn.SUPPORT.of(b), 0);
            score = all.doubles(PerformanceColumn.CHI.of(m, b));
            scored = all.ints(PerformanceColumn.SUPPORT.of(m, b), 0);
        }
    }
}
