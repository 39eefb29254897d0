package org.gapexplorer.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.util.BytesRef;
import org.gapexplorer.method.Coactivation;
import org.gapexplorer.model.Meaning;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/**
 * Writes the two indexes of a snapshot. Each ends as one segment whose document numbers are the numbers of
 * {@link RunTables}.
 */
final class SnapshotWriter {
    private static final int LABEL_ORDER_LENGTH = 200;
    private static final int LONGEST_KEY = 8_000;
    /** Concepts named as firing together with one. */
    private static final int TOGETHER = 10;

    private final RunTables tables;
    private final FiringTable firings;
    private final ConceptColumns columns;
    private final Progress progress;
    /** By datapoint: where its concepts fire in its prompt. */
    private final Map<Integer, List<Firings.Shaded>> shades = new HashMap<>();

    SnapshotWriter(RunTables tables, FiringTable firings, ConceptColumns columns, Progress progress) {
        this.tables = tables;
        this.firings = firings;
        this.columns = columns;
        this.progress = progress;
        RunFolder.EXAMPLES.forEach(tables.run.examples(), this::addExample);
    }

    void writeConcepts(Path folder) throws IOException {
        float[][] meanings = meanings();
        List<List<ConceptDetails.Together>> together = together();
        try (IndexWriter writer = writer(folder)) {
            int n = tables.concepts.size();
            for (int c = 0; c < n; c++) {
                Document document = concept(c, together.get(c));
                if (meanings[c] != null) {
                    document.add(
                            new KnnFloatVectorField(Fields.MEANING, meanings[c], VectorSimilarityFunction.DOT_PRODUCT));
                }
                writer.addDocument(document);
                progress.step("index concepts", c + 1, n, "concepts");
            }
            writer.forceMerge(1);
            writer.commit();
        }
    }

    /** Vectors of the labels that claim something; null for the others. */
    private float[][] meanings() {
        int[] claimed = IntStream.range(0, tables.concepts.size())
                .filter(c -> claims(tables.concepts.get(c)))
                .toArray();
        List<String> labels = Arrays.stream(claimed)
                .mapToObj(c -> tables.concepts.get(c).label())
                .toList();
        float[][] all = new float[tables.concepts.size()][];
        try (Meaning meaning = Meaning.open()) {
            float[][] vectors = meaning.of(labels, "read labels", progress);
            for (int i = 0; i < claimed.length; i++) {
                all[claimed[i]] = vectors[i];
            }
        }
        return all;
    }

    /** By concept: those that fire on the same items. */
    private List<List<ConceptDetails.Together>> together() {
        int n = tables.concepts.size();
        int[] benchmarks = tables.items.stream()
                .mapToInt(item -> tables.benchmark(item.benchmark(), "datapoints.parquet"))
                .toArray();
        Coactivation all = new Coactivation(firings.conceptsOfDatapoints(), benchmarks, n);
        AtomicInteger done = new AtomicInteger();
        return IntStream.range(0, n)
                .parallel()
                .mapToObj(c -> {
                    List<Coactivation.Partner> partners = all.partners(c, TOGETHER);
                    progress.step("find concepts that fire together", done.incrementAndGet(), n, "concepts");
                    return partners.stream().map(this::together).toList();
                })
                .toList();
    }

    private ConceptDetails.Together together(Coactivation.Partner p) {
        int id = tables.concepts.get(p.concept()).concept();
        return new ConceptDetails.Together(id, p.together(), p.expected(), p.phi());
    }

    private boolean claims(RunFolder.Concept concept) {
        LabelKind kind = kind(concept);
        return kind != LabelKind.DEAD
                && kind != LabelKind.UNCLEAR
                && concept.label() != null
                && !concept.label().isBlank();
    }

