package org.gapexplorer.explorer.footprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.method.ExpectedScore;
import org.gapexplorer.snapshot.Estimate;
import org.gapexplorer.snapshot.LabelKind;

/**
 * What was read of an upload.
 *
 * @param benchmarks reference texts and own prompts among them, which say so
 * @param uncovered concepts with a clear meaning
 * @param others concepts that no benchmark covers and that the table leaves out
 * @param far whether the items are mostly unlike the prompts, so that expected scores say little
 * @param change against an earlier one; null for none
 */
public record FootprintView(
        List<Figure> figures,
        Table benchmarks,
        Table uncovered,
        int others,
        int least,
        Table models,
        boolean far,
        Change change)
        implements Shareable {
    private static final int ROWS = 25;
    /** Below this cosine an item has little in common with a prompt. */
    private static final double NEAR = 0.3;
    /** Column that makes room for the earlier score. */
    private static final int AT_CONCEPTS = 3;

    /** Stand in the tables only where there is an earlier footprint. */
    private static final Column THEN = Column.number("then", "footprint-then");

    private static final Cell NOTHING = Cell.text("");

    @Override
    public Preview preview() {
        return Preview.of(figures);
    }

    /**
     * @param told in one sentence, how many concepts changed
     * @param others concepts that changed as surely and that the table leaves out
     * @param otherSnapshot the snapshot of the earlier one's expected scores, where it is another; else empty
     */
    public record Change(
            String title, String href, String created, String told, Table concepts, int others, String otherSnapshot) {}

    static FootprintView of(
            FootprintReport report,
            FootprintDifference difference,
            String version,
            List<String> suite,
            Names names,
            Links links) {
        List<FootprintReport.Uncovered> meant = report.uncovered().stream()
                .filter(u -> u.kind() == LabelKind.MEANING)
                .limit(ROWS)
                .toList();
        FootprintReport then = difference == null ? null : difference.then();
        return new FootprintView(
                figures(report),
                benchmarks(report, then, suite, names, links),
                uncovered(report, meant, links),
                report.uncoveredConcepts() - meant.size(),
                report.least(),
                report.models().isEmpty() ? null : models(report, then, names, links),
                report.nearness() < NEAR,
                difference == null ? null : change(report, difference, version, links));
    }

    private static List<Figure> figures(FootprintReport report) {
        String cut = report.truncated() == 0
                ? ""
                : Numbers.count(report.truncated()) + " cut off where the lens stops reading";
        return List.of(
                new Figure("Prompts", Numbers.count(report.prompts()), cut, "footprint-prompts"),
                new Figure("Concepts that fire", Numbers.count(report.concepts()), "", "firing"),
                new Figure(
                        "Covered by no benchmark",
                        Numbers.percent(report.uncoveredMass()),
                        "of the mass, " + Numbers.count(report.uncoveredConcepts(), "concept", "concepts"),
                        "footprint-covered"),
                new Figure(
                        "Nearest item",
                        Numbers.score(report.nearness()),
                        "cosine, mean over the prompts",
                        "footprint-nearest"));
    }

    /** @param then the earlier one's; null for none */
    private static Table benchmarks(
            FootprintReport now, FootprintReport then, List<String> suite, Names names, Links links) {
        double most = now.benchmarks().stream()
                .mapToDouble(FootprintReport.Benchmark::shared)
                .max()
                .orElse(1);
        Map<String, FootprintReport.Benchmark> before =
                then == null ? Map.of() : byId(then.benchmarks(), FootprintReport.Benchmark::benchmark);
        List<Column> columns =
                new ArrayList<>(List.of(Column.text("Benchmark"), Column.number("Covered", "footprint-covered"), THEN));
        columns.addAll(List.of(Column.picture(""), Column.number("Shared mass", "footprint-shared"), THEN));
        List<Table.Row> rows = new ArrayList<>();
        for (FootprintReport.Benchmark b : now.benchmarks()) {
            FootprintReport.Benchmark old = before.get(b.benchmark());
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.number(Numbers.percent(b.covered())),
                    then(old, FootprintReport.Benchmark::covered),
                    Cell.picture(Mark.share(b.shared(), most)),
                    Cell.number(Numbers.percent(b.shared())),
                    then(old, FootprintReport.Benchmark::shared)));
            if (then == null) cells.removeIf(c -> c == NOTHING);
            String standing = suite.contains(b.benchmark()) ? "" : "no part of the suite";
            rows.add(new Table.Row(
                    Label.of(names.benchmark(b.benchmark()), links.benchmark(b.benchmark()), standing), cells));
        }
        if (then == null) columns.removeIf(c -> c == THEN);
        return new Table("How far each benchmark covers these prompts", columns, rows);
    }

    private static Cell then(FootprintReport.Benchmark old, ToDoubleFunction<FootprintReport.Benchmark> value) {
        return old == null ? NOTHING : Cell.number(Numbers.percent(value.applyAsDouble(old)));
    }

    private static Table uncovered(FootprintReport report, List<FootprintReport.Uncovered> rows, Links links) {
        return new Table(
                "Concepts of these prompts that every benchmark holds little of, those with the most mass first",
                List.of(
                        Column.text("Concept"),
                        Column.number("Your prompts", "footprint-covered"),
                        Column.number("Share of the mass", "footprint-covered"),
                        Column.number("Coverage at most", "coverage").optional()),
                rows.stream()
                        .map(u -> new Table.Row(
                                Label.concept(
                                        u.concept(),
                                        u.label(),
                                        List.of(),
                                        u.kind(),
                                        u.quality(),
                                        links.concept(u.concept())),
                                List.of(
                                        Cell.count(u.prompts()),
                                        Cell.number(Numbers.percent(u.share())),
                                        Cell.number(Numbers.coverage(u.most())).optional())))
                        .toList());
    }

    private static Table models(FootprintReport now, FootprintReport then, Names names, Links links) {
        Map<String, FootprintReport.Model> before =
                then == null ? Map.of() : byId(then.models(), FootprintReport.Model::model);
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("Model"),
                Column.number("From similar items", "footprint-expected"),
                THEN,
                Column.number("At the concepts", "footprint-concepts"),
                Column.number("Mean score", "headline")));
        List<Table.Row> rows = new ArrayList<>();
        for (FootprintReport.Model m : now.models()) {
            FootprintReport.Model old = before.get(m.model());
            List<Cell> cells = new ArrayList<>(List.of(
                    score(m.similar()),
                    old == null ? NOTHING : score(old.similar()),
                    atConcepts(m),
                    Cell.number(Numbers.score(m.mean()))));
            if (then == null) cells.removeIf(c -> c == NOTHING);
            else cells.remove(AT_CONCEPTS - 1);
            rows.add(new Table.Row(Label.of(names.model(m.model()), links.model(m.model())), cells));
        }
        if (then == null) columns.removeIf(c -> c == THEN);
        else columns.remove(AT_CONCEPTS);
        return new Table("Each model’s expected score over these prompts, beside its mean in the study", columns, rows);
    }

    /** Without its interval, which is narrower than the digits shown. */
    private static Cell atConcepts(FootprintReport.Model m) {
        String unscored = m.unscored() == 0 ? "" : Numbers.percent(m.unscored()) + " unscored";
        return new Cell(Numbers.score(m.atConcepts().mean()), unscored, "num", "", "", "", null);
    }

    private static Cell score(ExpectedScore e) {
        return Double.isNaN(e.low())
                ? Cell.number(Numbers.score(e.mean()))
                : Cell.score(new Estimate(e.mean(), e.low(), e.high()));
    }

    private static Change change(FootprintReport now, FootprintDifference difference, String version, Links links) {
        FootprintReport then = difference.then();
        Table concepts = changed(difference, then.prompts(), now.prompts(), links);
        return new Change(
                difference.title(),
                links.to("/footprint/" + difference.id()).toString(),
                Numbers.day(difference.created()),
                difference.changes() == 0
                        ? "Of " + Numbers.count(difference.tested(), "concept", "concepts")
                                + " none changed its share of prompts by more than chance may have done."
                        : Numbers.count(difference.changes(), "concept", "concepts") + " of "
                                + Numbers.count(difference.tested())
                                + " changed their share of prompts by more than chance may have done (q below 0.05).",
                concepts,
                difference.changes() - concepts.rows().size(),
                difference.snapshot().equals(version) ? "" : difference.snapshot());
    }

    private static Table changed(FootprintDifference difference, int then, int now, Links links) {
        return new Table(
                "Concepts whose share of prompts rose or fell most, of " + Numbers.count(then) + " prompts then and "
                        + Numbers.count(now) + " now",
                List.of(
                        Column.text("Concept"),
                        Column.number("Then", "footprint-change"),
                        Column.number("Now", "footprint-change"),
                        Column.number("Difference", "footprint-change"),
                        Column.number("q", "footprint-change").optional()),
                difference.changed().stream()
                        .filter(c -> c.kind() == LabelKind.MEANING)
                        .limit(ROWS)
                        .map(c -> {
                            var share = c.change().share();
                            return new Table.Row(
                                    Label.of(
                                            Label.name(c.change().concept(), c.label()),
                                            links.concept(c.change().concept()),
                                            "#" + c.change().concept() + " · " + Label.kindWords(c.kind())),
                                    List.of(
                                            Cell.count(c.change().before()),
                                            Cell.count(c.change().after()),
                                            Cell.difference(
                                                    new Estimate(share.difference(), share.low(), share.high())),
                                            Cell.number(Numbers.rate(c.change().q()))
                                                    .optional()));
                        })
                        .toList());
    }

    private static <T> Map<String, T> byId(List<T> of, Function<T, String> id) {
        return of.stream().collect(Collectors.toMap(id, Function.identity()));
    }
}
