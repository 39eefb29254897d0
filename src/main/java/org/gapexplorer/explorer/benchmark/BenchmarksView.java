package org.gapexplorer.explorer.benchmark;

import java.util.List;
import org.gapexplorer.explorer.share.ChartFile;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Snapshot;

/** All benchmarks, and how far they overlap. */
public record BenchmarksView(
        Table table, Overlaps overlaps, String compare, String suite, String correlations, String rarefiedTo)
        implements Shareable {

    static BenchmarksView of(Snapshot snapshot, Names names, Params params, Url here, Links links) {
        List<BenchmarkView> all = snapshot.benchmarks();
        List<Table.Row> rows = all.stream()
                .map(b -> new Table.Row(
                        Label.of(
                                names.benchmark(b.id()),
                                links.benchmark(b.id()),
                                Text.bounded(standing(b) + b.scope(), 140)),
                        List.of(
                                Cell.count(b.items()),
                                Cell.count(b.present()),
                                missing(b, links),
                                Cell.number(Numbers.percent(b.missingRarefied()))
                                        .optional(),
                                Cell.count(b.under())
                                        .linked(concepts(b, "under", links))
                                        .optional(),
                                Cell.count(b.over())
                                        .linked(concepts(b, "over", links))
                                        .optional(),
                                Cell.number(Numbers.score(b.chance())))))
                .toList();
        List<Column> columns = List.of(
                Column.text("Benchmark"),
                Column.number("Items", "items"),
                Column.number("Concepts", "present"),
                Column.number("Missing", "missing"),
                Column.number("Missing, rarefied", "rarefied").optional(),
                Column.number("Under", "status").optional(),
                Column.number("Over", "status").optional(),
                Column.number("Chance", "chance"));
        int rarefied = snapshot.rarefiedTo();
        return new BenchmarksView(
                new Table("Benchmarks of this study", columns, rows),
                Overlaps.of(snapshot, names, names.benchmarkIds(), params, here, links),
                links.to("/compare").toString(),
                links.to("/suite").toString(),
                links.to("/correlation").toString(),
                rarefied > 0 ? Numbers.count(rarefied, "item", "items") : "");
    }

    /** What is no part of the suite says so before its scope. */
    private static String standing(BenchmarkView b) {
        return switch (b.kind()) {
            case "traffic" -> "Own prompts, no part of the suite. ";
            case "reference" -> "Reference, no part of the suite. ";
            default -> "";
        };
    }

    private static Cell missing(BenchmarkView b, Links links) {
        return Cell.number(Numbers.percent(b.missingLive())).linked(concepts(b, "missing", links));
    }

    public static String concepts(BenchmarkView b, String status, Links links) {
        return links.to("/concepts")
                .with("benchmark", b.id())
                .with("status", status)
                .toString();
    }

    @Override
    public Preview preview() {
        return Preview.of(table);
    }

    @Override
    public List<ChartFile> charts() {
        return ChartFile.list(ChartFile.of("overlap", overlaps.map()));
    }
}
