package org.gapexplorer.snapshot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.gapexplorer.study.Problem;

/**
 * One immutable snapshot of a study, open for reading. All methods are safe for any number of threads and answer from the
 * same version until it is closed; whoever got it from {@link Snapshots} closes it.
 *
 * <p>Unknown ids give an empty answer. A value that is not defined (N/A) is absent or an empty optional, never 0.
 */
public final class Snapshot implements AutoCloseable {
    /** In place of a benchmark's id: the suite (coverage), the mean over benchmarks (performance). */
    public static final String OVERALL = "*";
    /** In place of a benchmark's id: one sum over all datapoints (performance only). */
    public static final String POOLED = "**";

    private final SnapshotIndex index;
    private final AtomicBoolean closed = new AtomicBoolean();
    private SearchWatch watch = SearchWatch.NONE;

    /** Takes over one hold of the index. */
    Snapshot(SnapshotIndex index) {
        this.index = index;
    }

    /** This snapshot, its searches watched from now on. Call it before the snapshot is shared. */
    public Snapshot watchedBy(SearchWatch watch) {
        this.watch = watch;
        return this;
    }

    public String version() {
        return index().study.study().version();
    }

    public StudyFacts study() {
        return index().study.study();
    }

    /** The benchmarks, in the study's order. */
    public List<BenchmarkView> benchmarks() {
        return index().study.benchmarks();
    }

    /** The ids of those that make up the suite. */
    public List<String> suiteIds() {
        return benchmarks().stream()
                .filter(BenchmarkView::inSuite)
                .map(BenchmarkView::id)
                .toList();
    }

    /** Items that the benchmarks are rarefied to; 0 where the run names no common number. */
    public int rarefiedTo() {
        return rarefiedTo(benchmarks());
    }

    static int rarefiedTo(List<BenchmarkView> benchmarks) {
        return benchmarks.stream().mapToInt(BenchmarkView::rarefiedTo).max().orElse(0);
    }

    public Optional<BenchmarkView> benchmark(String id) {
        return benchmarks().stream().filter(b -> b.id().equals(id)).findFirst();
    }

    /** The subject models, in the study's order. */
    public List<ModelView> models() {
        return index().study.models();
    }

    public Optional<ModelView> model(String id) {
        return models().stream().filter(m -> m.id().equals(id)).findFirst();
    }

    /** Concepts by words, filters and order. */
    public ConceptPage concepts(ConceptQuery query) {
        return watch.around(() -> index().concepts.find(query));
    }

    /**
     * Hands over every concept that the query finds, in its order, without holding them all; its offset and limit do not
     * count.
     *
     * @param most rows at most
     */
    public void forEachConcept(ConceptQuery query, int most, Consumer<ConceptRow> row) {
        index().concepts.forEach(query, most, row);
    }

    /**
     * What changed since an earlier snapshot of the same lens.
     *
     * @param query its models and benchmark must be known: those of {@code before} where it says before
     * @throws Problem where the two were read by different lenses
     */
    public Changes changesSince(Snapshot before, ChangeQuery query) {
        return new ChangeQueries(before.index(), index()).changes(query);
    }

    /**
     * The first of some models, which both snapshots have, that answered an item of both otherwise than before.
     *
     * @throws Problem where the two were read by different lenses
     */
    public Optional<String> firstScoredOtherwise(Snapshot before, List<String> models) {
        ChangeQueries queries = new ChangeQueries(before.index(), index());
        return models.stream().filter(queries::scoredOtherwise).findFirst();
    }

    public Optional<ConceptView> concept(int id) {
        return index().concepts.concept(id);
    }

    /** Rows of some concepts by number, in the order given; unknown ones are left out. */
    public List<ConceptRow> concepts(List<Integer> ids) {
        return index().concepts.rows(ids);
    }

    /**
     * Concepts within a benchmark's scope that it misses or holds little of, the most worth testing first.
     *
     * @param scope what the phrases of its scope mean ({@code Meaning}'s vectors)
     */
    public List<Untested> untested(String benchmark, List<float[]> scope, int limit) {
        return watch.around(() -> index().concepts.untested(benchmark, scope, limit));
    }

    /** Up to {@code limit} labels that a half-typed word could mean, for suggestions while typing. */
    public List<ConceptRow> suggest(String typed, int limit) {
        return watch.around(() -> index().concepts.suggest(typed, limit));
    }

    /** Families with a live concept, by number. */
    public List<FamilyView> families() {
        return index().families;
    }

