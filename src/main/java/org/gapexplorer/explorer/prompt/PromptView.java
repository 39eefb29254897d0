package org.gapexplorer.explorer.prompt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.datapoint.ItemCard;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls.Choice;
import org.gapexplorer.explorer.view.Controls.Kept;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Part;
import org.gapexplorer.explorer.view.Shading;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.lens.TextReading;
import org.gapexplorer.model.Tokens;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Shade;
import org.gapexplorer.snapshot.Snapshot;

/**
 * The page where a visitor tries a text.
 *
 * @param able whether this snapshot came with its lens
 * @param read whether there is something read to show
 * @param examples texts to begin with, where there is nothing to show
 * @param shadedBy the concept whose activation shades the text
 */
public record PromptView(
        boolean able,
        String text,
        int longest,
        List<Kept> kept,
        boolean read,
        List<Choice> examples,
        List<Figure> figures,
        List<Part> prompt,
        boolean truncated,
        String shadedBy,
        String shadedHref,
        List<Choice> rowsOf,
        Table concepts,
        Table benchmarks,
        Table models,
        List<ItemCard> alike)
        implements Shareable {
    private static final List<String> EXAMPLES = List.of(
            "A coach leaves at 14:35 and needs 95 minutes. When does it arrive?",
            "How do I tell my manager kindly that I cannot work this weekend?",
            "for i in range(3): print(i * i)");

    private static final int ROWS = 25;
    private static final int MODELS = 3;

    /** The text asked for, and what the lens sees in it; empty where there is no text. */
    public static Optional<TextReading> reading(Snapshot snapshot, Lenses lenses, Params params) {
        Optional<Path> lens = snapshot.lens();
        String text = params.longText("text", Links.LONGEST_TEXT);
        return lens.isEmpty() || text.isEmpty() ? Optional.empty() : Optional.of(lenses.read(lens.get(), text));
    }

    static PromptView of(Snapshot snapshot, Names names, Lenses lenses, Params params, Url here, Links links) {
        String text = params.longText("text", Links.LONGEST_TEXT);
        boolean every = "all".equals(params.one("kind", List.of("meaning", "all"), k -> k));
        int asked = params.integer("concept", -1, 0, Integer.MAX_VALUE);
        List<Kept> kept = here.keptBut(List.of("text", "concept"));
        Optional<TextReading> found = reading(snapshot, lenses, params);
        if (found.isEmpty()) {
            return new PromptView(
                    snapshot.lens().isPresent(),
                    text,
                    Links.LONGEST_TEXT,
                    kept,
                    false,
                    EXAMPLES.stream()
                            .map(e -> new Choice(e, here.with("text", e).toString(), false))
                            .toList(),
                    List.of(),
                    List.of(),
                    false,
                    "",
                    "",
                    List.of(),
                    null,
                    null,
                    null,
                    List.of());
        }
        TextReading reading = found.get();
        PromptReading in = PromptReading.of(snapshot, reading);
        List<PromptReading.Firing> rows = in.concepts().stream()
                .filter(f -> every || f.concept().kind() == LabelKind.MEANING)
                .limit(ROWS)
                .toList();
        PromptReading.Firing shading = in.concepts().stream()
                .filter(f -> f.concept().concept() == asked)
                .findFirst()
                .orElse(rows.stream().findFirst().orElse(null));
        List<Shade> shades =
                shading == null ? List.of() : shades(reading, shading.concept().concept());
        return new PromptView(
                true,
                text,
                Links.LONGEST_TEXT,
                kept,
                true,
                List.of(),
                List.of(
                        new Figure("Tokens that count", Numbers.count(in.tokens()), "", "tokens"),
                        new Figure("Concepts that fire", Numbers.count(reading.concepts().length), "", "firing")),
                Shading.whole(text, shades, Shading.strongest(shades)),
                in.truncated(),
                shading == null
                        ? ""
                        : Text.bounded(
                                Label.name(
                                        shading.concept().concept(),
                                        shading.concept().label()),
                                Text.LABEL),
                shading == null ? "" : links.concept(shading.concept().concept()),
                List.of(
                        new Choice("meanings only", here.without("kind").toString(), !every),
                        new Choice("every kind", here.with("kind", "all").toString(), every)),
                concepts(snapshot, rows, shading, here, links),
                benchmarks(in, names, links),
                models(snapshot, in, links),
                in.alike().stream().map(a -> ItemCard.alike(a, names, links)).toList());
    }

    /** Where the concept fires, as stretches of the text. */
    private static List<Shade> shades(TextReading reading, int concept) {
        int at = IntStream.range(0, reading.concepts().length)
                .filter(i -> reading.concepts()[i] == concept)
                .findFirst()
                .orElseThrow();
        Tokens tokens = reading.tokens();
        return IntStream.range(0, tokens.length())
                .filter(t -> reading.activations()[at][t] > 0 && tokens.ends()[t] > tokens.starts()[t])
                .mapToObj(t -> new Shade(tokens.starts()[t], tokens.ends()[t], reading.activations()[at][t]))
                .toList();
    }

    private static Table concepts(
            Snapshot snapshot, List<PromptReading.Firing> rows, PromptReading.Firing shading, Url here, Links links) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("Concept"),
                Column.number("Saliency", "saliency"),
                Column.text(""),
                Column.picture(""),
                Column.number("Coverage", "coverage").broad()));
        shown(snapshot).forEach(m -> columns.add(Column.number(m.title(), "score")));
        return new Table(
                "The most salient concepts, how far the suite covers them, and each model’s score where they fire",
                columns,
                rows.stream()
                        .map(f -> new Table.Row(
                                ConceptTable.label(f.concept(), links), cells(snapshot, f, shading, here)))
                        .toList());
    }

    private static List<Cell> cells(Snapshot snapshot, PromptReading.Firing f, PromptReading.Firing shading, Url here) {
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.number(Numbers.amount(f.saliency())),
                f == shading
                        ? Cell.text("shaded above")
                        : Cell.text("shade")
                                .linked(here.with(
                                                "concept",
                                                String.valueOf(f.concept().concept()))
                                        .toString()),
                Cell.picture(Mark.coverage(f.concept().suite().chi())),
                Cell.coverage(f.concept().suite())));
        for (ModelView m : shown(snapshot)) {
            Performance p = f.concept().performance(m.id(), Snapshot.OVERALL).orElse(null);
            cells.add(Cell.score(p));
        }
        return cells;
    }

    /** The models with a column; all of them have a row in their own table. */
    private static List<ModelView> shown(Snapshot snapshot) {
        return snapshot.models().stream().limit(MODELS).toList();
    }

    private static Table benchmarks(PromptReading in, Names names, Links links) {
        return new Table(
                "How far each benchmark covers these concepts, best first",
                List.of(
                        Column.text("Benchmark"),
                        Column.number("Present", "try-present"),
                        Column.number("of that thin", "try-present")),
                in.benchmarks().entrySet().stream()
                        .sorted((a, b) -> Double.compare(solid(b.getValue()), solid(a.getValue())))
                        .map(e -> new Table.Row(
                                Label.of(names.benchmark(e.getKey()), links.benchmark(e.getKey())),
                                List.of(
                                        Cell.number(Numbers.percent(e.getValue().present())),
                                        Cell.number(Numbers.percent(e.getValue().thinOfPresent())))))
                        .toList());
    }

    private static double solid(PromptReading.Covered covered) {
        return covered.present() - covered.thin();
    }

    private static Table models(Snapshot snapshot, PromptReading in, Links links) {
        return new Table(
                "Each model’s score where these concepts fire, beside its mean",
                List.of(
                        Column.text("Model"),
                        Column.number("Score there", "try-score"),
                        Column.number("Mean score", "headline"),
                        Column.number("Difference", "try-score")),
                snapshot.models().stream()
                        .map(m -> {
                            var there = in.models().get(m.id());
                            var mean = ConceptTable.reference(m, null);
                            boolean both = there.isPresent() && mean.isPresent();
                            return new Table.Row(
                                    Label.of(m.title(), links.model(m.id())),
                                    List.of(
                                            Cell.number(Numbers.score(there)),
                                            Cell.number(Numbers.score(mean)),
                                            both
                                                    ? Cell.signed(
                                                            Numbers.signed(there.getAsDouble() - mean.getAsDouble()))
                                                    : Cell.number(Numbers.NONE)));
                        })
                        .toList());
    }

    @Override
    public Preview preview() {
        return new Preview(figures == null ? List.of() : figures, benchmarks);
    }
}
