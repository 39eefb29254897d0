package org.gapexplorer.explorer.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.concept.ConceptsView;
import org.gapexplorer.explorer.concept.Gaps;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Controls.Pager;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.ChangeQuery;
import org.gapexplorer.snapshot.ChangeQuery.Of;
import org.gapexplorer.snapshot.Changes;
import org.gapexplorer.snapshot.Estimate;
import org.gapexplorer.snapshot.Pairing.Paired;
import org.gapexplorer.snapshot.Snapshot;

/**
 * What differs between two snapshots.
 *
 * @param able whether this server has a second snapshot to hold this one against
 * @param versions the snapshots to choose from
 * @param said the two, in a sentence
 * @param lists what the list of concepts can show
 * @param was models of the earlier snapshot
 * @param turned whether the list is of scores because no coverage changed, not because it was asked for
 * @param ofScores whether the list compares scores
 */
public record ChangesView(
        boolean able,
        List<Option> versions,
        String said,
        List<Figure> figures,
        Table benchmarks,
        List<Choice> lists,
        List<Option> scopes,
        List<Option> was,
        List<Option> models,
        List<Option> kinds,
        int minSupport,
        List<Kept> kept,
        String total,
        boolean turned,
        boolean ofScores,
        Table concepts,
        Pager pager)
        implements Shareable {
    private static final List<String> FORM =
            List.of(ChangesFilter.SINCE, ChangesFilter.WAS, "model", "benchmark", "kind", "minSupport", "page");
    /** The difference of scores at the ends of its picture. */
    private static final double REACH = 0.5;

    /** The page of a server with one snapshot. */
    static ChangesView alone(Names names, Url here) {
        return new ChangesView(
                false,
                List.of(),
                "",
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                here.keptBut(FORM),
                "",
                false,
                false,
                null,
                null);
    }

    static ChangesView of(
            Snapshot before, Snapshot after, ChangesFilter filter, List<String> versions, Url here, Links links) {
        ChangeQuery query = filter.query();
        Changes changes = after.changesSince(before, query);
        Names then = Names.of(before);
        Names now = Names.of(after);
        return new ChangesView(
                true,
                versions.stream()
                        .map(v -> new Option(v, v, v.equals(before.version())))
                        .toList(),
                "Snapshot " + after.version() + ", run on "
                        + Numbers.day(after.study().ran()) + ", against " + before.version() + ", run on "
                        + Numbers.day(before.study().ran()) + "." + models(then, now),
                figures(changes, now, here),
                benchmarks(changes, then, now, here, links),
                lists(changes, here),
                Gaps.options(now.benchmarkIds(), now::benchmark, query.benchmark()),
                Gaps.options(then.modelIds(), then::model, query.modelBefore()),
                Gaps.options(now.modelIds(), now::model, query.modelAfter()),
                List.of(new Option("all", "every kind", filter.every())),
                query.minSupport(),
                here.keptBut(FORM),
                ConceptsView.total(changes.rows().total()),
                query.of() == null && changes.show().ofScores(),
                changes.show().ofScores(),
                changes.show().ofScores() ? scores(changes, links) : coverage(changes, links),
                ConceptsView.pager(changes.rows(), here));
    }

    private static List<Figure> figures(Changes changes, Names now, Url here) {
        Changes.Bench suite = changes.suite();
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure(
                        "Items in both",
                        Numbers.count(suite.same()),
                        Numbers.count(suite.itemsBefore() - suite.same()) + " gone or reworded, "
                                + Numbers.count(suite.itemsAfter() - suite.same()) + " new",
                        "changes"),
                concepts("Concepts that appeared", suite.appeared(), "fire now, did not before", Of.APPEARED, here),
                concepts("Concepts that vanished", suite.vanished(), "fired before, do not now", Of.VANISHED, here)));
        changes.scores().ifPresent(p -> {
            figures.add(new Figure(
                    "Change of the mean score",
                    p.difference().map(d -> Numbers.signed(d.value())).orElse(Numbers.NONE),
                    p.difference()
                                    .map(d -> Numbers.signedInterval(d.low(), d.high()))
                                    .orElse("") + " over the items in both, "
                            + now.model(changes.model()) + " now",
                    "paired"));
            figures.add(new Figure(
                    "Mended", Numbers.count(p.onlyFirst()), "items wrong before and right now", "onlyright"));
            figures.add(new Figure(
                    "Broken", Numbers.count(p.onlySecond()), "items right before and wrong now", "onlyright"));
        });
        return figures;
    }

    /** Which models came and went; nothing where none did. */
    private static String models(Names then, Names now) {
        List<String> gone = new ArrayList<>(then.modelIds());
        List<String> added = new ArrayList<>(now.modelIds());
        gone.removeAll(now.modelIds());
        added.removeAll(then.modelIds());
        return named(" New models: ", added, now) + named(" Models that are gone: ", gone, then);
    }

    private static String named(String words, List<String> models, Names names) {
        return models.isEmpty()
                ? ""
                : words + models.stream().map(names::model).collect(Collectors.joining(", ")) + ".";
    }

    private static Figure concepts(String name, int n, String note, Of of, Url here) {
        return new Figure(
                name, Numbers.count(n), note, n == 0 ? "" : counted(of, here.without("benchmark")), "missing");
    }

    /** The list of just what was counted: every kind of label, a single item being enough. */
    private static String counted(Of of, Url here) {
        return here.with("show", Params.word(of))
                        .with("kind", "all")
                        .with("minSupport", "1")
                        .without("page")
                + "#rows";
    }

    private static Table benchmarks(Changes changes, Names then, Names now, Url here, Links links) {
        List<Table.Row> rows = changes.benchmarks().stream()
                .map(b -> {
                    boolean still = now.benchmarkIds().contains(b.id());
                    String title = still ? now.benchmark(b.id()) : then.benchmark(b.id());
                    Url list = here.with("benchmark", b.id());
                    return new Table.Row(
                            Label.of(title, still ? links.benchmark(b.id()) : ""),
                            List.of(
                                    Cell.count(b.itemsBefore()),
                                    Cell.count(b.itemsAfter()),
                                    Cell.count(b.same()),
                                    listed(b.appeared(), Of.APPEARED, still, list),
                                    listed(b.vanished(), Of.VANISHED, still, list)));
                })
                .toList();
        return new Table(
                "Benchmarks of either snapshot",
                List.of(
                        Column.text("Benchmark"),
                        Column.number("Items before", "items"),
                        Column.number("Items now", "items"),
                        Column.number("In both", "changes"),
                        Column.number("Appeared", "missing"),
                        Column.number("Vanished", "missing")),
                rows);
    }

    private static Cell listed(int n, Of of, boolean still, Url list) {
        Cell count = Cell.count(n);
        return n == 0 || !still ? count : count.linked(counted(of, list));
    }

    private static List<Choice> lists(Changes changes, Url here) {
        List<Choice> lists = new ArrayList<>();
        changes.counts().forEach((of, n) -> {
            String href = here.with("show", Params.word(of)).without("page").toString();
            lists.add(new Choice(words(of) + " · " + Numbers.count(n), href, of == changes.show()));
        });
        return lists;
    }

    private static String words(Of of) {
        return switch (of) {
            case COVERAGE -> "coverage changed";
            case APPEARED -> "appeared";
            case VANISHED -> "vanished";
            case BETTER -> "score rose";
            case WORSE -> "score fell";
        };
    }

    private static Table coverage(Changes changes, Links links) {
        List<Table.Row> rows = changes.rows().rows().stream()
                .map(row -> new Table.Row(
                        label(row, links),
                        List.of(
                                Cell.coverage(row.before()),
                                Cell.coverage(row.after()),
                                Cell.signed(Numbers.signedCoverage(
                                        row.after().chi() - row.before().chi())),
                                Cell.count(row.before().support()).optional(),
                                Cell.count(row.after().support()).optional())))
                .toList();
        return new Table(
                "Coverage of each concept before and now",
                List.of(
                        Column.text("Concept"),
                        Column.number("Before", "coverage"),
                        Column.number("Now", "coverage"),
                        Column.number("Change", "difference"),
                        Column.number("Items before", "support").optional(),
                        Column.number("Items now", "support").optional()),
                rows);
    }

    private static Table scores(Changes changes, Links links) {
        List<Table.Row> rows = changes.rows().rows().stream()
                .map(row -> {
                    Paired pair = row.pair().orElseThrow();
                    Optional<Estimate> d = pair.difference();
                    return new Table.Row(
                            label(row, links),
                            List.of(
                                    Cell.score(row.scoreBefore().orElse(null)),
                                    Cell.score(row.scoreAfter().orElse(null)),
                                    Cell.picture(d.map(e -> Mark.difference(e, REACH))
                                            .orElse(null)),
                                    d.map(Cell::difference).orElse(Cell.number(Numbers.NONE)),
                                    Cell.count(pair.onlyFirst()),
                                    Cell.count(pair.onlySecond()),
                                    Cell.count(pair.items())));
                })
                .toList();
        return new Table(
                "Score on each concept before and now",
                List.of(
                        Column.text("Concept"),
                        Column.number("Before", "score"),
                        Column.number("Now", "score"),
                        Column.picture(""),
                        Column.number("Difference", "paired"),
                        Column.number("Mended", "onlyright"),
                        Column.number("Broken", "onlyright"),
                        Column.number("Items in both", "support")),
                rows);
    }

    private static Label label(Changes.Row row, Links links) {
        return Label.concept(
                row.concept(),
                row.label(),
                List.of(),
                row.kind(),
                OptionalDouble.empty(),
                links.concept(row.concept()));
    }

    @Override
    public Preview preview() {
        return new Preview(figures, benchmarks);
    }
}