    /** @return scored pairs of datapoint and model */
    long writeDatapoints(Path folder) throws IOException {
        List<List<RunFolder.Score>> scores = scores();
        long scored = 0;
        try (IndexWriter writer = writer(folder)) {
            int n = tables.items.size();
            for (int d = 0; d < n; d++) {
                writer.addDocument(datapoint(d, scores.get(d)));
                scored += scores.get(d).stream()
                        .filter(s -> !Double.isNaN(s.score()))
                        .count();
                progress.step("index datapoints", d + 1, n, "datapoints");
            }
            writer.forceMerge(1);
            writer.commit();
        }
        return scored;
    }

    private static IndexWriter writer(Path folder) throws IOException {
        return new IndexWriter(
                // the folder is nobody else's yet: no lock file is left in the snapshot
                FSDirectory.open(folder, NoLockFactory.INSTANCE),
                new IndexWriterConfig(LabelText.ANALYZER)
                        // neighbours only are merged, so documents keep their order
                        .setMergePolicy(new LogDocMergePolicy())
                        .setMergeScheduler(new SerialMergeScheduler())
                        .setRAMBufferSizeMB(128)
                        .setUseCompoundFile(false));
    }

    private Document concept(int number, List<ConceptDetails.Together> together) throws IOException {
        RunFolder.Concept concept = tables.concepts.get(number);
        String label = concept.label() == null ? "" : concept.label();
        Document document = new Document();
        document.add(new IntPoint(Fields.ID, concept.concept()));
        document.add(new NumericDocValuesField(Fields.ID, concept.concept()));
        document.add(new BinaryDocValuesField(Fields.LABEL, new BytesRef(label)));
        document.add(new TextField(Fields.WORDS, label, Field.Store.NO));
        document.add(new TextField(Fields.STEMS, label, Field.Store.NO));
        document.add(new TextField(Fields.HEAD, LabelText.head(label), Field.Store.NO));
        document.add(new SortedDocValuesField(Fields.LABEL_ORDER, new BytesRef(labelOrder(label))));
        document.add(new NumericDocValuesField(Fields.KIND, kind(concept).ordinal()));
        document.add(new NumericDocValuesField(Fields.FAMILY, concept.family()));
        document.add(new NumericDocValuesField(Fields.LIVE, concept.live() ? 1 : 0));
        addDouble(document, Fields.QUALITY, concept.labelQuality());
        addDouble(document, Fields.DENSITY, concept.density());
        columns.addTo(document, number);
        document.add(new BinaryDocValuesField(
                Fields.FIRINGS, firings.ofConcept(number).bytes()));
        document.add(json(Fields.DETAILS, details(concept, together)));
        return document;
    }

    /** Not a stored field: those come out of compressed blocks of many documents, and pages need a few scattered ones. */
    private static BinaryDocValuesField json(String field, Object value) throws IOException {
        return new BinaryDocValuesField(field, new BytesRef(SnapshotFiles.JSON.writeValueAsBytes(value)));
    }

    private static ConceptDetails details(RunFolder.Concept concept, List<ConceptDetails.Together> together) {
        return new ConceptDetails(
                concept.labelSource(),
                concept.x(),
                concept.y(),
                list(concept.histogramEdges()),
                list(concept.histogram()),
                list(concept.similar()),
                list(concept.similarCosine()),
                together);
    }

    private Document datapoint(int number, List<RunFolder.Score> scores) throws IOException {
        RunFolder.Item item = tables.items.get(number);
        boolean shown = tables.textShown(item);
        Document document = new Document();
        document.add(new StringField(Fields.KEY, key(item), Field.Store.NO));
        Map<String, String> answers = new HashMap<>();
        for (RunFolder.Score score : scores) {
            int model = tables.model(score.model(), "scores.parquet");
            addDouble(document, Fields.score(model), score.score());
            addDouble(document, Fields.margin(model), score.margin());
            answers.put(score.model(), shown ? score.answer() : null);
        }
        Firings.OfDatapoint profile = firings.ofDatapoint(number);
        document.add(new BinaryDocValuesField(Fields.PROFILE, profile.bytes()));
        document.add(new DoubleDocValuesField(Fields.PROFILE_LENGTH, length(profile)));
        document.add(new BinaryDocValuesField(Fields.SHADES, Firings.bytes(shades.getOrDefault(number, List.of()))));
        DatapointDetails details = new DatapointDetails(
                item.benchmark(),
                item.item(),
                shown ? item.prompt() : null,
                shown ? item.choices() : null,
                shown ? item.answer() : null,
                shown ? item.category() : null,
                item.tokens(),
                item.truncated(),
                answers);
        document.add(json(Fields.DETAILS, details));
        return document;
    }

