package org.gapexplorer.explorer.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.concept.ConceptFilter;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.concept.ConceptsView;
import org.gapexplorer.explorer.share.ChartFile;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Controls.Pager;
import org.gapexplorer.explorer.view.CurveChart;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Suite;
import org.gapexplorer.snapshot.SuiteQuery;

/**
 * Benchmarks put together: what they cover, how thinly, and which to add next.
 *
 * @param faces the switch between {@link CompareView side by side} and as a suite
 * @param rarefied how many items the rarefied columns draw, as text; empty where there are none
 * @param orders the candidates' columns after the first, to sort them by
 * @param candidates benchmarks that are not in the suite; a link adds one
 * @param members those that are; a link takes one out
 * @param lists the switch between missing and thin concepts
 */
public record SuiteView(
        List<Choice> faces,
        List<Option> benchmarks,
        List<Option> kinds,
        int least,
        List<Kept> kept,
        List<Figure> figures,
        CurveChart curve,
        String rarefied,
        List<Column> orders,
        List<Part> candidates,
        List<Column> losses,
        List<Part> members,
        List<Choice> lists,
        Table concepts,
        Pager pager)
        implements Shareable {
    private static final int LEAST = 10;
    private static final int HOLDERS = 2;
    /** What the candidates can be sorted by, highest first. */
    private static final Map<String, ToDoubleFunction<Suite.Part>> ORDERS = Map.of(
            "adds", Suite.Part::adds,
            "per", SuiteView::per,
            "rarefied", p -> p.rarefied().orElse(0),
            "lifts", Suite.Part::lifts);

    private static final List<String> FORM = List.of("benchmarks", "kind", "least", "page");

    /**
     * @param href adds it, or takes it out
     * @param per concepts added for each hundred items
     */
    public record Part(
            String title, String href, String items, String adds, String per, String rarefied, String lifts) {}

    /** What the address asks for. */
    public record Wanted(SuiteQuery query, boolean every, String by, int page) {
        /** The candidates in the order asked for. */
        public List<Suite.Part> ordered(List<Suite.Part> candidates) {
            return candidates.stream()
                    .sorted(Comparator.comparingDouble(ORDERS.get(by)).reversed())
                    .toList();
        }
    }

    public static Wanted wanted(Params params, Names names) {
        List<String> benchmarks = List.copyOf(params.several("benchmarks", names.benchmarkIds(), b -> b));
        boolean every = "all".equals(params.one("kind", List.of("meaning", "all"), k -> k));
        int least = params.integer("least", LEAST, 1, 1_000_000);
        boolean thin = "thin".equals(params.one("show", List.of("missing", "thin"), s -> s));
        int limit = params.integer("limit", ConceptFilter.PAGE, 1, ConceptQuery.MAX_LIMIT);
        int page = params.integer("page", 1, 1, ConceptQuery.MAX_OFFSET / limit + 1);
        Set<LabelKind> kinds = every ? Set.of() : Set.of(LabelKind.MEANING);
        String by = params.one("by", List.copyOf(ORDERS.keySet()), b -> b);
        SuiteQuery query = new SuiteQuery(benchmarks, kinds, least, thin, (page - 1) * limit, limit);
        return new Wanted(query, every, by == null ? "adds" : by, page);
    }

    static SuiteView of(Snapshot snapshot, Names names, Wanted wanted, Url here, Links links) {
        Suite suite = snapshot.suite(wanted.query());
        Set<String> chosen = Set.copyOf(suite.benchmarks());
        return new SuiteView(
                CompareView.faces(suite.benchmarks(), wanted.every(), false, links),
                snapshot.suiteIds().stream()
                        .map(b -> new Option(b, names.benchmark(b), chosen.contains(b)))
                        .toList(),
                List.of(
                        new Option("", "meanings only", !wanted.every()),
                        new Option("all", "every kind", wanted.every())),
                suite.least(),
                here.keptBut(FORM),
                figures(suite, here),
                curve(suite, names),
                suite.rarefiedTo() > 0 ? Numbers.count(suite.rarefiedTo(), "item", "items") : "",
                orders(wanted.by(), suite.rarefiedTo() > 0, here),
                wanted.ordered(suite.candidates()).stream()
                        .map(p -> part(p, with(suite, p.benchmark(), here), names))
                        .toList(),
                losses(suite.rarefiedTo() > 0),
                suite.members().stream()
                        .map(p -> part(p, without(suite, p.benchmark(), here), names))
                        .toList(),
                List.of(
                        new Choice(
                                "missing · " + Numbers.count(suite.missing()),
                                here.without("show", "page").toString(),
                                !wanted.query().thin()),
                        new Choice(
                                "thin · " + Numbers.count(suite.thin()),
                                here.with("show", "thin").without("page").toString(),
                                wanted.query().thin())),
                concepts(suite, names, links),
                ConceptsView.pager(suite.rows(), here));
    }

    private static List<Figure> figures(Suite suite, Url here) {
        int n = suite.benchmarks().size();
        String of = "of " + Numbers.count(suite.concepts()) + " live concepts";
        return List.of(
                new Figure("Benchmarks", Numbers.count(n), Numbers.count(suite.items(), "item", "items"), "items"),
                new Figure("Covered", Numbers.count(suite.covered()), of, "present"),
                new Figure(
                        "Missing",
                        Numbers.count(suite.missing()),
                        share(suite.missing(), suite.concepts()),
                        here.without("show", "page") + "#rows",
                        "missing"),
                new Figure(
                        "Thin",
                        Numbers.count(suite.thin()),
                        "covered by fewer than " + Numbers.count(suite.least(), "item", "items"),
                        here.with("show", "thin").without("page") + "#rows",
                        "thin"));
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "" : Numbers.percent((double) part / whole);
    }

    private static CurveChart curve(Suite suite, Names names) {
        return CurveChart.of(
                suite.steps().stream()
                        .map(s -> new CurveChart.Step(
                                names.benchmark(s.benchmark()), s.chosen(), s.items(), s.adds(), s.missing(), s.thin()))
                        .toList(),
                suite.least());
    }

    private static List<Column> orders(String by, boolean rarefied, Url here) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.number("Items", "items"),
                order("Adds", "adds", "adds", by, here),
                order("Per 100 items", "adds", "per", by, here)));
        if (rarefied) columns.add(order("Rarefied", "addsrarefied", "rarefied", by, here));
        columns.add(order("Lifts", "thin", "lifts", by, here));
        return columns;
    }

    private static Column order(String title, String anchor, String word, String by, Url here) {
        String href = here.with("by", word.equals("adds") ? "" : word).toString();
        return new Column(title, anchor, href, word.equals(by) ? "descending" : "", "num");
    }

    private static List<Column> losses(boolean rarefied) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.number("Items", "items"),
                Column.number("Only here", "adds"),
                Column.number("Per 100 items", "adds")));
        if (rarefied) columns.add(Column.number("Rarefied", "addsrarefied"));
        columns.add(Column.number("Lifts", "thin"));
        return columns;
    }

    private static Part part(Suite.Part p, String href, Names names) {
        return new Part(
                names.benchmark(p.benchmark()),
                href,
                Numbers.count(p.items()),
                Numbers.count(p.adds()),
                Numbers.expected(per(p)),
                p.rarefied().isPresent() ? Numbers.expected(p.rarefied().getAsDouble()) : Numbers.NONE,
                Numbers.count(p.lifts()));
    }

    private static double per(Suite.Part p) {
        return 100.0 * p.adds() / p.items();
    }

    private static String with(Suite suite, String benchmark, Url here) {
        List<String> more = new ArrayList<>(suite.benchmarks());
        more.add(benchmark);
        return here.with("benchmarks", String.join(",", more)).without("page").toString();
    }

    private static String without(Suite suite, String benchmark, Url here) {
        String rest =
                suite.benchmarks().stream().filter(b -> !b.equals(benchmark)).collect(Collectors.joining(","));
        return here.with("benchmarks", rest).without("page").toString();
    }

    private static Table concepts(Suite suite, Names names, Links links) {
        Set<String> chosen = Set.copyOf(suite.benchmarks());
        List<Table.Row> rows = suite.rows().rows().stream()
                .map(row -> new Table.Row(
                        ConceptTable.label(row, links),
                        List.of(
                                Cell.number(Numbers.percent(row.density())),
                                Cell.count(items(row, chosen)),
                                holders(row, chosen, names))))
                .toList();
        return new Table(
                "Those that fire most often in ordinary text come first",
                List.of(
                        Column.text("Concept"),
                        Column.number("Firing rate", "density"),
                        Column.number("Items in the suite", "support"),
                        Column.text("Held by")),
                rows);
    }

    private static int items(ConceptRow row, Set<String> chosen) {
        return chosen.stream().mapToInt(b -> row.coverage().get(b).support()).sum();
    }

    /** What else holds most items with the concept, reference texts and own prompts among them. */
    private static Cell holders(ConceptRow row, Set<String> chosen, Names names) {
        List<Map.Entry<String, Coverage>> holders = row.coverage().entrySet().stream()
                .filter(e -> !chosen.contains(e.getKey()) && e.getValue().support() > 0)
                .sorted(Comparator.comparingInt(e -> -e.getValue().support()))
                .toList();
        String first = holders.stream()
                .limit(HOLDERS)
                .map(e -> names.benchmark(e.getKey()) + " ("
                        + Numbers.count(e.getValue().support()) + ")")
                .collect(Collectors.joining(", "));
        int more = holders.size() - HOLDERS;
        return Cell.text(first.isEmpty() ? "no other" : first + (more > 0 ? " and " + more + " more" : ""));
    }

    @Override
    public Preview preview() {
        return new Preview(figures, concepts);
    }

    @Override
    public List<ChartFile> charts() {
        return ChartFile.list(ChartFile.of("curve", "Concepts left as benchmarks are added, on a log scale", curve));
    }
}
