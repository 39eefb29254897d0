package org.gapexplorer.explorer.concept;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.ConceptPage;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.SortKey;

/**
 * A model's weakest and strongest concepts, and the filter they stand behind. Thin support makes extremes, so the filter
 * is always shown and starts at 50 items in min(5, benchmarks scored) benchmarks.
 *
 * @param models the choice of model; empty where the page has one already
 * @param unscored the benchmark asked for, where the model was not scored on it; else empty
 * @param kept what else the address says
 * @param all how many concepts pass the filter, as text
 * @param more the same list in full
 * @param rows both lists' concepts
 */
public record Gaps(
        String model,
        List<Option> models,
        List<Option> benchmarks,
        List<Option> kinds,
        String unscored,
        List<Kept> kept,
        int minSupport,
        int minBenchmarks,
        String all,
        Table weakest,
        Table strongest,
        String more,
        List<ConceptRow> rows) {
    private static final int SUPPORT = 50;
    private static final int BENCHMARKS = 5;

    /** @param params of the request: minSupport, minBenchmarks, kind, benchmark */
    public static Gaps of(
            Snapshot snapshot,
            Names names,
            Links links,
            Params params,
            Url here,
            ModelView model,
            boolean choose,
            int rows) {
        String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
        int usual = benchmark != null ? 1 : Math.min(BENCHMARKS, model.scores().size());
        int minSupport = params.integer("minSupport", SUPPORT, 0, 1_000_000);
        int minBenchmarks = params.integer("minBenchmarks", usual, 0, 1_000);
        String kind = params.text("kind").equals("all")
                ? "all"
                : params.one("kind", Arrays.asList(LabelKind.values()), LabelKind::word) == null
                        ? LabelKind.MEANING.word()
                        : params.text("kind");

        SortKey byGap = SortKey.performance(SortKey.Column.GAP, model.id(), benchmark);
        ConceptQuery query = ConceptQuery.all()
                .model(model.id())
                .benchmark(benchmark)
                .minSupport(minSupport)
                .minBenchmarks(minBenchmarks)
                .kinds(kind.equals("all") ? Set.of() : kinds(kind))
                .limit(rows)
                .build();
        ConceptPage weak =
                snapshot.concepts(query.toBuilder().sortedBy(byGap, false).build());
        ConceptPage strong =
                snapshot.concepts(query.toBuilder().sortedBy(byGap, true).build());
        ConceptTable table = new ConceptTable(links, model, benchmark, null);
        ConceptTable.Part[] parts = {
            ConceptTable.Part.GAP_PICTURE, ConceptTable.Part.SCORE, ConceptTable.Part.Q, ConceptTable.Part.SUPPORT
        };
        Url more = links.to("/concepts")
                .with("model", model.id())
                .with("benchmark", benchmark)
                .with("minSupport", String.valueOf(minSupport))
                .with("minBenchmarks", String.valueOf(minBenchmarks))
                .with("kind", kind.equals("all") ? "" : kind)
                .with("sort", "gap");
        return new Gaps(
                model.id(),
                choose ? options(names.modelIds(), names::model, model.id()) : List.of(),
                options(names.benchmarkIds(), names::benchmark, benchmark),
                kindOptions(kind),
                benchmark == null || model.score(benchmark).isPresent() ? "" : names.benchmark(benchmark),
                here.keptBut(List.of("benchmark", "minSupport", "minBenchmarks", "kind", "model")),
                minSupport,
                minBenchmarks,
                ConceptsView.total(weak.total()),
                table.of("Lowest gap first", weak.rows(), parts),
                table.of("Highest gap first", strong.rows(), parts),
                more.toString(),
                Stream.concat(weak.rows().stream(), strong.rows().stream()).toList());
    }

    public static List<Option> options(
            List<String> ids, java.util.function.UnaryOperator<String> title, String selected) {
        return ids.stream()
                .map(id -> new Option(id, title.apply(id), id.equals(selected)))
                .toList();
    }

    private static Set<LabelKind> kinds(String word) {
        return Arrays.stream(LabelKind.values())
                .filter(k -> k.word().equals(word))
                .collect(java.util.stream.Collectors.toSet());
    }

    public static List<Option> kindOptions(String selected) {
        return List.of(
                new Option("meaning", "meanings only", selected.equals("meaning")),
                new Option("syntax", "syntax only", selected.equals("syntax")),
                new Option("piece", "word pieces only", selected.equals("piece")),
                new Option("unclear", "unclear only", selected.equals("unclear")),
                new Option("all", "every kind", selected.equals("all")));
    }
}
