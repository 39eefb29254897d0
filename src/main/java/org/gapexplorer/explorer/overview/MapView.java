package org.gapexplorer.explorer.overview;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.gapexplorer.explorer.concept.Gaps;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Classes;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.FamilyMap;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.FamilyView;
import org.gapexplorer.snapshot.Snapshot;

/**
 * The concept map: families placed by likeness, sized by coverage, coloured by gap (model gaps) or by coverage (benchmark
 * gaps), for one benchmark or all, one model or all.
 *
 * @param faces the switch between the two
 * @param models the choice of model; empty where models do not matter
 * @param shown what is drawn, in a sentence
 * @param colouring how the colours are shared out, in a sentence
 * @param colourTitle what the colours are
 */
public record MapView(
        List<Choice> faces,
        List<Option> models,
        List<Option> benchmarks,
        List<Kept> kept,
        String shown,
        FamilyMap chart,
        String colouring,
        String colourTitle,
        boolean hollow,
        Table table) {
    /** Of the most covered; a dictionary of 65,536 has some thousands. */
    private static final int DRAWN = 300;
    /** Of those that the benchmark misses altogether, the largest. */
    private static final int DRAWN_MISSING = 100;

    /** Of either sort in the table. */
    private static final int ROWS = 40;

    private static final String OF_GAPS =
            "Grey is the seventh of the families nearest to zero; of those below it, and of those "
                    + "above, each colour holds about a third.";

    private static final String OF_COVERAGE = "Each colour holds about as many families.";

    private static final String MODELS = "models";
    private static final String BENCHMARKS = "benchmarks";

    /**
     * Where a family leads: to its concepts on the same face, with the numbers of the same model and benchmark. There is no
     * list of all models' mean, so without a model it is the list's own first; and a model has no score where all is missing.
     */
    private record Concepts(Links links, boolean gaps, boolean faces, String model, String benchmark) {
        String of(Drawn f) {
            boolean scored = gaps && !f.isMissing();
            return links.to("/concepts")
                    .with("family", String.valueOf(f.family.family()))
                    .with("face", faces && !scored ? "benchmark" : "")
                    .with("model", scored ? model : null)
                    .with("benchmark", benchmark)
                    .toString();
        }
    }

    /** A family with what is shown of it. */
    private record Drawn(FamilyView family, double coverage, double missing, OptionalDouble gap) {
        boolean isMissing() {
            return missing >= 1;
        }
    }

    /** @return null where the snapshot has no families, or none has a place */
    static MapView of(Snapshot snapshot, Names names, Params params, Url here, Links links) {
        List<FamilyView> placed =
                snapshot.families().stream().filter(f -> f.x().isPresent()).toList();
        if (placed.isEmpty()) return null;
        String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
        String model = params.one("model", names.modelIds(), m -> m);
        String asked = params.one("map", List.of(MODELS, BENCHMARKS), f -> f);
        boolean gaps = !names.modelIds().isEmpty() && !BENCHMARKS.equals(asked);
        List<String> of = !gaps ? List.of() : model == null ? names.modelIds() : List.of(model);

        List<Drawn> all = placed.stream().map(f -> drawn(f, benchmark, of)).toList();
        List<Drawn> families = Stream.concat(
                        all.stream()
                                .filter(f -> !f.isMissing())
                                .sorted(Comparator.comparingDouble(Drawn::coverage)
                                        .reversed())
                                .limit(DRAWN),
                        all.stream()
                                .filter(Drawn::isMissing)
                                .sorted(Comparator.comparingInt((Drawn f) -> -f.family.concepts()))
                                .limit(DRAWN_MISSING))
                .toList();
        List<Drawn> present = families.stream().filter(f -> !f.isMissing()).toList();
        Classes classes = gaps
                ? Classes.diverging(present.stream()
                        .mapToDouble(f -> f.gap.orElse(Double.NaN))
                        .toArray())
                : Classes.sequential(
                        present.stream().mapToDouble(Drawn::coverage).toArray());
        String where = benchmark == null ? "the suite" : names.benchmark(benchmark);
        String who = !gaps ? "" : model == null ? "the mean gap of all models" : "the gap of " + names.model(model);
        Concepts concepts = new Concepts(links, gaps, !names.modelIds().isEmpty(), model, benchmark);
        String shown = shown(families.size(), all.size(), where, who);
        FamilyMap chart = FamilyMap.of(
                families.stream().map(f -> place(f, classes, gaps, concepts)).toList(),
                "Map of concept families. " + shown,
                classes.legend(gaps ? Numbers::signedFine : Numbers::coverage));
        return new MapView(
                faces(names, here, gaps),
                gaps ? Gaps.options(names.modelIds(), names::model, model) : List.of(),
                Gaps.options(names.benchmarkIds(), names::benchmark, benchmark),
                here.keptBut(gaps ? List.of("benchmark", "model") : List.of("benchmark")),
                shown,
                chart,
                gaps ? OF_GAPS : OF_COVERAGE,
                gaps ? "gap (dashed edge: below zero)" : "coverage",
                families.stream().anyMatch(Drawn::isMissing),
                table(families, gaps, concepts));
    }

    private static Drawn drawn(FamilyView family, String benchmark, List<String> models) {
        FamilyView.Held held = family.held(benchmark);
        double[] gaps = models.stream()
                .map(m -> family.standing(m, benchmark).map(FamilyView.Standing::gap))
                .mapToDouble(g -> g.orElse(OptionalDouble.empty()).orElse(Double.NaN))
                .filter(g -> !Double.isNaN(g))
                .toArray();
        return new Drawn(family, held.chi(), held.missing(), Arrays.stream(gaps).average());
    }

    private static String shown(int drawn, int all, String where, String who) {
        String of = drawn < all
                ? "The " + Numbers.count(drawn) + " best covered and largest missing of " + Numbers.count(all)
                        + " families"
                : Numbers.count(all, "family", "families");
        return of + " of like concepts, sized by their coverage in " + where
                + (who.isEmpty() ? " and coloured by it." : ", coloured by " + who + ".");
    }

    private static List<Choice> faces(Names names, Url here, boolean gaps) {
        if (names.modelIds().isEmpty()) return List.of();
        return List.of(
                new Choice("Model gaps", here.without("map") + "#map", gaps),
                new Choice("Benchmark gaps", here.with("map", BENCHMARKS) + "#map", !gaps));
    }

    private static FamilyMap.Place place(Drawn f, Classes classes, boolean gaps, Concepts concepts) {
        String css = f.isMissing()
                ? "hollow"
                : gaps ? f.gap.isPresent() ? classes.of(f.gap.getAsDouble()) : "none" : classes.of(f.coverage);
        String note = title(f.family) + "\n"
                + Numbers.count(f.family.concepts(), "concept", "concepts") + ", "
                + (f.isMissing() ? "missing" : "coverage " + Numbers.coverage(f.coverage))
                + (gaps ? ", gap " + (f.gap.isPresent() ? Numbers.signedFine(f.gap.getAsDouble()) : Numbers.NONE) : "");
        return new FamilyMap.Place(
                f.family.x().getAsDouble(),
                f.family.y().orElse(0.5),
                f.isMissing() ? 0 : f.coverage,
                css,
                concepts.of(f),
                note,
                shortly(f.family.name()));
    }

    /** The label without the words that most labels of our own making begin with. */
    private static String shortly(String name) {
        return name.replaceFirst("^(the )?words? (?=\\S)", "");
    }

    private static String title(FamilyView family) {
        String name = Text.plain(family.name(), 70);
        return family.words().isEmpty() ? name : name + " · " + String.join(", ", family.words());
    }

    private static Cell gap(Drawn f) {
        return f.gap.isPresent() ? Cell.signed(Numbers.signedFine(f.gap.getAsDouble())) : Cell.number(Numbers.NONE);
    }

    private static Table table(List<Drawn> families, boolean gaps, Concepts concepts) {
        List<Column> columns = Stream.of(
                        Column.text("Family"),
                        Column.number("Concepts", "family").optional(),
                        Column.number("Coverage", "family"),
                        Column.number("Missing", "missing").optional(),
                        gaps ? Column.number("Gap", "family") : null)
                .filter(c -> c != null)
                .toList();
        List<Drawn> listed = Stream.concat(
                        families.stream().filter(f -> !f.isMissing()).limit(ROWS),
                        families.stream().filter(Drawn::isMissing).limit(ROWS))
                .toList();
        List<Table.Row> rows = listed.stream()
                .map(f -> new Table.Row(
                        Label.of(f.family.name(), concepts.of(f), String.join(", ", f.family.words())),
                        Stream.of(
                                        Cell.count(f.family.concepts()).optional(),
                                        Cell.number(Numbers.coverage(f.coverage)),
                                        Cell.number(Numbers.percent(f.missing)).optional(),
                                        gaps ? gap(f) : null)
                                .filter(c -> c != null)
                                .toList()))
                .toList();
        String caption = listed.size() < families.size()
                ? "The " + ROWS + " most covered families, and up to as many missing ones"
                : "Families, most covered first";
        return new Table(caption, columns, rows);
    }
}
