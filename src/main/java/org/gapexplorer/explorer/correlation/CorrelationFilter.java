package org.gapexplorer.explorer.correlation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.Axis;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Relation;
import org.gapexplorer.snapshot.Snapshot;

/**
 * What an address asks to be correlated, the same for the page and for the API.
 *
 * @param ofModels whether the matrix is of models' scores; otherwise of benchmarks' coverage
 * @param kind word of the labels' kind, or {@link #ALL}
 */
public record CorrelationFilter(
        Axes axes, Axes.Choice x, Axes.Choice y, Relation.Filter filter, String kind, boolean ofModels) {
    static final String ALL = "all";
    public static final String MODELS = "models";
    static final String BENCHMARKS = "benchmarks";
    /** As in the lists of gaps. */
    private static final int SUPPORT = 50;

    public static CorrelationFilter of(Params params, Snapshot snapshot, Names names) {
        Axes axes = Axes.of(snapshot, names);
        boolean every = params.text("kind").equals(ALL);
        LabelKind kind = every ? null : params.one("kind", Arrays.asList(LabelKind.values()), LabelKind::word);
        if (!every && kind == null) kind = LabelKind.MEANING;
        Axes.Choice y = axes.y(params);
        String matrix = params.one("matrix", List.of(BENCHMARKS, MODELS), m -> m);
        return new CorrelationFilter(
                axes,
                axes.x(params),
                y,
                new Relation.Filter(
                        params.integer("minSupport", SUPPORT, 0, 1_000_000), every ? Set.of() : Set.of(kind)),
                every ? ALL : kind.word(),
                MODELS.equals(matrix));
    }

    public Relation relation(Snapshot snapshot, int most) {
        return snapshot.relation(x.axis(), y.axis(), filter, most);
    }

    /** Of every benchmark's coverage, or every model's overall score. */
    public Relation.Matrix matrix(Snapshot snapshot, Names names) {
        List<Axis> of = ofModels
                ? names.modelIds().stream().map(m -> Axis.score(m, null)).toList()
                : names.benchmarkIds().stream().map(Axis::coverage).toList();
        return snapshot.correlations(of, filter);
    }
}
