package org.gapexplorer.explorer.concept;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Sorting;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.Estimate;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SortKey;
import org.gapexplorer.snapshot.Status;

/**
 * Tables of concepts, one column at a time: each kind of number is written, explained and sorted in one place.
 *
 * @param model the model whose numbers are shown; null for none
 * @param benchmark the benchmark shown; null for the suite, overall
 * @param sorting links in the headers; null for a list that is not sorted by the visitor
 */
public record ConceptTable(Links links, ModelView model, String benchmark, Sorting sorting) {
    /** What can stand in a concept table. */
    enum Part {
        ID,
        COVERAGE,
        ITEMS,
        BENCHMARKS,
        DENSITY,
        SCORE,
        SCORE_PICTURE,
        SHRUNK,
        GAP,
        GAP_PICTURE,
        Q,
        SUPPORT
    }

    /** The gap that fills half of a picture. */
    private static final double REACH = 0.5;

    /** A column that only some lists have. */
    record Extra(Column column, Function<ConceptRow, Cell> cell) {}

    Table of(String caption, List<ConceptRow> rows, Part... parts) {
        return of(caption, rows, List.of(parts), List.of());
    }

    /** @param extras stand after the parts */
    Table of(String caption, List<ConceptRow> rows, List<Part> parts, List<Extra> extras) {
        List<Column> columns = new ArrayList<>();
        columns.add(sorting == null ? Column.text("Concept") : sorting.text("Concept", "label"));
        for (Part part : parts) columns.addAll(columns(part));
        extras.forEach(extra -> columns.add(extra.column()));
        int by = sorted(columns);
        boolean numbered = parts.contains(Part.ID);
        List<Table.Row> lines = rows.stream()
                .map(row -> {
                    List<Cell> cells = new ArrayList<>();
                    for (Part part : parts) cells.addAll(cells(part, row));
                    extras.forEach(extra -> cells.add(extra.cell().apply(row)));
                    if (by > 0) cells.set(by - 1, cells.get(by - 1).always());
                    return new Table.Row(numbered ? unnumbered(row, links) : label(row, links), cells);
                })
                .toList();
        return new Table(caption, columns, lines);
    }

    /** Which column sorts; -1 for none. The first is the label's, which has no cell. */
    private static int sorted(List<Column> columns) {
        return columns.indexOf(
                columns.stream().filter(c -> !c.sorted().isEmpty()).findFirst().orElse(null));
    }

    /** The meanings that the benchmark, or the suite, holds most of. */
    public Table mostCovered(Snapshot snapshot, int rows) {
        return of("Most covered", mostCoveredRows(snapshot, rows), Part.COVERAGE, Part.ITEMS);
    }

    public List<ConceptRow> mostCoveredRows(Snapshot snapshot, int rows) {
        return snapshot.concepts(meanings(rows).sortedBy(byCoverage(), true).build())
                .rows();
    }

    /** The meanings that it holds, but least of. */
    public Table leastCovered(Snapshot snapshot, int rows) {
        return of("Least covered, but not missing", leastCoveredRows(snapshot, rows), Part.COVERAGE, Part.ITEMS);
    }

    public List<ConceptRow> leastCoveredRows(Snapshot snapshot, int rows) {
        return snapshot.concepts(meanings(rows)
                        .statuses(Set.of(Status.UNDER, Status.PRESENT))
                        .sortedBy(byCoverage(), false)
                        .build())
                .rows();
    }

    private ConceptQuery.Builder meanings(int rows) {
        return ConceptQuery.all()
                .benchmark(benchmark)
                .kinds(Set.of(LabelKind.MEANING))
                .limit(rows);
    }

    private SortKey byCoverage() {
        return SortKey.coverage(SortKey.Column.COVERAGE, benchmark);
    }

    public static Label label(ConceptRow row, Links links) {
        Label label = Label.concept(
                row.concept(), row.label(), row.highlights(), row.kind(), row.quality(), links.concept(row.concept()));
        return row.byMeaning() ? label.noted("found by meaning") : label;
    }

