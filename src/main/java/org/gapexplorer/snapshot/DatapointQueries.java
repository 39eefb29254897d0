package org.gapexplorer.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;

/**
 * Datapoints by benchmark, by concept and by who answered them right. Scores are held in memory (16 bytes a datapoint and
 * model), so a query is one pass over the datapoints in question.
 */
final class DatapointQueries {
    private static final int CONCEPTS_SHOWN = 100;

    private final LeafReader reader;
    private final ConceptQueries concepts;
    private final List<String> benchmarks;
    private final List<String> models;
    /** By benchmark: its first document; one more at the end. */
    private final int[] starts;
    /** By document: its benchmark. */
    private final int[] benchmarkOf;
    /** By model and document; NaN is unscored. */
    private final double[][] scores;

    private final double[][] margins;
    private final double[] profileLengths;

    DatapointQueries(LeafReader reader, StudyTables study, ConceptQueries concepts) throws IOException {
        this.reader = reader;
        this.concepts = concepts;
        benchmarks = study.benchmarks().stream().map(BenchmarkView::id).toList();
        models = study.models().stream().map(ModelView::id).toList();
        starts = new int[benchmarks.size() + 1];
        for (int b = 0; b < benchmarks.size(); b++) {
            starts[b + 1] = starts[b] + study.benchmarks().get(b).items();
        }
        if (starts[benchmarks.size()] != reader.maxDoc()) {
            throw new IOException(
                    "has " + reader.maxDoc() + " datapoints, the benchmarks say " + starts[benchmarks.size()]);
        }
        benchmarkOf = new int[reader.maxDoc()];
        for (int b = 0; b < benchmarks.size(); b++) {
            Arrays.fill(benchmarkOf, starts[b], starts[b + 1], b);
        }
        Columns all = Columns.ofAll(reader);
        profileLengths = all.doubles(Fields.PROFILE_LENGTH);
        scores = new double[models.size()][];
        margins = new double[models.size()][];
        for (int m = 0; m < models.size(); m++) {
            scores[m] = all.doubles(Fields.score(m));
            margins[m] = all.doubles(Fields.margin(m));
        }
    }

    /** Benchmark and item in one term; ids hold no NUL. */
    static String key(String benchmark, String item) {
        return benchmark + "\0" + item;
    }

    /** The model's score on each datapoint, NaN where unscored, not to be changed; empty for an unknown model. */
    Optional<double[]> scores(String model) {
        int m = models.indexOf(model);
        return m < 0 ? Optional.empty() : Optional.of(scores[m]);
    }

    /** The first datapoint of a benchmark; of their number, one more than the last. */
    int start(int benchmark) {
        return starts[benchmark];
    }

    int benchmarkOf(int datapoint) {
        return benchmarkOf[datapoint];
    }

    Page<DatapointRow> find(DatapointQuery query) {
        Candidates all = candidates(query);
        IntPredicate wanted = wanted(query);
        int[] places = IntStream.range(0, all.size())
                .filter(i -> wanted.test(all.document(i)))
                .toArray();
        places = ordered(places, all, query);
        List<DatapointRow> rows = Arrays.stream(places)
                .skip(query.offset())
                .limit(query.limit())
                .mapToObj(i -> row(all.document(i), all.saliency(i), shades(all.document(i), query.concept())))
                .toList();
        return new Page<>(rows, query.offset(), query.limit(), new Total(places.length, true));
    }

