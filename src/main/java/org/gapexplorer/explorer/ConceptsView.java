package org.gapexplorer.explorer;

import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.explorer.view.Controls.Chip;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Controls.Pager;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Sorting;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.snapshot.ConceptPage;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.Status;
import org.gapexplorer.snapshot.Total;

/**
 * The concept search.
 *
 * @param of what coverage and score speak of: "the suite" or a benchmark; and the model
 * @param meant a respelling that finds something, with its address in {@code meantHref}; empty for none
 */
public record ConceptsView(
        String q,
        List<Option> benchmarks,
        List<Option> models,
        List<Option> statuses,
        List<Option> kinds,
        List<Option> qualities,
        List<Option> matches,
        String minSupport,
        List<Kept> kept,
        List<Chip> chips,
        String reset,
        String total,
        String of,
        String meant,
        String meantHref,
        Table table,
        Pager pager) {

    private static final List<String> FORM =
            List.of("q", "benchmark", "model", "status", "kind", "minQuality", "minSupport", "match", "page");

    static ConceptsView of(Snapshot snapshot, Names names, ConceptFilter filter, Url here, Links links) {
        ConceptQuery query = filter.query();
        ConceptPage found = snapshot.concepts(query);
        ModelView model =
                filter.model() == null ? null : snapshot.model(filter.model()).orElse(null);
        ConceptTable table =
                new ConceptTable(links, model, query.benchmark(), new Sorting(here, filter.sort(), query.descending()));
        String scope = query.benchmark() == null ? "the whole suite" : names.benchmark(query.benchmark());
        String meant = found.meant().orElse("");
        return new ConceptsView(
                Text.bounded(query.text(), 200),
                Gaps.options(names.benchmarkIds(), names::benchmark, query.benchmark()),
                Gaps.options(names.modelIds(), names::model, query.model()),
                statusOptions(query),
                kindOptions(query),
                qualityOptions(query.minQuality()),
                List.of(new Option(ConceptFilter.WORDS, "words only", filter.wordsOnly())),
                query.minSupport() == 0 ? "" : String.valueOf(query.minSupport()),
                here.keptBut(FORM),
                chips(filter, names, here),
                links.to("/concepts").toString(),
                total(found.total()),
                "Coverage in " + scope
                        + (model == null
                                ? ""
                                : "; scores of " + names.model(model.id())
                                        + (query.benchmark() == null ? ", mean over benchmarks" : "")),
                meant,
                here.with("q", meant).without("page").toString(),
                table.of("Concepts", found.rows(), parts(model)),
                pager(
                        found.page().hasNext(),
                        filter,
                        found.total(),
                        here,
                        found.rows().size()));
    }

    static String total(Total total) {
        return (total.exact() ? "" : "more than ") + Numbers.count(total.atLeast());
    }

    private static ConceptTable.Part[] parts(ModelView model) {
        return model == null
                ? new ConceptTable.Part[] {ConceptTable.Part.COVERAGE, ConceptTable.Part.ITEMS}
                : new ConceptTable.Part[] {
                    ConceptTable.Part.COVERAGE,
                    ConceptTable.Part.ITEMS,
                    ConceptTable.Part.SCORE_PICTURE,
                    ConceptTable.Part.GAP,
                    ConceptTable.Part.Q,
                    ConceptTable.Part.SUPPORT
                };
    }

    static Pager pager(boolean more, ConceptFilter filter, Total total, Url here, int rows) {
        int limit = filter.query().limit();
        int from = filter.query().offset();
        if (rows == 0) return new Pager("", from > 0 ? here.without("page").toString() : "", "");
        boolean reachable = from + limit <= ConceptQuery.MAX_OFFSET;
        return new Pager(
                Numbers.count(from + 1) + "–" + Numbers.count(from + rows) + " of " + total(total),
                filter.page() > 1
                        ? here.with("page", filter.page() == 2 ? "" : String.valueOf(filter.page() - 1))
                                .toString()
                        : "",
                more && reachable
                        ? here.with("page", String.valueOf(filter.page() + 1)).toString()
                        : "");
    }

    private static List<Chip> chips(ConceptFilter filter, Names names, Url here) {
        ConceptQuery query = filter.query();
        Url first = here.without("page");
        List<Chip> chips = new ArrayList<>();
        if (!query.text().isEmpty()) {
            chips.add(new Chip(
                    "“" + Text.bounded(query.text(), 60) + "”",
                    first.without("q").toString()));
        }
        if (filter.wordsOnly()) {
            chips.add(new Chip("words only", first.without("match").toString()));
        }
        if (query.benchmark() != null) {
            chips.add(new Chip(
                    "in " + names.benchmark(query.benchmark()),
                    first.without("benchmark").toString()));
        }
        if (query.model() != null) {
            chips.add(new Chip(
                    "scored for " + names.model(query.model()),
                    first.without("model").toString()));
        }
        for (Status status : query.statuses()) {
            chips.add(new Chip(
                    statusWords(status), first.without("status", status.word()).toString()));
        }
        for (LabelKind kind : query.kinds()) {
            chips.add(new Chip(
                    Label.kindWords(kind), first.without("kind", kind.word()).toString()));
        }
        if (query.minQuality() > 0) {
            chips.add(new Chip(
                    "label AUC ≥ " + Numbers.score(query.minQuality()),
                    first.without("minQuality").toString()));
        }
        if (query.minSupport() > 0) {
            chips.add(new Chip(
                    "support ≥ " + Numbers.count(query.minSupport()),
                    first.without("minSupport").toString()));
        }
        if (query.minBenchmarks() > 0) {
            chips.add(new Chip(
                    "in ≥ " + Numbers.count(query.minBenchmarks(), "benchmark", "benchmarks"),
                    first.without("minBenchmarks").toString()));
        }
        if (query.family() != null) {
            chips.add(
                    new Chip("family " + query.family(), first.without("family").toString()));
        }
        return chips;
    }

    private static List<Option> statusOptions(ConceptQuery query) {
        return List.of(Status.values()).stream()
                .map(s -> new Option(s.word(), statusWords(s), query.statuses().contains(s)))
                .toList();
    }

    static String statusWords(Status status) {
        return switch (status) {
            case MISSING -> "missing";
            case UNDER -> "under-represented";
            case PRESENT -> "present";
            case OVER -> "over-represented";
        };
    }

    private static List<Option> kindOptions(ConceptQuery query) {
        return List.of(LabelKind.values()).stream()
                .map(k -> new Option(k.word(), Label.kindWords(k), query.kinds().contains(k)))
                .toList();
    }

    private static List<Option> qualityOptions(double least) {
        return List.of(
                new Option("0.6", "0.60 or more", least == 0.6),
                new Option("0.75", "0.75 or more", least == 0.75),
                new Option("0.9", "0.90 or more", least == 0.9));
    }
}
