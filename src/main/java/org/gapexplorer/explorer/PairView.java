package org.gapexplorer.explorer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gapexplorer.explorer.OverviewView.Figure;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Sorting;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.DatapointQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SortKey;
import org.gapexplorer.snapshot.Total;

/**
 * Two models paired: per benchmark, per item, per concept.
 *
 * @param complete whether both models were found in the address; without, there is only the choice
 */
public record PairView(
        List<Option> first,
        List<Option> second,
        List<Kept> kept,
        boolean complete,
        String heading,
        List<Figure> figures,
        Table benchmarks,
        int minSupport,
        Table concepts) {
    /** The best supported concepts are paired, then sorted here: as many as one query gives. */
    private static final int CONSIDERED = ConceptQuery.MAX_LIMIT;

    private static final int ROWS = 50;
    private static final int SUPPORT = 50;
    private static final double REACH = 0.5;

    static PairView of(Snapshot snapshot, Names names, Params params, Url here, Links links) {
        List<String> ids = new ArrayList<>(params.several("models", names.modelIds(), m -> m));
        if (ids.size() > 2) throw new BadParameter("models", "two models can be compared, not " + ids.size());
        String a = !ids.isEmpty()
                ? ids.get(0)
                : names.modelIds().stream().findFirst().orElse(null);
        String b = ids.size() > 1 ? ids.get(1) : null;
        List<Option> first = Gaps.options(names.modelIds(), names::model, a);
        List<Option> second = Gaps.options(names.modelIds(), names::model, b);
        List<Kept> kept = here.keptBut(List.of("models", "minSupport"));
        int minSupport = params.integer("minSupport", SUPPORT, 0, 1_000_000);
        String sort = Optional.ofNullable(params.one("sort", List.of("difference", "first", "second", "label"), s -> s))
                .orElse("difference");
        boolean descending = "desc"
                .equals(Optional.ofNullable(params.one("order", List.of("asc", "desc"), o -> o))
                        .orElse(sort.equals("label") ? "asc" : "desc"));
        if (a == null || b == null) {
            return new PairView(first, second, kept, false, "Compare two models", List.of(), null, minSupport, null);
        }
        ModelView left = snapshot.model(a).orElseThrow();
        ModelView right = snapshot.model(b).orElseThrow();
        Sorting sorting = new Sorting(here, sort, descending);
        return new PairView(
                first,
                second,
                kept,
                true,
                names.model(a) + " against " + names.model(b),
                figures(snapshot, names, a, b),
                benchmarks(snapshot, names, left, right, links),
                minSupport,
                concepts(snapshot, names, left, right, minSupport, sorting, links));
    }

    private static List<Figure> figures(Snapshot snapshot, Names names, String a, String b) {
        return List.of(
                new Figure("Only " + names.model(a) + " right", items(snapshot, Set.of(a), Set.of(b)), "items", ""),
                new Figure("Only " + names.model(b) + " right", items(snapshot, Set.of(b), Set.of(a)), "items", ""),
                new Figure("Both right", items(snapshot, Set.of(a, b), Set.of()), "items", ""),
                new Figure("Both wrong", items(snapshot, Set.of(), Set.of(a, b)), "items", ""));
    }

    private static String items(Snapshot snapshot, Set<String> right, Set<String> wrong) {
        Total total = snapshot.datapoints(DatapointQuery.ALL
                        .rightBy(right)
                        .wrongBy(wrong)
                        .order(DatapointQuery.Order.ITEM)
                        .limit(1))
                .total();
        return ConceptsView.total(total);
    }

    private static Table benchmarks(Snapshot snapshot, Names names, ModelView left, ModelView right, Links links) {
        List<Table.Row> rows = new ArrayList<>();
        for (String benchmark : names.benchmarkIds()) {
            var x = left.score(benchmark);
            var y = right.score(benchmark);
            if (x.isEmpty() || y.isEmpty()) continue;
            double difference = x.get().mean().value() - y.get().mean().value();
            List<Cell> cells = new ArrayList<>();
            for (var s : List.of(x.get(), y.get())) {
                cells.add(Cell.score(s.mean()));
            }
            cells.add(Cell.picture(Mark.gap(difference, REACH)));
            cells.add(Cell.signed(Numbers.signed(difference)));
            rows.add(new Table.Row(Label.of(names.benchmark(benchmark), links.benchmark(benchmark)), cells));
        }
        return new Table(
                "Mean score on the benchmarks both were scored on",
                List.of(
                        Column.text("Benchmark"),
                        Column.number(names.model(left.id()), "headline"),
                        Column.number(names.model(right.id()), "headline"),
                        Column.picture(""),
                        Column.number("Difference", "difference")),
                rows);
    }

    private record Pair(ConceptRow row, Performance left, Performance right) {
        double difference() {
            return left.chi() - right.chi();
        }
    }

    private static Table concepts(
            Snapshot snapshot,
            Names names,
            ModelView left,
            ModelView right,
            int minSupport,
            Sorting sorting,
            Links links) {
        ConceptQuery query = ConceptQuery.all()
                .model(left.id())
                .minSupport(minSupport)
                .kinds(Set.of(LabelKind.MEANING))
                .sortedBy(SortKey.performance(SortKey.Column.SUPPORT, left.id(), null), true)
                .limit(CONSIDERED)
                .build();
        List<Pair> pairs = new ArrayList<>();
        for (ConceptRow row : snapshot.concepts(query).rows()) {
            var x = row.performance(left.id(), Snapshot.OVERALL);
            var y = row.performance(right.id(), Snapshot.OVERALL);
            if (x.isPresent() && y.isPresent()) pairs.add(new Pair(row, x.get(), y.get()));
        }
        Comparator<Pair> by = switch (sorting.by()) {
            case "first" -> Comparator.comparingDouble(p -> p.left().chi());
            case "second" -> Comparator.comparingDouble(p -> p.right().chi());
            case "label" -> Comparator.comparing(p -> p.row().label());
            default -> Comparator.comparingDouble(Pair::difference);
        };
        pairs.sort(sorting.descending() ? by.reversed() : by);
        List<Table.Row> rows = pairs.stream()
                .limit(ROWS)
                .map(p -> new Table.Row(
                        ConceptTable.label(p.row(), links),
                        List.of(
                                Cell.score(p.left()),
                                Cell.score(p.right()),
                                Cell.picture(Mark.gap(p.difference(), REACH)),
                                Cell.signed(Numbers.signed(p.difference())),
                                Cell.support(p.left()))))
                .toList();
        return new Table(
                "Score of each concept, mean over benchmarks; the first " + ROWS + " of " + Numbers.count(pairs.size())
                        + " paired",
                List.of(
                        sorting.text("Concept", "label"),
                        sorting.number(names.model(left.id()), "score", "first", true),
                        sorting.number(names.model(right.id()), "score", "second", true),
                        Column.picture(""),
                        sorting.number("Difference", "difference", "difference", true),
                        Column.number("Support", "support")),
                rows);
    }
}
