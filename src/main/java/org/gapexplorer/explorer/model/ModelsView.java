package org.gapexplorer.explorer.model;

import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.correlation.CorrelationFilter;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;

/** All models, and their headline score on every benchmark. */
public record ModelsView(Table table, List<Option> models, String compare, String correlations) implements Shareable {

    static ModelsView of(Snapshot snapshot, Names names, Links links) {
        List<Column> columns = new ArrayList<>(List.of(Column.text("Benchmark")));
        List<ModelView> models = snapshot.models();
        for (ModelView m : models)
            columns.add(new Column(names.model(m.id()), "headline", links.model(m.id()), "", "num"));
        columns.add(Column.number("Chance", "chance"));
        List<Table.Row> rows = new ArrayList<>();
        List<Cell> means = new ArrayList<>();
        for (ModelView m : models) means.add(Cell.number(Numbers.score(ConceptTable.reference(m, null))));
        means.add(Cell.text(""));
        rows.add(new Table.Row(Label.of("Mean over benchmarks", ""), means));
        snapshot.benchmarks().forEach(b -> {
            List<Cell> cells = new ArrayList<>();
            for (ModelView m : models) cells.add(cell(m, b.id()));
            cells.add(Cell.number(Numbers.score(b.chance())));
            rows.add(new Table.Row(Label.of(names.benchmark(b.id()), links.benchmark(b.id())), cells));
        });
        return new ModelsView(
                new Table("Mean score on each benchmark, 95% interval below", columns, rows),
                models.stream()
                        .map(m -> new Option(m.id(), names.model(m.id()) + licence(m), false))
                        .toList(),
                links.to("/models/compare").toString(),
                links.to("/correlation")
                        .with("matrix", CorrelationFilter.MODELS)
                        .toString());
    }

    private static Cell cell(ModelView m, String benchmark) {
        return m.score(benchmark).map(s -> Cell.score(s.mean())).orElse(Cell.number(Numbers.NONE));
    }

    private static String licence(ModelView m) {
        return m.licence().isBlank() ? "" : " (" + Text.bounded(m.licence(), 40) + ")";
    }

    @Override
    public Preview preview() {
        return Preview.of(table);
    }
}