    private static Label unnumbered(ConceptRow row, Links links) {
        Label label = Label.unnumbered(
                row.concept(), row.label(), row.highlights(), row.kind(), row.quality(), links.concept(row.concept()));
        return row.byMeaning() ? label.noted("found by meaning") : label;
    }

    private List<Column> columns(Part part) {
        return switch (part) {
            case ID -> List.of(number("Id", "number", "id", false).least());
            case BENCHMARKS ->
                List.of(number("In benchmarks", "present", "benchmarks", true).optional());
            case DENSITY ->
                List.of(number("Firing rate", "density", "density", true).optional());
            case COVERAGE ->
                List.of(
                        Column.picture(""),
                        number("Coverage", "coverage", "coverage", true).broad());
            case ITEMS ->
                List.of(number("Items", "support", "coverage-support", true).optional());
            case SCORE -> List.of(number("Score", "score", "score", false).broad());
            case SCORE_PICTURE -> List.of(Column.picture(""), number("Score", "score", "score", false));
            case SHRUNK -> List.of(number("Shrunk", "shrunk", "shrunk", false).optional());
            case GAP -> List.of(number("Gap", "gap", "gap", false));
            case GAP_PICTURE -> List.of(Column.picture(""), number("Gap", "gap", "gap", false));
            case Q -> List.of(number("q", "q", "q", false).optional());
            case SUPPORT -> List.of(number("Support", "support", "support", true));
        };
    }

    private Column number(String title, String anchor, String word, boolean highestFirst) {
        return sorting == null ? Column.number(title, anchor) : sorting.number(title, anchor, word, highestFirst);
    }

    private List<Cell> cells(Part part, ConceptRow row) {
        Coverage coverage = benchmark == null ? row.suite() : row.coverage().get(benchmark);
        Performance p = model == null
                ? null
                : row.performance(model.id(), benchmark == null ? Snapshot.OVERALL : benchmark)
                        .orElse(null);
        return switch (part) {
            case ID -> List.of(Cell.number(String.valueOf(row.concept())).least());
            case BENCHMARKS -> List.of(Cell.count(row.benchmarks()).optional());
            case DENSITY -> List.of(Cell.number(Numbers.percent(row.density())).optional());
            case COVERAGE ->
                List.of(Cell.picture(coverage == null ? null : Mark.coverage(coverage.chi())), Cell.coverage(coverage));
            case ITEMS ->
                List.of(
                        coverage == null
                                ? Cell.number(Numbers.NONE).optional()
                                : Cell.count(coverage.support()).optional());
            case SCORE -> List.of(Cell.score(p));
            case SCORE_PICTURE ->
                List.of(
                        Cell.picture(
                                p == null
                                        ? null
                                        : Mark.score(p, reference(model, benchmark), chance(model, benchmark))),
                        Cell.score(p));
            case SHRUNK ->
                List.of(Cell.number(p == null ? Numbers.NONE : Numbers.score(p.shrunk()))
                        .optional());
            case GAP -> List.of(Cell.gap(gap(p)));
            case GAP_PICTURE ->
                List.of(
                        Cell.picture(gap(p).isEmpty() ? null : Mark.gap(gap(p).getAsDouble(), REACH)),
                        Cell.gap(gap(p)));
            case Q ->
                List.of(Cell.rate(p == null ? OptionalDouble.empty() : p.q()).optional());
            case SUPPORT -> List.of(Cell.support(p));
        };
    }

    private static OptionalDouble gap(Performance p) {
        return p == null ? OptionalDouble.empty() : p.gap();
    }

    /** The model's mean score on the benchmark; without one, the plain mean of its headline scores. */
    public static OptionalDouble reference(ModelView model, String benchmark) {
        if (benchmark == null || benchmark.equals(Snapshot.OVERALL)) {
            return model.scores().stream().mapToDouble(s -> s.mean().value()).average();
        }
        return model.score(benchmark).map(ModelView.Headline::mean).map(Estimate::value).stream()
                .mapToDouble(v -> v)
                .findFirst();
    }

    static OptionalDouble chance(ModelView model, String benchmark) {
        if (benchmark == null) return OptionalDouble.empty();
        return model.score(benchmark).map(ModelView.Headline::chance).orElse(OptionalDouble.empty());
    }
}
