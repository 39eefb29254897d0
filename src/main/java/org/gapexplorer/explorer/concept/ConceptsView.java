package org.gapexplorer.explorer.concept;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Controls.Chip;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Controls.Pager;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Sorting;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.snapshot.ConceptPage;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Page;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SortKey;
import org.gapexplorer.snapshot.Status;
import org.gapexplorer.snapshot.Total;

/**
 * The concept search.
 *
 * @param faces the switch between model gaps and benchmark gaps; empty where there is no model
 * @param ofModels whether the face is that of model gaps
 * @param more whether a filter is set that stands folded away
 * @param columns benchmarks that can have a column
 * @param modelColumns models that can have a column; empty on the face of benchmark gaps
 * @param of what the numbers speak of: "the suite" or a benchmark; and the model
 * @param labels the switch between every kind of label and meanings only; empty where other kinds are asked for
 * @param meant a respelling that finds something, with its address in {@code meantHref}; empty for none
 * @param byMatch where the best match comes first; empty where it does, or nothing is typed
 * @param tinted whether there are coloured columns
 * @param downloads the rows as files
 */
public record ConceptsView(
        String q,
        List<Choice> faces,
        boolean ofModels,
        List<Option> benchmarks,
        List<Option> models,
        List<Option> statuses,
        List<Option> kinds,
        List<Option> qualities,
        List<Option> matches,
        String minSupport,
        String minBenchmarks,
        String family,
        boolean more,
        List<Option> columns,
        List<Option> modelColumns,
        List<Kept> kept,
        List<Chip> chips,
        String reset,
        String total,
        String of,
        List<Choice> labels,
        String meant,
        String meantHref,
        String byMatch,
        boolean tinted,
        Table table,
        Pager pager,
        List<Choice> downloads)
        implements Shareable {

    /** What the form holds; the rest of the address is kept. */
    private static final List<String> FORM = List.of(
            "q",
            "benchmark",
            "model",
            "status",
            "kind",
            "minQuality",
            "minSupport",
            "minBenchmarks",
            "family",
            "match",
            "columns",
            "models",
            "page");

    static ConceptsView of(Snapshot snapshot, Names names, ConceptFilter filter, Url asked, Links links) {
        // the face stays when the filter that told it is taken off
        Url here = asked.with("face", filter.face().word());
        ConceptQuery query = filter.query();
        ConceptPage found = snapshot.concepts(filter.ofColumns());
        boolean ofModels = filter.face() == Face.MODEL;
        ModelView model =
                filter.model() == null ? null : snapshot.model(filter.model()).orElse(null);
        String meant = found.meant().orElse("");
        return new ConceptsView(
                Text.bounded(query.text(), 200),
                names.modelIds().isEmpty() ? List.of() : faces(filter.face(), here),
                ofModels,
                Gaps.options(names.benchmarkIds(), names::benchmark, query.benchmark()),
                Gaps.options(names.modelIds(), names::model, ofModels || filter.modelAsked() ? filter.model() : null),
                statusOptions(query),
                kindOptions(query),
                qualityOptions(query.minQuality()),
                List.of(new Option(ConceptFilter.WORDS, "words only", filter.wordsOnly())),
                query.minSupport() == 0 ? "" : String.valueOf(query.minSupport()),
                query.minBenchmarks() == 0 ? "" : String.valueOf(query.minBenchmarks()),
                query.family() == null ? "" : String.valueOf(query.family()),
                folded(filter),
                ticked(names.benchmarkIds(), names::benchmark, filter.columns()),
                ofModels ? ticked(names.modelIds(), names::model, filter.models()) : List.of(),
                here.keptBut(FORM),
                ConceptChips.of(filter, names, here),
                links.to("/concepts").with("face", filter.face().word()).toString(),
                total(found.total()),
                scope(filter, names),
                labels(query, here),
                meant,
                here.with("q", meant).without("page").toString(),
                query.text().isEmpty() || query.sort().column() == SortKey.Column.RELEVANCE
                        ? ""
                        : here.without("sort", "order", "page").toString(),
                !filter.columns().isEmpty() || ofModels && !filter.models().isEmpty(),
                table(filter, names, model, found.rows(), here, links),
                pager(found.page(), here),
                downloads(here));
    }

    private static List<Choice> labels(ConceptQuery query, Url here) {
        boolean meanings = query.kinds().equals(Set.of(LabelKind.MEANING));
        if (!meanings && !query.kinds().isEmpty()) return List.of();
        String kind = LabelKind.MEANING.word();
        return List.of(
                new Choice("every kind of label", here.without("kind", "page").toString(), !meanings),
                new Choice(
                        "meanings only", here.with("kind", kind).without("page").toString(), meanings));
    }

    private static Table table(
            ConceptFilter filter, Names names, ModelView model, List<ConceptRow> rows, Url here, Links links) {
        Sorting sorting = new Sorting(here, filter.sort().word(), filter.query().descending());
        boolean ofModels = filter.face() == Face.MODEL;
        List<ConceptTable.Part> parts = ofModels
                ? List.of(
                        ConceptTable.Part.ID,
                        ConceptTable.Part.SCORE_PICTURE,
                        ConceptTable.Part.GAP,
                        ConceptTable.Part.SHRUNK,
                        ConceptTable.Part.Q,
                        ConceptTable.Part.SUPPORT)
                : List.of(
                        ConceptTable.Part.ID,
                        ConceptTable.Part.COVERAGE,
                        ConceptTable.Part.ITEMS,
                        ConceptTable.Part.BENCHMARKS,
                        ConceptTable.Part.DENSITY);
        ConceptTable table = new ConceptTable(links, model, filter.query().benchmark(), sorting);
        List<ConceptTable.Extra> extras = ofModels ? scores(filter, names, sorting) : coverages(filter, names, sorting);
        return table.of(filter.face().title, rows, parts, extras);
    }

    private static List<ConceptTable.Extra> coverages(ConceptFilter filter, Names names, Sorting sorting) {
        return filter.columns().stream()
                .map(b -> new ConceptTable.Extra(
                        sorting.number(names.benchmark(b), "", ConceptSort.COVERAGE_IN + b, true)
                                .tinted(),
                        row -> Cell.tinted(row.coverage().get(b))))
                .toList();
    }

    /** The model's score on every chosen benchmark, then every chosen model's on what is shown. */
    private static List<ConceptTable.Extra> scores(ConceptFilter filter, Names names, Sorting sorting) {
        List<ConceptTable.Extra> extras = new ArrayList<>();
        for (String b : filter.columns()) {
            extras.add(new ConceptTable.Extra(
                    sorting.number(names.benchmark(b), "", ConceptSort.SCORE_ON + b, true)
                            .tinted(),
                    row -> Cell.tinted(row.performance(filter.model(), b).orElse(null))));
        }
        for (String m : filter.models()) {
            extras.add(new ConceptTable.Extra(
                    sorting.number(names.model(m), "", ConceptSort.SCORE_OF + m, true)
                            .tinted(),
                    row -> Cell.tinted(row.performance(m, filter.on()).orElse(null))));
        }
        return extras;
    }

    private static String scope(ConceptFilter filter, Names names) {
        String benchmark = filter.query().benchmark();
        if (filter.face() == Face.BENCHMARK) {
            return "Coverage in " + (benchmark == null ? "the whole suite" : names.benchmark(benchmark));
        }
        return "Scores of " + names.model(filter.model())
                + (benchmark == null ? ", mean over benchmarks" : " on " + names.benchmark(benchmark));
    }

    public static String total(Total total) {
        return (total.exact() ? "" : "more than ") + Numbers.count(total.atLeast());
    }

    public static Pager pager(Page<?> found, Url here) {
        int limit = found.limit();
        int from = found.offset();
        int rows = found.rows().size();
        int page = from / limit + 1;
        if (rows == 0) return new Pager("", from > 0 ? here.without("page").toString() : "", "");
        boolean reachable = from + limit <= ConceptQuery.MAX_OFFSET;
        return new Pager(
                Numbers.count(from + 1) + "–" + Numbers.count(from + rows) + " of " + total(found.total()),
                page > 1
                        ? here.with("page", page == 2 ? "" : String.valueOf(page - 1))
                                .toString()
                        : "",
                found.hasNext() && reachable
                        ? here.with("page", String.valueOf(page + 1)).toString()
                        : "");
    }

    private static List<Choice> faces(Face shown, Url here) {
        List<Choice> faces = new ArrayList<>();
        for (Face face : Face.values()) {
            String href = here.with("face", face.word())
                    .without("sort", "order", "page")
                    .toString();
            faces.add(new Choice(face.title, href, face == shown));
        }
        return faces;
    }

    private static List<Choice> downloads(Url here) {
        Url rows = here.without("page", "limit");
        List<Choice> downloads = new ArrayList<>();
        for (ConceptExport.Format format : ConceptExport.Format.values()) {
            String href = new Url(rows.path() + "." + format.word(), rows.query()).toString();
            downloads.add(new Choice(format.title, href, false));
        }
        return downloads;
    }

    private static boolean folded(ConceptFilter filter) {
        ConceptQuery query = filter.query();
        return filter.wordsOnly()
                || !query.kinds().isEmpty()
                || query.minQuality() > 0
                || query.minBenchmarks() > 0
                || query.family() != null;
    }

    private static List<Option> ticked(
            List<String> ids, java.util.function.UnaryOperator<String> title, List<String> chosen) {
        return ids.stream()
                .map(id -> new Option(id, title.apply(id), chosen.contains(id)))
                .toList();
    }

    private static List<Option> statusOptions(ConceptQuery query) {
        return options(List.of(Status.values()), query.statuses(), Status::word, ConceptsView::statusWords);
    }

    /** One for each; and one more for several together, which an address can ask for and the form must not lose. */
    private static <T> List<Option> options(
            List<T> all, Set<T> chosen, Function<T, String> word, Function<T, String> text) {
        List<Option> options = new ArrayList<>();
        for (T one : all) options.add(new Option(word.apply(one), text.apply(one), chosen.equals(Set.of(one))));
        if (chosen.size() > 1) {
            List<T> together = all.stream().filter(chosen::contains).toList();
            options.add(new Option(
                    together.stream().map(word).collect(Collectors.joining(",")),
                    together.stream().map(text).collect(Collectors.joining(" or ")),
                    true));
        }
        return options;
    }

    static String statusWords(Status status) {
        return switch (status) {
            case MISSING -> "missing";
            case UNDER -> "under-represented";
            case PRESENT -> "present";
            case OVER -> "over-represented";
        };
    }

    private static List<Option> kindOptions(ConceptQuery query) {
        return options(List.of(LabelKind.values()), query.kinds(), LabelKind::word, Label::kindWords);
    }

    private static List<Option> qualityOptions(double least) {
        return DoubleStream.concat(DoubleStream.of(0.6, 0.75, 0.9), DoubleStream.of(least))
                .filter(q -> q > 0)
                .distinct()
                .sorted()
                .mapToObj(q -> new Option(String.valueOf(q), Numbers.score(q) + " or more", q == least))
                .toList();
    }

    @Override
    public Preview preview() {
        return Preview.of(table);
    }
}
