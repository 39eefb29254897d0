package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReader;
import org.gapexplorer.method.WeightedMean;
import org.gapexplorer.snapshot.FamilyView.Held;
import org.gapexplorer.snapshot.FamilyView.Standing;
import org.gapexplorer.snapshot.Fields.CoverageColumn;
import org.gapexplorer.snapshot.Fields.PerformanceColumn;

/** Sums the concepts' columns by family; done once, when a snapshot is opened. */
final class FamilyTable {
    private final Columns columns;
    private final List<FamilyFacts> facts;
    /** By document: the place of its family in {@code facts}; -1 for a dead concept and for one without a family. */
    private final int[] familyOf;
    /** By place: live concepts. */
    private final int[] size;

    private FamilyTable(LeafReader reader, List<FamilyFacts> facts) throws IOException {
        this.facts = facts;
        columns = Columns.ofAll(reader);
        Map<Integer, Integer> places = new HashMap<>();
        facts.forEach(f -> places.put(f.family(), places.size()));
        int[] live = columns.ints(Fields.LIVE, 0);
        familyOf = columns.ints(Fields.FAMILY, -1);
        size = new int[facts.size()];
        for (int d = 0; d < familyOf.length; d++) {
            familyOf[d] = live[d] == 1 ? places.getOrDefault(familyOf[d], -1) : -1;
            if (familyOf[d] >= 0) {
                size[familyOf[d]]++;
            }
        }
    }

    /** In the order of the facts. */
    static List<FamilyView> of(LeafReader reader, StudyTables study, List<FamilyFacts> facts) throws IOException {
        FamilyTable table = new FamilyTable(reader, facts);
        List<String> benchmarks =
                study.benchmarks().stream().map(BenchmarkView::id).toList();
        List<Map<String, Held>> coverage = table.perFamily();
        List<Map<String, Map<String, Standing>>> performance = table.perFamily();
        for (int b = 0; b < benchmarks.size(); b++) {
            put(coverage, benchmarks.get(b), table.held(b));
        }
        for (int m = 0; m < study.models().size(); m++) {
            List<Map<String, Standing>> ofModel = table.perFamily();
            put(ofModel, Snapshot.OVERALL, table.standing(m, Fields.OVERALL));
            for (int b = 0; b < benchmarks.size(); b++) {
                put(ofModel, benchmarks.get(b), table.standing(m, b));
            }
            for (int f = 0; f < facts.size(); f++) {
                performance.get(f).put(study.models().get(m).id(), ofModel.get(f));
            }
        }
        Held[] suite = table.held(Fields.OVERALL);
        return IntStream.range(0, facts.size())
                .mapToObj(f -> table.view(f, suite[f], coverage.get(f), performance.get(f)))
                .toList();
    }

    private FamilyView view(
            int f, Held suite, Map<String, Held> coverage, Map<String, Map<String, Standing>> performance) {
        FamilyFacts of = facts.get(f);
        return new FamilyView(
                of.family(),
                of.name(),
                of.words(),
                size[f],
                Columns.optional(of.x()),
                Columns.optional(of.y()),
                suite,
                coverage,
                performance);
    }

    private Held[] held(int benchmark) throws IOException {
        double[] chi = columns.doubles(CoverageColumn.CHI.of(benchmark));
        int[] support = columns.ints(CoverageColumn.SUPPORT.of(benchmark), 0);
        double[] sum = new double[size.length];
        int[] missing = new int[size.length];
        for (int d = 0; d < familyOf.length; d++) {
            int f = familyOf[d];
            if (f >= 0) {
                sum[f] += Double.isNaN(chi[d]) ? 0 : chi[d];
                missing[f] += support[d] == 0 ? 1 : 0;
            }
        }
        return IntStream.range(0, size.length)
                .mapToObj(f -> new Held(sum[f] / size[f], (double) missing[f] / size[f]))
                .toArray(Held[]::new);
    }

    /** Null is N/A. */
    private Standing[] standing(int model, int benchmark) throws IOException {
        double[] chi = columns.doubles(PerformanceColumn.CHI.of(model, benchmark));
        double[] gap = columns.doubles(PerformanceColumn.GAP.of(model, benchmark));
        int[] support = columns.ints(PerformanceColumn.SUPPORT.of(model, benchmark), 0);
        WeightedMean[] scores = means();
        WeightedMean[] gaps = means();
        for (int d = 0; d < familyOf.length; d++) {
            if (familyOf[d] >= 0) {
                scores[familyOf[d]].add(chi[d], support[d]);
                gaps[familyOf[d]].add(gap[d], support[d]);
            }
        }
        return IntStream.range(0, size.length)
                .mapToObj(f -> scores[f].values() == 0
                        ? null
                        : new Standing(scores[f].value(), Columns.optional(gaps[f].value()), scores[f].values(), (long)
                                scores[f].weight()))
                .toArray(Standing[]::new);
    }

    private WeightedMean[] means() {
        return IntStream.range(0, size.length).mapToObj(f -> new WeightedMean()).toArray(WeightedMean[]::new);
    }

    private <T> List<Map<String, T>> perFamily() {
        return facts.stream().<Map<String, T>>map(f -> new LinkedHashMap<>()).toList();
    }

    private static <T> void put(List<Map<String, T>> families, String key, T[] values) {
        for (int f = 0; f < values.length; f++) {
            if (values[f] != null) {
                families.get(f).put(key, values[f]);
            }
        }
    }
}
