package org.gapexplorer.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gapexplorer.explorer.OverviewView.Figure;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Controls.Pager;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Sorting;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.snapshot.Comparison;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SortKey;

/**
 * Benchmarks side by side.
 *
 * @param chosen how many are compared; with fewer than two there is only the heat map of all
 * @param rowsOf what the rows are: the filter by kind, as a switch
 */
public record CompareView(
        List<Option> benchmarks,
        List<Kept> kept,
        int chosen,
        String heading,
        List<Figure> figures,
        HeatMap overlap,
        String q,
        List<Choice> rowsOf,
        String total,
        Table table,
        Pager pager) {
    static final int MOST = 10;
    private static final String DIFFERENCE = "difference";

    /** What the address asks for. */
    record Wanted(List<String> benchmarks, ConceptQuery query, String sort, int page, boolean every) {}

    static Wanted wanted(Params params, Names names) {
        List<String> benchmarks = List.copyOf(params.several("benchmarks", names.benchmarkIds(), b -> b));
        if (benchmarks.size() > MOST)
            throw new BadParameter("benchmarks", "at most " + MOST + " can be compared at once");
        List<String> sorts = new ArrayList<>(List.of(DIFFERENCE, "label"));
        sorts.addAll(benchmarks);
        String sort = params.one("sort", sorts, s -> s);
        if (sort == null) sort = DIFFERENCE;
        String order = params.one("order", List.of("asc", "desc"), o -> o);
        boolean descending = order == null ? !sort.equals("label") : order.equals("desc");
        int limit = params.integer("limit", ConceptFilter.PAGE, 1, ConceptQuery.MAX_LIMIT);
        int page = params.integer("page", 1, 1, ConceptQuery.MAX_OFFSET / limit + 1);
        boolean every = "all".equals(params.one("kind", List.of("meaning", "all"), k -> k));
        SortKey key = sort.equals(DIFFERENCE)
                ? SortKey.of(SortKey.Column.DIFFERENCE)
                : sort.equals("label")
                        ? SortKey.of(SortKey.Column.LABEL)
                        : SortKey.coverage(SortKey.Column.COVERAGE, sort);
        ConceptQuery query = ConceptQuery.all()
                .text(params.text("q"))
                .kinds(every ? Set.of() : Set.of(LabelKind.MEANING))
                .sortedBy(key, descending)
                .offset((page - 1) * limit)
                .limit(limit)
                .build();
        return new Wanted(benchmarks, query, sort, page, every);
    }

    static CompareView of(Snapshot snapshot, Names names, Wanted wanted, Url here, Links links) {
        List<String> ids = wanted.benchmarks();
        List<Option> options = names.benchmarkIds().stream()
                .map(b -> new Option(b, names.benchmark(b), ids.contains(b)))
                .toList();
        List<Kept> kept = here.keptBut(List.of("benchmarks", "page", "sort", "order", "q"));
        if (ids.size() < 2) {
            HeatMap all = HeatMap.of(snapshot.overlap(), names.benchmarkIds(), names, links);
            return new CompareView(
                    options, kept, ids.size(), "Compare benchmarks", List.of(), all, "", List.of(), "", null, null);
        }
        Comparison c = snapshot.compare(ids, wanted.query());
        boolean two = ids.size() == 2;
        Sorting sorting = new Sorting(here, wanted.sort(), wanted.query().descending());
        List<Column> columns = new ArrayList<>();
        columns.add(sorting.text("Concept", "label"));
        for (String b : c.benchmarks()) columns.add(sorting.number(names.benchmark(b), "coverage", b, true));
        columns.add(sorting.number(two ? "Difference" : "Spread", "difference", DIFFERENCE, true));
        List<Table.Row> rows = c.rows().rows().stream()
                .map(row -> new Table.Row(ConceptTable.label(row.concept(), links), cells(c, row, two)))
                .toList();
        return new CompareView(
                options,
                kept,
                ids.size(),
                String.join(" against ", ids.stream().map(names::benchmark).toList()),
                figures(c, names),
                HeatMap.of(snapshot.overlap(), ids, names, links),
                wanted.query().text(),
                List.of(
                        new Choice("meanings only", here.without("kind", "page").toString(), !wanted.every()),
                        new Choice(
                                "every kind",
                                here.with("kind", "all").without("page").toString(),
                                wanted.every())),
                ConceptsView.total(c.rows().total()),
                new Table("Coverage of each concept", columns, rows),
                ConceptsView.pager(c.rows(), here));
    }

    private static List<Cell> cells(Comparison c, Comparison.Row row, boolean two) {
        List<Cell> cells = new ArrayList<>();
        for (String b : c.benchmarks())
            cells.add(Cell.coverage(row.concept().coverage().get(b)));
        cells.add(
                two
                        ? Cell.signed(Numbers.signedCoverage(row.difference()))
                        : Cell.number(Numbers.coverage(row.difference())));
        return cells;
    }

    private static List<Figure> figures(Comparison c, Names names) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "Shared by all", Numbers.count(c.shared()), share(c.shared(), c.union()) + " of those covered", ""));
        for (String b : c.benchmarks()) {
            int alone = c.alone().getOrDefault(b, 0);
            figures.add(new Figure(
                    "Only in " + names.benchmark(b),
                    Numbers.count(alone),
                    share(alone, c.union()) + " of those covered",
                    ""));
        }
        figures.add(new Figure("Missed by all", Numbers.count(c.missing()), "live concepts in none of them", ""));
        return figures;
    }

    private static String share(int part, int whole) {
        return whole == 0 ? Numbers.NONE : Numbers.percent((double) part / whole);
    }
}
