package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.gapexplorer.snapshot.Fields.CoverageColumn;
import org.gapexplorer.snapshot.Fields.PerformanceColumn;

/** Turns documents of the concept index into rows and views. */
final class ConceptTable {
    private static final Status[] STATUSES = Status.values();
    private static final LabelKind[] KINDS = LabelKind.values();

    private final LeafReader reader;
    private final List<String> benchmarks;
    private final List<String> models;
    /** Concept ids by document, rising. */
    private final int[] ids;
    /** By document: datapoints of all benchmarks that the concept fires on. */
    private final int[] firing;

    ConceptTable(LeafReader reader, StudyTables study) throws IOException {
        this.reader = reader;
        benchmarks = study.benchmarks().stream().map(BenchmarkView::id).toList();
        models = study.models().stream().map(ModelView::id).toList();
        Columns all = Columns.ofAll(reader);
        ids = all.ints(Fields.ID, -1);
        firing = new int[ids.length];
        for (int b = 0; b < benchmarks.size(); b++) {
            int[] support = all.ints(CoverageColumn.SUPPORT.of(b), 0);
            Arrays.setAll(firing, d -> firing[d] + support[d]);
        }
        for (int i = 1; i < ids.length; i++) {
            if (ids[i] <= ids[i - 1]) {
                throw new IOException("concepts are not in order");
            }
        }
    }

    int size() {
        return ids.length;
    }

    /** Whether both have the same concepts, in the same documents. */
    boolean hasSameConcepts(ConceptTable other) {
        return Arrays.equals(ids, other.ids);
    }

    /** The concept of a document. */
    int id(int document) {
        return ids[document];
    }

    /** Datapoints of all benchmarks that a document's concept fires on. */
    int firing(int document) {
        return firing[document];
    }

    /** The concept's document; negative where there is none. */
    int document(int concept) {
        return Arrays.binarySearch(ids, concept);
    }

    /** A benchmark's number, {@link Fields#OVERALL} for null and "*"; {@code Integer.MIN_VALUE} where there is none. */
    int benchmark(String id) {
        if (id == null || id.equals(Snapshot.OVERALL)) {
            return Fields.OVERALL;
        }
        int found = id.equals(Snapshot.POOLED) ? Fields.POOLED : benchmarks.indexOf(id);
        return found == -1 ? Integer.MIN_VALUE : found;
    }

    String benchmarkId(int number) {
        return benchmarks.get(number);
    }

    int model(String id) {
        return models.indexOf(id);
    }

    String label(int document) throws IOException {
        return new Columns(reader, document).text(Fields.LABEL);
    }

    LabelKind kind(int document) throws IOException {
        return KINDS[new Columns(reader, document).ints(Fields.KIND, 0)[0]];
    }

    /** Rows in the order of the documents given. */
    List<ConceptRow> rows(int[] documents, ConceptQuery query, TextQuery text) throws IOException {
        int[] rising = documents.clone();
        Arrays.sort(rising);
        Columns columns = new Columns(reader, rising);
        int n = rising.length;
        int[] kinds = columns.ints(Fields.KIND, 0);
        int[] families = columns.ints(Fields.FAMILY, -1);
        int[] live = columns.ints(Fields.LIVE, 0);
        int[] present = columns.ints(Fields.BENCHMARKS, 0);
        double[] quality = columns.doubles(Fields.QUALITY);
        double[] density = columns.doubles(Fields.DENSITY);
        Coverage[] suite = coverage(columns, n, Fields.OVERALL);
        List<Map<String, Coverage>> coverage = coverage(columns, n, query);
        List<Map<String, Map<String, Performance>>> performance = performance(columns, n, query);
        List<String> labels = columns.texts(Fields.LABEL);
        Map<Integer, ConceptRow> rows = new HashMap<>();
        for (int i = 0; i < n; i++) {
            String label = labels.get(i);
            List<Span> highlights = text.highlights(label);
            rows.put(
                    rising[i],
                    new ConceptRow(
                            ids[rising[i]],
                            label,
                            highlights,
                            query.meaning() != null && text.isLoose() && highlights.isEmpty(),
                            KINDS[kinds[i]],
                            Columns.optional(quality[i]),
                            families[i],
                            density[i],
                            live[i] == 1,
                            present[i],
                            suite[i],
                            coverage.get(i),
                            performance.get(i)));
        }
        return Arrays.stream(documents).mapToObj(rows::get).toList();
    }

