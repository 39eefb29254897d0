package org.gapexplorer.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.gapexplorer.method.Overlap;

/** What benchmarks cover together. All is counted over bits and support held in memory. */
final class SuiteQueries {
    /** Items by powers of two. */
    private static final List<Double> SUPPORT_EDGES =
            IntStream.rangeClosed(0, 16).mapToObj(i -> Math.pow(2, i)).toList();

    private final LeafReader reader;
    private final Presence presence;
    private final ConceptTable table;
    private final List<String> ids;
    private final int[] items;
    private final boolean[] inSuite;
    private final int rarefiedTo;

    SuiteQueries(LeafReader reader, Presence presence, ConceptTable table, List<BenchmarkView> benchmarks) {
        this.reader = reader;
        this.presence = presence;
        this.table = table;
        ids = benchmarks.stream().map(BenchmarkView::id).toList();
        items = benchmarks.stream().mapToInt(BenchmarkView::items).toArray();
        inSuite = new boolean[benchmarks.size()];
        for (int b = 0; b < inSuite.length; b++) inSuite[b] = benchmarks.get(b).inSuite();
        rarefiedTo = Snapshot.rarefiedTo(benchmarks);
    }

    Suite suite(SuiteQuery query) {
        List<Integer> chosen = query.benchmarks().stream()
                .map(ids::indexOf)
                .filter(b -> b >= 0 && inSuite[b])
                .toList();
        List<Integer> others = IntStream.range(0, ids.size())
                .filter(b -> inSuite[b] && !chosen.contains(b))
                .boxed()
                .toList();
        FixedBitSet concepts = presence.live(query.kinds());
        int[] documents = documents(concepts);
        int[] totals = totals(chosen, concepts.length());
        Cover cover = new Cover(concepts, query.least());
        List<Suite.Step> steps = new ArrayList<>(greedy(cover, chosen, true));
        List<Suite.Part> members = chosen.stream()
                .map(b -> part(documents, totals, query.least(), b, true))
                .toList();
        List<Suite.Part> candidates = others.stream()
                .map(b -> part(documents, totals, query.least(), b, false))
                .sorted(Comparator.comparingInt(Suite.Part::adds)
                        .thenComparingInt(Suite.Part::lifts)
                        .reversed())
                .toList();
        int all = documents.length;
        int missing = cover.missing();
        int thin = cover.thin();
        Page<ConceptRow> rows = rows(query.thin() ? cover.thinOnes() : cover.missing, query);
        steps.addAll(greedy(cover, others, false));
        return new Suite(
                chosen.stream().map(ids::get).toList(),
                chosen.stream().mapToInt(b -> items[b]).sum(),
                all,
                all - missing,
                thin,
                missing,
                query.least(),
                rarefiedTo,
                members,
                candidates,
                steps,
                rows);
    }

    /** How the labels of what a benchmark holds, and of what it misses, are made up. */
    List<KindCount> kinds(String benchmark) {
        int b = ids.indexOf(benchmark);
        List<KindCount> counts = new ArrayList<>();
        for (LabelKind kind : LabelKind.values()) {
            FixedBitSet of = presence.live(Set.of(kind));
            int live = of.cardinality();
            if (b >= 0 && live > 0) {
                counts.add(new KindCount(kind, live, (int) FixedBitSet.intersectionCount(of, presence.present(b))));
            }
        }
        return counts;
    }

    /** On how many of the benchmark's items each live concept fires; the missing ones are absent. */
    Histogram support(String benchmark) {
        int b = ids.indexOf(benchmark);
        return Histogram.of(
                SUPPORT_EDGES,
                b < 0
                        ? DoubleStream.empty()
                        : Arrays.stream(documents(presence.live(Set.of())))
                                .mapToDouble(c -> presence.support(b)[c])
                                .map(n -> n == 0 ? Double.NaN : n));
    }

    /** Adds the benchmarks one by one, each time the one that adds most; of several, the one that lifts most. */
    private List<Suite.Step> greedy(Cover cover, List<Integer> benchmarks, boolean chosen) {
        List<Integer> left = new ArrayList<>(benchmarks);
        List<Suite.Step> steps = new ArrayList<>();
        while (!left.isEmpty()) {
            int most = left.stream().mapToInt(cover::adds).max().getAsInt();
            List<Integer> tied =
                    left.stream().filter(b -> cover.adds(b) == most).toList();
            int best = tied.size() == 1
                    ? tied.getFirst()
                    : tied.stream().max(Comparator.comparingInt(cover::lifts)).orElseThrow();
            cover.add(best);
            left.remove((Integer) best);
            steps.add(new Suite.Step(ids.get(best), chosen, items[best], most, cover.missing(), cover.thin()));
        }
        return steps;
    }

