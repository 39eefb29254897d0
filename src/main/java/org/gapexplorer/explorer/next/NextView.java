package org.gapexplorer.explorer.next;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gapexplorer.explorer.benchmark.BenchmarkResource;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.concept.Gaps;
import org.gapexplorer.explorer.concept.Meanings;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.ScopePhrases;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Untested;

/**
 * What a benchmark should test next.
 *
 * @param scope its scope as its authors state it; empty where they state none
 */
public record NextView(
        List<Option> benchmarks, String benchmark, String benchmarkHref, String scope, Table table, String csv)
        implements Shareable {
    static final int ROWS = 50;

    /** The benchmark asked for, or the first that is offered. */
    public static BenchmarkView benchmark(Snapshot snapshot, Names names, Params params) {
        String id = params.one("benchmark", names.benchmarkIds(), b -> b);
        return BenchmarkResource.find(
                snapshot, id == null ? offered(snapshot, names).getFirst() : id);
    }

    /** Those of the suite: nobody adds to own prompts and references. All, where a study has nothing else. */
    private static List<String> offered(Snapshot snapshot, Names names) {
        List<String> suite = snapshot.suiteIds();
        return suite.isEmpty() ? names.benchmarkIds() : suite;
    }

    static List<Option> options(Snapshot snapshot, Names names, String shown) {
        Set<String> ids = new LinkedHashSet<>(offered(snapshot, names));
        ids.add(shown);
        return Gaps.options(List.copyOf(ids), names::benchmark, shown);
    }

    public static int limit(Params params) {
        return params.integer("limit", ROWS, 1, 500);
    }

    public static List<String> phrases(BenchmarkView benchmark) {
        return ScopePhrases.of(benchmark.title(), benchmark.scope());
    }

    public static List<Untested> untested(Snapshot snapshot, BenchmarkView benchmark, Meanings meanings, int limit) {
        List<float[]> scope = phrases(benchmark).stream().map(meanings::of).toList();
        return snapshot.untested(benchmark.id(), scope, limit);
    }

    static NextView of(Snapshot snapshot, Names names, Meanings meanings, Params params, Links links) {
        BenchmarkView benchmark = benchmark(snapshot, names, params);
        return new NextView(
                options(snapshot, names, benchmark.id()),
                names.benchmark(benchmark.id()),
                links.benchmark(benchmark.id()),
                Text.bounded(benchmark.scope(), 2_000),
                table(benchmark, untested(snapshot, benchmark, meanings, limit(params)), links),
                links.to("/next/worklist.csv")
                        .with("benchmark", benchmark.id())
                        .with("limit", "500")
                        .toString());
    }

    public static Table table(BenchmarkView benchmark, List<Untested> untested, Links links) {
        List<String> phrases = phrases(benchmark);
        return new Table(
                "Concepts within the scope that are missing or thin, most worth testing first",
                List.of(
                        Column.text("Concept"),
                        Column.text("Part of the scope"),
                        Column.number("Nearness", "next"),
                        Column.picture(""),
                        Column.number("Coverage here", "coverage"),
                        Column.number("Items here", "support"),
                        Column.number("Coverage in the suite", "coverage").optional()),
                untested.stream()
                        .map(u -> new Table.Row(
                                ConceptTable.label(u.concept(), links), cells(u, benchmark.id(), phrases)))
                        .toList());
    }

    private static List<Cell> cells(Untested u, String benchmark, List<String> phrases) {
        Coverage here = u.concept().coverage().get(benchmark);
        return List.of(
                Cell.text(Text.bounded(phrases.get(u.phrase()), 60)),
                Cell.number(Numbers.score(u.nearness())),
                Cell.picture(here == null ? null : Mark.coverage(here.chi())),
                Cell.coverage(here),
                Cell.count(here == null ? 0 : here.support()),
                Cell.number(Numbers.coverage(u.concept().suite().chi())).optional());
    }

    @Override
    public Preview preview() {
        return Preview.of(table);
    }
}
