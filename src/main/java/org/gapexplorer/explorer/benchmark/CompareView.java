package org.gapexplorer.explorer.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.explorer.concept.ConceptFilter;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.concept.ConceptsView;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.share.ChartFile;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Chip;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Controls.Pager;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Sorting;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.Comparison;
import org.gapexplorer.snapshot.Comparison.Show;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SortKey;

/**
 * Benchmarks side by side.
 *
 * @param faces the switch between side by side and {@link SuiteView as a suite}
 * @param chosen how many are compared; with fewer than two there is only the heat map of all
 * @param rowsOf what the rows are: the filter by kind, as a switch
 * @param figures how many concepts all share, all miss and each has alone; every count leads to its list
 * @param keptForSearch what the search among the rows keeps
 * @param chips what narrows the rows
 */
public record CompareView(
        List<Choice> faces,
        List<Option> benchmarks,
        List<Kept> kept,
        int chosen,
        String heading,
        List<Figure> figures,
        Overlaps overlaps,
        String q,
        List<Kept> keptForSearch,
        List<Choice> rowsOf,
        List<Chip> chips,
        String total,
        Table table,
        Pager pager)
        implements Shareable {
    static final int MOST = 10;
    private static final String DIFFERENCE = "difference";
    private static final String ALONE = "alone:";

    /** What the address asks for. */
    public record Wanted(
            List<String> benchmarks, Show show, ConceptQuery query, String sort, int page, boolean every) {}

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
                ? SortKey.of(SortKey.Column.SPREAD)
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
        return new Wanted(benchmarks, show(params, benchmarks), query, sort, page, every);
    }

    /** The same, where two benchmarks at least must be named. */
    public static Wanted complete(Params params, Names names) {
        Wanted wanted = wanted(params, names);
        if (wanted.benchmarks().size() < 2) {
            throw new BadParameter("benchmarks", "name two to " + MOST + ", apart by commas");
        }
        return wanted;
    }

    private static Show show(Params params, List<String> benchmarks) {
        Map<String, Show> choices = new LinkedHashMap<>();
        choices.put("all", Show.ALL);
        choices.put("shared", Show.SHARED);
        choices.put("missed", Show.MISSED);
        for (int i = 0; i < benchmarks.size(); i++) choices.put(ALONE + benchmarks.get(i), Show.alone(i));
        String word = params.one("show", List.copyOf(choices.keySet()), s -> s);
        return choices.getOrDefault(word, Show.ALL);
    }

    static CompareView of(Snapshot snapshot, Names names, Wanted wanted, Params params, Url here, Links links) {
        List<String> ids = wanted.benchmarks();
        List<Option> options = names.benchmarkIds().stream()
                .map(b -> new Option(b, names.benchmark(b), ids.contains(b)))
                .toList();
        List<Choice> faces = faces(ids, wanted.every(), true, links);
        List<Kept> kept = here.keptBut(List.of("benchmarks", "page", "sort", "order", "q", "show"));
        if (ids.size() < 2) {
            Overlaps all = Overlaps.of(snapshot, names, names.benchmarkIds(), params, here, links);
            return new CompareView(
                    faces,
                    options,
                    kept,
                    ids.size(),
                    "Compare benchmarks",
                    List.of(),
                    all,
                    "",
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    null,
                    null);
        }
        Comparison c = snapshot.compare(ids, wanted.show(), wanted.query());
        return new CompareView(
                faces,
                options,
                kept,
                ids.size(),
                heading(ids, names),
                figures(c, names, here),
                Overlaps.of(snapshot, names, ids, params, here, links),
                wanted.query().text(),
                here.keptBut(List.of("q", "page")),
                kinds(here, wanted.every()),
                chips(wanted, names, here),
                ConceptsView.total(c.rows().total()),
                table(c, names, new Sorting(here, wanted.sort(), wanted.query().descending()), links),
                ConceptsView.pager(c.rows(), here));
    }

    /** The switch between the two ways of looking at several benchmarks. */
    static List<Choice> faces(List<String> benchmarks, boolean every, boolean compare, Links links) {
        String chosen = String.join(",", benchmarks);
        String kind = every ? "all" : "";
        Url beside = links.to("/compare").with("benchmarks", chosen).with("kind", kind);
        Url suite = links.to("/suite").with("benchmarks", chosen).with("kind", kind);
        return List.of(
                new Choice("Side by side", beside.toString(), compare),
                new Choice("As a suite", suite.toString(), !compare));
    }

    /** The switch between labels that tell a meaning and all. */
    static List<Choice> kinds(Url here, boolean every) {
        return List.of(
                new Choice("meanings only", here.without("kind", "page").toString(), !every),
                new Choice(
                        "every kind", here.with("kind", "all").without("page").toString(), every));
    }

    private static String heading(List<String> ids, Names names) {
        if (ids.size() > 4) return Numbers.count(ids.size()) + " benchmarks side by side";
        List<String> titles = ids.stream().map(names::benchmark).toList();
        return ids.size() == 2 ? String.join(" against ", titles) : String.join(", ", titles) + " side by side";
    }

    private static Table table(Comparison c, Names names, Sorting sorting, Links links) {
        boolean two = c.benchmarks().size() == 2;
        List<Column> columns = new ArrayList<>();
        columns.add(sorting.text("Concept", "label"));
        for (String b : c.benchmarks()) columns.add(sorting.number(names.benchmark(b), "", b, true));
        columns.add(sorting.number(two ? "Difference" : "Spread", "difference", DIFFERENCE, true));
        List<Table.Row> rows = c.rows().rows().stream()
                .map(row -> new Table.Row(ConceptTable.label(row.concept(), links), cells(c, row, two)))
                .toList();
        return new Table("Coverage of each concept", columns, rows);
    }

    private static List<Cell> cells(Comparison c, Comparison.Row row, boolean two) {
        List<Cell> cells = new ArrayList<>();
        for (String b : c.benchmarks())
            cells.add(Cell.tinted(row.concept().coverage().get(b)));
        cells.add(
                two
                        ? Cell.signed(Numbers.signedCoverage(row.difference()))
                        : Cell.number(Numbers.coverage(row.difference())));
        return cells;
    }

    private static List<Figure> figures(Comparison c, Names names, Url here) {
        List<Figure> figures = new ArrayList<>();
        figures.add(figure("Shared by all", c.shared(), share(c.shared(), c.union()), "shared", here));
        figures.add(figure("Missed by all", c.missing(), "live, but in none of them", "missed", here));
        for (String b : c.benchmarks()) {
            int alone = c.alone().getOrDefault(b, 0);
            figures.add(figure("Only in " + names.benchmark(b), alone, share(alone, c.union()), ALONE + b, here));
        }
        return figures;
    }

    private static Figure figure(String name, int count, String note, String show, Url here) {
        String list = here.with("show", show).without("page") + "#rows";
        return new Figure(name, Numbers.count(count), note, count == 0 ? "" : list, "alone");
    }

    private static List<Chip> chips(Wanted wanted, Names names, Url here) {
        List<Chip> chips = new ArrayList<>();
        String show = switch (wanted.show().which()) {
            case ALL -> "";
            case SHARED -> "shared by all";
            case MISSED -> "missed by all";
            case ALONE ->
                "only in "
                        + names.benchmark(wanted.benchmarks().get(wanted.show().alone()));
        };
        if (!show.isEmpty())
            chips.add(new Chip(show, here.without("show", "page").toString()));
        String q = wanted.query().text();
        if (!q.isEmpty()) {
            chips.add(new Chip(
                    "“" + Text.bounded(q, 60) + "”", here.without("q", "page").toString()));
        }
        return chips;
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "" : Numbers.percent((double) part / whole) + " of those covered";
    }

    @Override
    public Preview preview() {
        return new Preview(figures, table);
    }

    @Override
    public List<ChartFile> charts() {
        return ChartFile.list(ChartFile.of("overlap", overlaps.map()));
    }
}