    private double length(Firings.OfDatapoint profile) {
        double[] entries = new double[profile.size()];
        for (int i = 0; i < entries.length; i++) {
            int firing = firings.count(tables.concept(profile.concepts()[i], "saliency"));
            entries[i] = profile.saliency()[i] * Profiles.rarity(tables.items.size(), firing);
        }
        return Profiles.length(entries);
    }

    private String key(RunFolder.Item item) {
        String key = DatapointQueries.key(item.benchmark(), item.item());
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw new Problem(
                    tables.run.datapoints() + ", item",
                    "an id of " + item.item().length() + " characters; at most " + LONGEST_KEY + " bytes are allowed",
                    "give the items shorter ids");
        }
        return key;
    }

    private List<List<RunFolder.Score>> scores() {
        List<List<RunFolder.Score>> scores = new ArrayList<>();
        tables.items.forEach(item -> scores.add(new ArrayList<>(tables.models.size())));
        RunFolder.SCORES.forEach(
                tables.run.scores(),
                row -> scores.get(tables.item(row.benchmark(), row.item(), "scores.parquet"))
                        .add(row));
        return scores;
    }

    private void addExample(RunFolder.Example row) {
        String file = "examples.parquet";
        int datapoint = tables.item(row.benchmark(), row.item(), file);
        RunFolder.Item item = tables.items.get(datapoint);
        if (!tables.textShown(item)) {
            return;
        }
        List<Shade> stretches = stretches(row, item.prompt().length());
        tables.concept(row.concept(), file);
        shades.computeIfAbsent(datapoint, d -> new ArrayList<>()).add(new Firings.Shaded(row.concept(), stretches));
    }

    /** In text order; where a tokenizer gives two tokens the same characters, the higher activation stands. */
    private List<Shade> stretches(RunFolder.Example row, int length) {
        List<Shade> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < row.activations().length; i++) {
            int start = Math.max(row.spans()[2 * i], from);
            int end = row.spans()[2 * i + 1];
            if (end > length) {
                throw new Problem(
                        tables.run.examples() + ", spans",
                        row.benchmark() + "/" + row.item() + " has one that ends at " + end + ", after the prompt's "
                                + length + " characters",
                        "run the study again into a fresh folder");
            }
            if (end > start) {
                stretches.add(new Shade(start, end, row.activations()[i]));
                from = end;
            } else if (!stretches.isEmpty() && stretches.getLast().activation() < row.activations()[i]) {
                Shade last = stretches.removeLast();
                stretches.add(new Shade(last.start(), last.end(), row.activations()[i]));
            }
        }
        return stretches;
    }

    private LabelKind kind(RunFolder.Concept concept) {
        try {
            return LabelKind.valueOf(concept.labelKind().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new Problem(
                    tables.run.concepts() + ", label_kind",
                    "\"" + concept.labelKind() + "\" is none of meaning, syntax, piece, unclear, dead",
                    "label the concepts again");
        }
    }

    private static String labelOrder(String label) {
        String folded = label.strip().toLowerCase(Locale.ROOT);
        return folded.substring(0, Math.min(folded.length(), LABEL_ORDER_LENGTH));
    }

    private static void addDouble(Document document, String field, double value) {
        if (!Double.isNaN(value)) {
            document.add(new DoubleDocValuesField(field, value));
        }
    }

    private static List<Integer> list(int[] values) {
        return values == null ? List.of() : Arrays.stream(values).boxed().toList();
    }

    private static List<Double> list(double[] values) {
        return values == null ? List.of() : Arrays.stream(values).boxed().toList();
    }
}
