package org.gapexplorer.explorer.change;

import java.util.List;
import java.util.Set;
import org.gapexplorer.explorer.concept.ConceptFilter;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.snapshot.ChangeQuery;
import org.gapexplorer.snapshot.ChangeQuery.Of;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Snapshot;

/** Which changes an address asks for. */
public record ChangesFilter(ChangeQuery query, boolean every, int page) {
    /** Names the earlier version. */
    static final String SINCE = "since";
    /** Names the earlier snapshot's model, where it is another than the later one's. */
    static final String WAS = "was";

    private static final int SUPPORT = 5;

    /**
     * The snapshot to hold the one shown against.
     *
     * @param version empty where this server has no other
     * @param others all versions that can be chosen, newest first
     */
    public record Earlier(String version, List<String> others) {}

    /** The version asked for, else the one before the one shown. */
    public static Earlier earlier(Params params, ShownStudy study, Snapshot after) {
        List<String> others = study.versions().stream()
                .filter(v -> !v.equals(after.version()))
                .toList();
        String asked = params.one(SINCE, others, v -> v);
        String before = others.stream()
                .filter(v -> v.compareTo(after.version()) < 0)
                .findFirst()
                .orElse("");
        return new Earlier(asked == null ? before : asked, others);
    }

    public static ChangesFilter of(Params params, Snapshot before, Snapshot after) {
        Names then = Names.of(before);
        Names now = Names.of(after);
        String model = params.one("model", now.modelIds(), m -> m);
        if (model == null) model = model(before, after);
        String was = params.one(WAS, then.modelIds(), m -> m);
        if (was == null && then.modelIds().contains(model)) was = model;
        Of of = params.one("show", List.of(Of.values()), Params::word);
        if (of != null && of.ofScores() && (model == null || was == null)) {
            throw new BadParameter(WAS, "name a model of the earlier snapshot: none is called as one of the later");
        }
        boolean every = "all".equals(params.one("kind", List.of("meaning", "all"), k -> k));
        int limit = params.integer("limit", ConceptFilter.PAGE, 1, ConceptQuery.MAX_LIMIT);
        int page = params.integer("page", 1, 1, ConceptQuery.MAX_OFFSET / limit + 1);
        ChangeQuery query = new ChangeQuery(
                params.one("benchmark", now.benchmarkIds(), b -> b),
                was,
                was == null ? null : model,
                of,
                params.integer("minSupport", SUPPORT, 0, 1_000_000),
                every ? Set.of() : Set.of(LabelKind.MEANING),
                (page - 1) * limit,
                limit);
        return new ChangesFilter(query, every, page);
    }

    /** The first model of both that did otherwise, else the first of both; null where they share none. */
    private static String model(Snapshot before, Snapshot after) {
        List<String> then = Names.of(before).modelIds();
        List<String> shared =
                Names.of(after).modelIds().stream().filter(then::contains).toList();
        return after.firstScoredOtherwise(before, shared).orElse(shared.isEmpty() ? null : shared.getFirst());
    }
}