    Optional<DatapointView> datapoint(String benchmark, String item) {
        int document = document(benchmark, item);
        try {
            return document < 0 ? Optional.empty() : Optional.of(view(benchmarks.indexOf(benchmark), document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Alike> alike(int[] of, float[] saliency, int limit) {
        Profiles.Nearest nearest = Profiles.nearest(
                saliency, i -> concepts.firing(of[i]), i -> concepts.firings(of[i]), profileLengths, limit);
        return IntStream.range(0, nearest.datapoints().length)
                .mapToObj(i -> new Alike(
                        row(nearest.datapoints()[i], OptionalDouble.empty(), List.of()), nearest.cosines()[i]))
                .toList();
    }

    List<Alike> alike(String benchmark, String item, int limit) {
        int document = document(benchmark, item);
        if (document < 0) {
            return List.of();
        }
        Firings.OfDatapoint profile;
        try {
            profile = profile(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return alike(profile.concepts(), profile.saliency(), limit + 1).stream()
                .filter(a -> !a.datapoint().benchmark().equals(benchmark)
                        || !a.datapoint().item().equals(item))
                .limit(limit)
                .toList();
    }

    int size() {
        return reader.maxDoc();
    }

    /** -1 for an unknown one. */
    int document(String benchmark, String item) {
        if (!benchmarks.contains(benchmark) || item == null) {
            return -1;
        }
        try {
            PostingsEnum found = reader.postings(new Term(Fields.KEY, key(benchmark, item)), PostingsEnum.NONE);
            return found == null ? -1 : found.nextDoc();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents a query chooses from, in the order of saliency where it names a concept, else in their own. */
    private interface Candidates {
        int size();

        int document(int place);

        OptionalDouble saliency(int place);
    }

    private Candidates candidates(DatapointQuery query) {
        if (query.concept() == null) {
            return new Candidates() {
                @Override
                public int size() {
                    return reader.maxDoc();
                }

                @Override
                public int document(int place) {
                    return place;
                }

                @Override
                public OptionalDouble saliency(int place) {
                    return OptionalDouble.empty();
                }
            };
        }
        Firings.OfConcept firings = concepts.firings(query.concept());
        return new Candidates() {
            @Override
            public int size() {
                return firings.size();
            }

            @Override
            public int document(int place) {
                return firings.datapoints()[place];
            }

            @Override
            public OptionalDouble saliency(int place) {
                return OptionalDouble.of(firings.saliency()[place]);
            }
        };
    }

    private IntPredicate wanted(DatapointQuery query) {
        int[] right = query.rightBy().stream().mapToInt(models::indexOf).toArray();
        int[] wrong = query.wrongBy().stream().mapToInt(models::indexOf).toArray();
        int b = query.benchmark() == null ? -1 : benchmarks.indexOf(query.benchmark());
        boolean unknown = (query.benchmark() != null && b < 0)
                || Arrays.stream(right).anyMatch(m -> m < 0)
                || Arrays.stream(wrong).anyMatch(m -> m < 0);
        if (unknown) {
            return document -> false;
        }
        int from = b < 0 ? 0 : starts[b];
        int to = b < 0 ? reader.maxDoc() : starts[b + 1];
        // a comparison with NaN (unscored) is false: neither right nor wrong
        return document -> document >= from
                && document < to
                && Arrays.stream(right).allMatch(m -> scores[m][document] >= 0.5)
                && Arrays.stream(wrong).allMatch(m -> scores[m][document] < 0.5);
    }

    private int[] ordered(int[] places, Candidates all, DatapointQuery query) {
        int model = query.model() == null ? -1 : models.indexOf(query.model());
        Comparator<Integer> order = switch (query.order()) {
            case SALIENCY -> null;
            case ITEM -> query.concept() == null ? null : Comparator.comparing(all::document);
            case BEST -> model < 0 ? null : by(all, model, -1);
            case WORST -> model < 0 ? null : by(all, model, 1);
        };
        return order == null
                ? places
                : Arrays.stream(places).boxed().sorted(order).mapToInt(i -> i).toArray();
    }

    private Comparator<Integer> by(Candidates all, int model, int sign) {
        return Comparator.comparingDouble((Integer i) -> last(sign * scores[model][all.document(i)]))
                .thenComparingDouble(i -> last(sign * margins[model][all.document(i)]));
    }

    private static double last(double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    private DatapointRow row(int document, OptionalDouble saliency, List<Shade> shades) {
        DatapointDetails details = details(document);
        return new DatapointRow(
                details.benchmark(),
                details.item(),
                Optional.ofNullable(details.prompt()),
                Optional.ofNullable(details.category()),
                details.tokens(),
                saliency,
                shades,
                answers(document, details));
    }

    private DatapointView view(int benchmark, int document) throws IOException {
        DatapointDetails details = details(document);
        Firings.OfDatapoint profile = profile(document);
        Map<Integer, List<Shade>> shades = shades(document);
        List<DatapointView.Firing> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(profile.size(), CONCEPTS_SHOWN); i++) {
            int concept = profile.concepts()[i];
            shown.add(new DatapointView.Firing(
                    concept,
                    concepts.label(concept),
                    concepts.kind(concept),
                    profile.saliency()[i],
                    profile.peak()[i],
                    profile.peakToken()[i],
                    shades.getOrDefault(concept, List.of())));
        }
        return new DatapointView(
                details.benchmark(),
                details.item(),
                Optional.ofNullable(details.prompt()),
                details.choices() == null ? List.of() : details.choices(),
                details.answer() == null ? OptionalInt.empty() : OptionalInt.of(details.answer()),
                Optional.ofNullable(details.category()),
                details.tokens(),
                details.truncated(),
                profile.size(),
                shown,
                answers(document, details),
                document > starts[benchmark] ? Optional.of(details(document - 1).item()) : Optional.empty(),
                document + 1 < starts[benchmark + 1]
                        ? Optional.of(details(document + 1).item())
                        : Optional.empty());
    }

    private List<Answer> answers(int document, DatapointDetails details) {
        return IntStream.range(0, models.size())
                .filter(m -> details.answers().containsKey(models.get(m)))
                .mapToObj(m -> new Answer(
                        models.get(m),
                        Optional.ofNullable(details.answers().get(models.get(m))),
                        Columns.optional(scores[m][document]),
                        Columns.optional(margins[m][document])))
                .toList();
    }

    /** @param concept null for none */
    private List<Shade> shades(int document, Integer concept) {
        return concept == null ? List.of() : shades(document).getOrDefault(concept, List.of());
    }

    /** The concepts that fire on a datapoint, most salient first. */
    Firings.OfDatapoint profile(int document) throws IOException {
        return Firings.OfDatapoint.of(new Columns(reader, document).bytes(Fields.PROFILE));
    }

    private Map<Integer, List<Shade>> shades(int document) {
        try {
            return Firings.shaded(new Columns(reader, document).bytes(Fields.SHADES)).stream()
                    .collect(
                            Collectors.toMap(Firings.Shaded::concept, Firings.Shaded::shades, (first, again) -> first));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatapointDetails details(int document) {
        try {
            return new Columns(reader, document).json(Fields.DETAILS, DatapointDetails.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