    /** Items of these benchmarks on which each concept fires, by document. */
    private int[] totals(List<Integer> benchmarks, int concepts) {
        int[] totals = new int[concepts];
        for (int b : benchmarks) {
            int[] support = presence.support(b);
            for (int c = 0; c < support.length; c++) {
                totals[c] += support[c];
            }
        }
        return totals;
    }

    /** @param totals of the suite, this benchmark among it where it is a member */
    private Suite.Part part(int[] concepts, int[] totals, int least, int benchmark, boolean member) {
        int n = items[benchmark];
        double[] absent = Overlap.absentBySupport(n, Math.min(rarefiedTo, n));
        int[] support = presence.support(benchmark);
        int adds = 0;
        int lifts = 0;
        double rarefied = 0;
        for (int c : concepts) {
            int own = support[c];
            int others = member ? totals[c] - own : totals[c];
            if (others == 0 && own > 0) {
                adds++;
                rarefied += 1 - absent[Math.min(n, own)];
            }
            lifts += others < least && others + own >= least ? 1 : 0;
        }
        return new Suite.Part(
                ids.get(benchmark),
                n,
                adds,
                lifts,
                rarefiedTo > 0 ? OptionalDouble.of(rarefied) : OptionalDouble.empty());
    }

    private Page<ConceptRow> rows(FixedBitSet concepts, SuiteQuery query) {
        int[] documents = documents(concepts);
        Total total = new Total(documents.length, true);
        try {
            double[] density = new Columns(reader, documents).doubles(Fields.DENSITY);
            Arrays.setAll(density, i -> Double.isNaN(density[i]) ? Double.NEGATIVE_INFINITY : density[i]);
            int[] shown = Highest.of(density, i -> true, query.offset() + query.limit())
                    .skip(query.offset())
                    .map(i -> documents[i])
                    .toArray();
            List<ConceptRow> rows = table.rows(shown, ConceptQuery.all().build(), TextQuery.NOTHING);
            return new Page<>(rows, query.offset(), query.limit(), total);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] documents(FixedBitSet bits) {
        int[] documents = new int[bits.cardinality()];
        int at = 0;
        for (int c = next(bits, 0); c != DocIdSetIterator.NO_MORE_DOCS; c = next(bits, c + 1)) {
            documents[at++] = c;
        }
        return documents;
    }

    private static int next(FixedBitSet bits, int from) {
        return from >= bits.length() ? DocIdSetIterator.NO_MORE_DOCS : bits.nextSetBit(from);
    }

    /** A growing suite. */
    private final class Cover {
        private final int least;
        private final FixedBitSet missing;
        /** Concepts that fire on fewer than {@code least} items, the missing ones among them. */
        private final FixedBitSet below;
        /** Items by concept. */
        private final int[] total;

        Cover(FixedBitSet concepts, int least) {
            this.least = least;
            missing = concepts.clone();
            below = concepts.clone();
            total = new int[concepts.length()];
        }

        void add(int benchmark) {
            int[] support = presence.support(benchmark);
            missing.andNot(presence.present(benchmark));
            for (int c = next(below, 0); c != DocIdSetIterator.NO_MORE_DOCS; c = next(below, c + 1)) {
                total[c] += support[c];
                if (total[c] >= least) {
                    below.clear(c);
                }
            }
        }

        int missing() {
            return missing.cardinality();
        }

        int thin() {
            return below.cardinality() - missing.cardinality();
        }

        FixedBitSet thinOnes() {
            FixedBitSet thin = below.clone();
            thin.andNot(missing);
            return thin;
        }

        int adds(int benchmark) {
            return (int) FixedBitSet.intersectionCount(missing, presence.present(benchmark));
        }

        int lifts(int benchmark) {
            int[] support = presence.support(benchmark);
            int lifts = 0;
            for (int c = next(below, 0); c != DocIdSetIterator.NO_MORE_DOCS; c = next(below, c + 1)) {
                lifts += total[c] + support[c] >= least ? 1 : 0;
            }
            return lifts;
        }
    }
}
