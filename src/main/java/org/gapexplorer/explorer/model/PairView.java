package org.gapexplorer.explorer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gapexplorer.explorer.concept.ConceptFilter;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.concept.ConceptsView;
import org.gapexplorer.explorer.concept.Gaps;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Controls.Pager;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Sorting;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.Estimate;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Pairing;
import org.gapexplorer.snapshot.Pairing.Paired;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SortKey;

/**
 * Two models paired: per benchmark, per item, per concept.
 *
 * @param complete whether both models were found in the address; without, there is only the choice
 * @param of what the concepts' scores speak of: one benchmark, or the mean over them
 */
public record PairView(
        List<Option> first,
        List<Option> second,
        List<Option> scopes,
        List<Option> kinds,
        String q,
        int minSupport,
        List<Kept> kept,
        boolean complete,
        String heading,
        List<Figure> figures,
        Table benchmarks,
        String of,
        String total,
        Table concepts,
        Pager pager)
        implements Shareable {
    private static final int SUPPORT = 50;
    /** The difference at the ends of its picture. */
    private static final double REACH = 0.5;

    private static final List<String> FORM = List.of("models", "benchmark", "minSupport", "kind", "q", "page");

    /** What the address asks for; {@code second} is null where it names fewer than two models. */
    public record Wanted(String first, String second, ConceptQuery query, String sort, boolean every, int page) {
        boolean complete() {
            return first != null && second != null;
        }
    }

    static Wanted wanted(Params params, Names names) {
        List<String> ids = List.copyOf(params.several("models", names.modelIds(), m -> m));
        if (ids.size() > 2) throw new BadParameter("models", "two models can be compared, not " + ids.size());
        String first = ids.isEmpty() ? null : ids.getFirst();
        String second = ids.size() < 2 ? null : ids.getLast();
        String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
        String sort = Optional.ofNullable(
                        params.one("sort", List.of("difference", "first", "second", "support", "label"), s -> s))
                .orElse("difference");
        String order = params.one("order", List.of("asc", "desc"), o -> o);
        boolean descending = order == null ? !sort.equals("label") : order.equals("desc");
        boolean every = "all".equals(params.one("kind", List.of("meaning", "all"), k -> k));
        int limit = params.integer("limit", ConceptFilter.PAGE, 1, ConceptQuery.MAX_LIMIT);
        int page = params.integer("page", 1, 1, ConceptQuery.MAX_OFFSET / limit + 1);
        SortKey key = switch (sort) {
            case "first" -> SortKey.performance(SortKey.Column.SCORE, first, benchmark);
            case "second" -> SortKey.performance(SortKey.Column.SCORE, second, benchmark);
            case "support" -> SortKey.performance(SortKey.Column.SUPPORT, first, benchmark);
            case "label" -> SortKey.of(SortKey.Column.LABEL);
            default -> SortKey.of(SortKey.Column.DIFFERENCE);
        };
        ConceptQuery query = ConceptQuery.all()
                .text(params.text("q"))
                .benchmark(benchmark)
                .minSupport(params.integer("minSupport", SUPPORT, 0, 1_000_000))
                .kinds(every ? Set.of() : Set.of(LabelKind.MEANING))
                .sortedBy(key, descending)
                .offset((page - 1) * limit)
                .limit(limit)
                .build();
        return new Wanted(first, second, query, sort, every, page);
    }

    /** The two models asked for, paired. */
    public static Pairing pairing(Snapshot snapshot, Params params) {
        Wanted wanted = wanted(params, Names.of(snapshot));
        if (!wanted.complete()) throw new BadParameter("models", "name two, apart by a comma");
        return snapshot.pair(wanted.first(), wanted.second(), wanted.query()).orElseThrow();
    }

    static PairView of(Snapshot snapshot, Names names, Wanted wanted, Url here, Links links) {
        ConceptQuery query = wanted.query();
        String first = wanted.first() != null
                ? wanted.first()
                : names.modelIds().stream().findFirst().orElse("");
        Pairing pair =
                wanted.complete() ? snapshot.pair(first, wanted.second(), query).orElse(null) : null;
        boolean complete = pair != null;
        Sorting sorting = new Sorting(here, wanted.sort(), query.descending());
        return new PairView(
                Gaps.options(names.modelIds(), names::model, first),
                Gaps.options(names.modelIds(), names::model, wanted.second()),
                Gaps.options(names.benchmarkIds(), names::benchmark, query.benchmark()),
                List.of(new Option("all", "every kind", wanted.every())),
                Text.bounded(query.text(), 200),
                query.minSupport(),
                here.keptBut(FORM),
                complete,
                complete ? names.model(first) + " against " + names.model(wanted.second()) : "Compare two models",
                complete ? figures(pair, names) : List.of(),
                complete ? benchmarks(snapshot, names, pair, links) : null,
                query.benchmark() == null ? "mean over benchmarks" : "on " + names.benchmark(query.benchmark()),
                complete ? ConceptsView.total(pair.rows().total()) : "",
                complete ? concepts(names, pair, query.benchmark(), sorting, links) : null,
                complete ? ConceptsView.pager(pair.rows(), here) : null);
    }

    private static List<Figure> figures(Pairing pair, Names names) {
        Paired all = pair.overall();
        return List.of(
                new Figure(
                        "Difference",
                        all.difference().map(d -> Numbers.signed(d.value())).orElse(Numbers.NONE),
                        all.difference()
                                        .map(d -> Numbers.signedInterval(d.low(), d.high()))
                                        .orElse("") + " mean over benchmarks",
                        "paired"),
                count("Only " + names.model(pair.first()) + " right", all.onlyFirst(), all),
                count("Only " + names.model(pair.second()) + " right", all.onlySecond(), all),
                count("Both right", all.bothRight(), all),
                count("Both wrong", all.bothWrong(), all));
    }

    private static Figure count(String name, int n, Paired all) {
        String share = all.items() == 0 ? Numbers.NONE : Numbers.percent((double) n / all.items());
        return new Figure(
                name, Numbers.count(n), share + " of " + Numbers.count(all.items(), "item", "items"), "onlyright");
    }

    private static Table benchmarks(Snapshot snapshot, Names names, Pairing pair, Links links) {
        ModelView left = snapshot.model(pair.first()).orElseThrow();
        ModelView right = snapshot.model(pair.second()).orElseThrow();
        List<Table.Row> rows = new ArrayList<>();
        pair.benchmarks().forEach((benchmark, paired) -> {
            Url page = links.to("/benchmarks/" + Url.segment(benchmark));
            List<Cell> cells = new ArrayList<>();
            for (ModelView m : List.of(left, right)) {
                cells.add(m.score(benchmark).map(s -> Cell.score(s.mean())).orElse(Cell.number(Numbers.NONE)));
            }
            cells.addAll(difference(paired));
            cells.addAll(counts(pair, paired, page));
            rows.add(new Table.Row(Label.of(names.benchmark(benchmark), page.toString()), cells));
        });
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("Benchmark"),
                Column.number(names.model(left.id()), "headline"),
                Column.number(names.model(right.id()), "headline"),
                Column.picture(""),
                Column.number("Difference", "paired")));
        columns.addAll(countColumns(names, pair));
        return new Table(
                "Mean score on each benchmark; the difference and the counts are over the same items", columns, rows);
    }

    private static Table concepts(Names names, Pairing pair, String benchmark, Sorting sorting, Links links) {
        List<Table.Row> rows = pair.rows().rows().stream()
                .map(row -> {
                    Url page = links.to("/concepts/" + row.concept().concept()).with("benchmark", benchmark);
                    List<Cell> cells = new ArrayList<>();
                    for (String m : List.of(pair.first(), pair.second())) {
                        cells.add(Cell.score(score(row.concept(), m, benchmark)));
                    }
                    cells.addAll(difference(row.pair()));
                    cells.addAll(counts(pair, row.pair(), page));
                    return new Table.Row(ConceptTable.label(row.concept(), links), cells);
                })
                .toList();
        List<Column> columns = new ArrayList<>(List.of(
                sorting.text("Concept", "label"),
                sorting.number(names.model(pair.first()), "score", "first", true),
                sorting.number(names.model(pair.second()), "score", "second", true),
                Column.picture(""),
                sorting.number("Difference", "paired", "difference", true)));
        columns.addAll(countColumns(names, pair));
        columns.set(columns.size() - 1, sorting.number("Items", "support", "support", true));
        return new Table("Both models’ score on each concept", columns, rows);
    }

    private static Performance score(ConceptRow concept, String model, String benchmark) {
        return concept.performance(model, benchmark == null ? Snapshot.OVERALL : benchmark)
                .orElse(null);
    }

    private static List<Cell> difference(Paired paired) {
        if (paired.difference().isEmpty()) return List.of(Cell.picture(null), Cell.number(Numbers.NONE));
        Estimate d = paired.difference().get();
        return List.of(Cell.picture(Mark.difference(d, REACH)), Cell.difference(d));
    }

    private static List<Column> countColumns(Names names, Pairing pair) {
        return List.of(
                Column.number("Only " + names.model(pair.first()) + " right", "onlyright"),
                Column.number("Only " + names.model(pair.second()) + " right", "onlyright"),
                Column.number("Both wrong", "onlyright"),
                Column.number("Items", "support"));
    }

    /** @param page shows the items in question when given who was right and who was wrong */
    private static List<Cell> counts(Pairing pair, Paired paired, Url page) {
        Url onlyFirst = page.with("right", pair.first()).with("wrong", pair.second());
        Url onlySecond = page.with("right", pair.second()).with("wrong", pair.first());
        Url bothWrong = page.with("wrong", List.of(pair.first(), pair.second()));
        return List.of(
                count(paired.onlyFirst(), onlyFirst),
                count(paired.onlySecond(), onlySecond),
                count(paired.bothWrong(), bothWrong),
                Cell.count(paired.items()));
    }

    private static Cell count(int n, Url items) {
        return n == 0 ? Cell.count(0) : Cell.count(n).linked(items + "#items");
    }

    @Override
    public Preview preview() {
        return new Preview(figures, benchmarks);
    }
}
