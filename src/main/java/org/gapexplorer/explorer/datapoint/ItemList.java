package org.gapexplorer.explorer.datapoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.gapexplorer.explorer.concept.ConceptsView;
import org.gapexplorer.explorer.concept.Gaps;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Controls.Pager;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Shading;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.DatapointQuery;
import org.gapexplorer.snapshot.DatapointQuery.Order;
import org.gapexplorer.snapshot.DatapointRow;
import org.gapexplorer.snapshot.Page;
import org.gapexplorer.snapshot.Snapshot;

/**
 * A list of datapoints with its filters: of one concept, of one benchmark, right by one model and wrong by another.
 *
 * @param benchmarks the choice of benchmark; empty where the page has one already
 * @param action where the form goes
 * @param right choices of models that were right: one for each that is asked for, and one more
 * @param wrong likewise
 */
public record ItemList(
        String action,
        List<Option> benchmarks,
        List<Option> orders,
        List<Option> byModel,
        List<List<Option>> right,
        List<List<Option>> wrong,
        List<Kept> kept,
        String total,
        List<ItemCard> items,
        Pager pager) {
    public static final int PAGE = 10;
    private static final List<String> FORM = List.of("benchmark", "items", "by", "right", "wrong", "page");

    /** The filters as they stand in addresses; the same for pages and for the API. */
    public static DatapointQuery query(Params params, Names names, Integer concept, String benchmark, int limit) {
        String within = benchmark != null ? benchmark : params.one("benchmark", names.benchmarkIds(), b -> b);
        Order order = params.one("items", Arrays.asList(Order.values()), Params::word);
        String by = params.one("by", names.modelIds(), m -> m);
        Set<String> right = params.several("right", names.modelIds(), m -> m);
        Set<String> wrong = params.several("wrong", names.modelIds(), m -> m);
        if (order == null) order = concept == null ? Order.ITEM : Order.SALIENCY;
        boolean ranked = order == Order.BEST || order == Order.WORST;
        if (ranked && by == null) {
            if (names.modelIds().isEmpty()) throw new BadParameter("items", "this study has no model to order by");
            by = names.modelIds().getFirst();
        }
        int page = params.integer("page", 1, 1, 10_000 / limit + 1);
        return new DatapointQuery(within, concept, right, wrong, order, ranked ? by : null, (page - 1) * limit, limit);
    }

    public static ItemList of(
            Snapshot snapshot, Names names, DatapointQuery query, boolean choose, Url here, Links links) {
        Page<DatapointRow> page = snapshot.datapoints(query);
        double strongest = page.rows().stream()
                .mapToDouble(row -> Shading.strongest(row.shades()))
                .max()
                .orElse(0);
        List<ItemCard> items = page.rows().stream()
                .map(row -> ItemCard.of(row, query.concept(), strongest, names, links))
                .toList();
        String model = query.model() == null && !names.modelIds().isEmpty()
                ? names.modelIds().getFirst()
                : query.model();
        int number = query.offset() / query.limit() + 1;
        return new ItemList(
                here.path(),
                choose ? Gaps.options(names.benchmarkIds(), names::benchmark, query.benchmark()) : List.of(),
                orders(query),
                Gaps.options(names.modelIds(), names::model, model),
                choices(names, query.rightBy()),
                choices(names, query.wrongBy()),
                here.keptBut(FORM),
                ConceptsView.total(page.total()),
                items,
                new Pager(
                        items.isEmpty()
                                ? ""
                                : Numbers.count(query.offset() + 1) + "–" + Numbers.count(query.offset() + items.size())
                                        + " of " + ConceptsView.total(page.total()),
                        number > 1 ? here.with("page", number == 2 ? "" : String.valueOf(number - 1)) + "#items" : "",
                        page.hasNext() && query.offset() + query.limit() <= 10_000
                                ? here.with("page", String.valueOf(number + 1)) + "#items"
                                : ""));
    }

    /** A choice of model for each that is set, and one more. */
    private static List<List<Option>> choices(Names names, Set<String> set) {
        List<List<Option>> choices = new ArrayList<>();
        for (String model : names.modelIds()) {
            if (set.contains(model)) choices.add(Gaps.options(names.modelIds(), names::model, model));
        }
        if (set.size() < names.modelIds().size()) choices.add(Gaps.options(names.modelIds(), names::model, ""));
        return choices;
    }

    private static List<Option> orders(DatapointQuery query) {
        return Arrays.stream(Order.values())
                .filter(o -> query.concept() != null || o != Order.SALIENCY)
                .map(o -> new Option(Params.word(o), words(o), o == query.order()))
                .toList();
    }

    private static String words(Order order) {
        return switch (order) {
            case ITEM -> "the benchmark’s order";
            case SALIENCY -> "most salient first";
            case BEST -> "best answered first";
            case WORST -> "worst answered first";
        };
    }
}