    /**
     * Two numbers held against each other over the live concepts.
     *
     * @param x of this snapshot's benchmarks and models
     * @param most points to give; the correlations are of all
     */
    public Relation relation(Axis x, Axis y, Relation.Filter filter, int most) {
        return index().relations.relation(x, y, filter, most);
    }

    /** Spearman's correlation of every two. */
    public Relation.Matrix correlations(List<Axis> axes, Relation.Filter filter) {
        return index().relations.matrix(axes, filter);
    }

    public Page<DatapointRow> datapoints(DatapointQuery query) {
        return watch.around(() -> index().datapoints.find(query));
    }

    public Optional<DatapointView> datapoint(String benchmark, String item) {
        return index().datapoints.datapoint(benchmark, item);
    }

    /**
     * Datapoints whose concepts are most like those of another text, nearest first.
     *
     * @param concepts those that fire on the text, each once
     * @param saliency one each
     */
    public List<Alike> alike(int[] concepts, float[] saliency, int limit) {
        return index().datapoints.alike(concepts, saliency, limit);
    }

    /** Datapoints whose concepts are most like a datapoint's, nearest first; empty for an unknown one. */
    public List<Alike> alike(String benchmark, String item, int limit) {
        return index().datapoints.alike(benchmark, item, limit);
    }

    /** The folder of the lens that read the study's items, to read other texts with; empty where it was not packed. */
    public Optional<Path> lens() {
        return Optional.of(index().lens).filter(Files::isDirectory);
    }

    /** The run's tables as they are, by name; empty where the snapshot was built without them. */
    public List<BulkTable> bulk() {
        return index().bulk;
    }

    public Overlap overlap() {
        return index().study.overlap();
    }

    /** Two or more benchmarks side by side; unknown ids are left out. */
    public Comparison compare(List<String> benchmarks, Comparison.Show show, ConceptQuery query) {
        return watch.around(() -> index().concepts.compare(benchmarks, show, query));
    }

    /** What benchmarks cover together, and what each other one would add. */
    public Suite suite(SuiteQuery query) {
        return index().suites.suite(query);
    }

    /** The live concepts that the benchmark holds and misses, by kind of label; nothing for an unknown one. */
    public List<KindCount> kinds(String benchmark) {
        return index().suites.kinds(benchmark);
    }

    /** On how many of the benchmark's items each live concept fires; {@code absent} counts the missing ones. */
    public Histogram support(String benchmark) {
        return index().suites.support(benchmark);
    }

    /** How chi_model on a benchmark is spread over the live concepts; {@code absent} counts N/A. */
    public Histogram scores(String model, String benchmark) {
        return index().concepts.scores(model, benchmark);
    }

    /**
     * Two models over the same items; empty where one is unknown. {@link SortKey.Column#DIFFERENCE} sorts by the difference
     * of the concept scores.
     *
     * @param query its benchmark and least support are asked of both models
     */
    public Optional<Pairing> pair(String first, String second, ConceptQuery query) {
        return watch.around(() -> index().pairs.pair(first, second, query));
    }

    /** How chi_bench of the suite and of every benchmark, or chi_model (overall) of every model, is spread. */
    public List<Distribution> distributions(Distribution.Kind kind) {
        return index().study.distributions().stream()
                .filter(d -> d.kind() == kind)
                .toList();
    }

    /** Concepts on which the model does best against its own mean (overall gap), with at least this support. */
    public List<ConceptRow> strongest(String model, int minSupport, int minBenchmarks, int limit) {
        return byGap(model, minSupport, minBenchmarks, limit, true);
    }

    /** Concepts on which the model does worst against its own mean (overall gap), with at least this support. */
    public List<ConceptRow> weakest(String model, int minSupport, int minBenchmarks, int limit) {
        return byGap(model, minSupport, minBenchmarks, limit, false);
    }

    /** Lets go of the snapshot; further calls on it fail. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            index.letGo();
        }
    }

    private List<ConceptRow> byGap(String model, int minSupport, int minBenchmarks, int limit, boolean descending) {
        return concepts(ConceptQuery.all()
                        .model(model)
                        .minSupport(minSupport)
                        .minBenchmarks(minBenchmarks)
                        .sortedBy(SortKey.performance(SortKey.Column.GAP, model, null), descending)
                        .limit(limit)
                        .build())
                .rows();
    }

    private SnapshotIndex index() {
        if (closed.get()) {
            throw new IllegalStateException("the snapshot is closed");
        }
        return index;
    }
}