    ConceptView view(int document) throws IOException {
        Columns columns = new Columns(reader, document);
        ConceptDetails details = columns.json(Fields.DETAILS, ConceptDetails.class);
        List<ConceptView.Similar> similar = new ArrayList<>();
        for (int i = 0; i < details.similar().size(); i++) {
            int other = document(details.similar().get(i));
            if (other >= 0) {
                double cosine = i < details.similarCosine().size()
                        ? details.similarCosine().get(i)
                        : Double.NaN;
                similar.add(new ConceptView.Similar(ids[other], label(other), kind(other), cosine));
            }
        }
        List<ConceptView.Together> together = new ArrayList<>();
        for (ConceptDetails.Together t : details.together()) {
            int other = document(t.concept());
            together.add(
                    new ConceptView.Together(t.concept(), label(other), kind(other), t.items(), t.expected(), t.phi()));
        }
        Map<String, Map<String, Performance>> performance = new LinkedHashMap<>();
        for (int m = 0; m < models.size(); m++) {
            Map<String, Performance> of = new LinkedHashMap<>();
            for (int b = Fields.POOLED; b < benchmarks.size(); b++) {
                put(of, name(b), performance(columns, 1, m, b)[0]);
            }
            performance.put(models.get(m), of);
        }
        return new ConceptView(
                ids[document],
                label(document),
                details.labelSource() == null ? "" : details.labelSource(),
                Columns.optional(columns.doubles(Fields.QUALITY)[0]),
                kind(document),
                columns.doubles(Fields.DENSITY)[0],
                columns.ints(Fields.LIVE, 0)[0] == 1,
                columns.ints(Fields.FAMILY, -1)[0],
                Columns.optional(details.x()),
                Columns.optional(details.y()),
                new Histogram(details.histogramEdges(), details.histogram(), 0),
                similar,
                together,
                coverage(columns, 1, Fields.OVERALL)[0],
                coverage(columns, 1, ConceptQuery.all().build()).getFirst(),
                performance);
    }

    private List<Map<String, Coverage>> coverage(Columns columns, int n, ConceptQuery query) throws IOException {
        List<Map<String, Coverage>> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(new LinkedHashMap<>());
        }
        for (int b = 0; b < benchmarks.size(); b++) {
            if (!query.carries(benchmarks.get(b))) {
                continue;
            }
            Coverage[] column = coverage(columns, n, b);
            for (int i = 0; i < n; i++) {
                all.get(i).put(benchmarks.get(b), column[i]);
            }
        }
        return all;
    }

    private static Coverage[] coverage(Columns columns, int n, int benchmark) throws IOException {
        double[] mass = columns.doubles(CoverageColumn.MASS.of(benchmark));
        double[] chi = columns.doubles(CoverageColumn.CHI.of(benchmark));
        int[] support = columns.ints(CoverageColumn.SUPPORT.of(benchmark), 0);
        int[] status = columns.ints(CoverageColumn.STATUS.of(benchmark), Status.MISSING.ordinal());
        Coverage[] coverage = new Coverage[n];
        for (int i = 0; i < n; i++) {
            boolean listed = !Double.isNaN(chi[i]);
            coverage[i] = new Coverage(listed ? mass[i] : 0, listed ? chi[i] : 0, support[i], STATUSES[status[i]]);
        }
        return coverage;
    }

    private List<Map<String, Map<String, Performance>>> performance(Columns columns, int n, ConceptQuery query)
            throws IOException {
        List<Map<String, Map<String, Performance>>> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(new LinkedHashMap<>());
        }
        for (int m = 0; m < models.size(); m++) {
            String model = models.get(m);
            all.forEach(row -> row.put(model, new LinkedHashMap<>()));
            for (int b = Fields.OVERALL; b < benchmarks.size(); b++) {
                if (query.carries(model, name(b))) {
                    Performance[] column = performance(columns, n, m, b);
                    for (int i = 0; i < n; i++) {
                        put(all.get(i).get(model), name(b), column[i]);
                    }
                }
            }
        }
        return all;
    }

    private static Performance[] performance(Columns columns, int n, int model, int benchmark) throws IOException {
        double[] chi = columns.doubles(PerformanceColumn.CHI.of(model, benchmark));
        double[] low = columns.doubles(PerformanceColumn.LOW.of(model, benchmark));
        double[] high = columns.doubles(PerformanceColumn.HIGH.of(model, benchmark));
        double[] shrunk = columns.doubles(PerformanceColumn.SHRUNK.of(model, benchmark));
        double[] gap = columns.doubles(PerformanceColumn.GAP.of(model, benchmark));
        double[] q = columns.doubles(PerformanceColumn.Q.of(model, benchmark));
        int[] support = columns.ints(PerformanceColumn.SUPPORT.of(model, benchmark), 0);
        double[] effective = columns.doubles(PerformanceColumn.EFFECTIVE_SUPPORT.of(model, benchmark));
        Performance[] performance = new Performance[n];
        for (int i = 0; i < n; i++) {
            if (!Double.isNaN(chi[i])) {
                performance[i] = new Performance(
                        chi[i],
                        Columns.optional(low[i]),
                        Columns.optional(high[i]),
                        Columns.optional(shrunk[i]),
                        Columns.optional(gap[i]),
                        Columns.optional(q[i]),
                        support[i],
                        effective[i]);
            }
        }
        return performance;
    }

    private String name(int benchmark) {
        return switch (benchmark) {
            case Fields.OVERALL -> Snapshot.OVERALL;
            case Fields.POOLED -> Snapshot.POOLED;
            default -> benchmarks.get(benchmark);
        };
    }

    private static void put(Map<String, Performance> of, String benchmark, Performance performance) {
        if (performance != null) {
            of.put(benchmark, performance);
        }
    }
}
