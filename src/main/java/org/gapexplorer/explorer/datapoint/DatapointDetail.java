package org.gapexplorer.explorer.datapoint;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Column;
import org.gapexplorer.explorer.view.Controls;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Part;
import org.gapexplorer.explorer.view.Property;
import org.gapexplorer.explorer.view.Shading;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.Answer;
import org.gapexplorer.snapshot.DatapointView;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Shade;
import org.gapexplorer.snapshot.Snapshot;

/**
 * A datapoint's page.
 *
 * @param prompt empty where the benchmark's text may not be shown
 * @param shadedBy the concept whose activation shades the prompt; empty for none
 * @param rowsOf which kinds of label the list of concepts holds
 * @param trial the prompt where its words can be changed and the server's lens reads them; empty where that is not to be had
 */
public record DatapointDetail(
        String benchmark,
        String benchmarkHref,
        String item,
        List<Property> facts,
        boolean hidden,
        List<Part> prompt,
        boolean cut,
        boolean truncated,
        String trial,
        String shadedBy,
        String shadedHref,
        List<Choice> choices,
        Table answers,
        List<Controls.Choice> rowsOf,
        Table concepts,
        List<ItemCard> alike,
        String previous,
        String next)
        implements Shareable {
    private static final int CONCEPTS = 30;
    private static final int ALIKE = 5;

    public record Choice(String text, boolean key) {}

    static DatapointDetail of(Snapshot snapshot, Names names, DatapointView d, Params params, Url here, Links links) {
        int wanted = params.integer("concept", -1, 0, Integer.MAX_VALUE);
        DatapointView.Firing shading = shading(d, wanted);
        boolean every = "all".equals(params.one("kind", List.of("meaning", "all"), k -> k));
        List<Shade> spans = shading == null ? List.of() : shading.spans();
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < d.choices().size() && i < 50; i++) {
            choices.add(new Choice(
                    Text.bounded(d.choices().get(i), 1_000),
                    d.answer().isPresent() && d.answer().getAsInt() == i));
        }
        return new DatapointDetail(
                names.benchmark(d.benchmark()),
                links.benchmark(d.benchmark()),
                Text.bounded(d.item(), 100),
                facts(d),
                d.prompt().isEmpty(),
                d.prompt()
                        .map(p -> Shading.whole(p, spans, Shading.strongest(spans)))
                        .orElse(List.of()),
                d.prompt().map(p -> p.length() > Text.PROMPT).orElse(false),
                d.truncated(),
                snapshot.lens().isPresent() ? d.prompt().map(links::trial).orElse("") : "",
                shading == null ? "" : Text.bounded(Label.name(shading.concept(), shading.label()), 160),
                shading == null ? "" : links.concept(shading.concept()),
                choices,
                answers(d, names, links),
                List.of(
                        new Controls.Choice("meanings only", here.without("kind") + "#concepts", !every),
                        new Controls.Choice("every kind", here.with("kind", "all") + "#concepts", every)),
                concepts(d, every, shading, here, links),
                snapshot.alike(d.benchmark(), d.item(), ALIKE).stream()
                        .map(a -> ItemCard.alike(a, names, links))
                        .toList(),
                d.previous().map(i -> links.datapoint(d.benchmark(), i)).orElse(""),
                d.next().map(i -> links.datapoint(d.benchmark(), i)).orElse(""));
    }

    /** The concept asked for; else the most salient one with a meaning, else the most salient one that can be shown. */
    private static DatapointView.Firing shading(DatapointView d, int wanted) {
        List<DatapointView.Firing> shown =
                d.concepts().stream().filter(f -> !f.spans().isEmpty()).toList();
        if (wanted >= 0) {
            return shown.stream().filter(f -> f.concept() == wanted).findFirst().orElse(null);
        }
        return shown.stream()
                .filter(f -> f.kind() == LabelKind.MEANING)
                .findFirst()
                .orElse(shown.stream().findFirst().orElse(null));
    }

    private static List<Property> facts(DatapointView d) {
        List<Property> facts = new ArrayList<>();
        d.category().ifPresent(c -> facts.add(new Property("Category", Text.bounded(c, 120))));
        facts.add(new Property("Tokens that count", Numbers.count(d.tokens()), "tokens"));
        facts.add(new Property("Concepts that fire", Numbers.count(d.firing()), "firing"));
        return facts;
    }

    private static Table answers(DatapointView d, Names names, Links links) {
        List<Table.Row> rows = new ArrayList<>();
        for (Answer a : d.answers()) {
            ItemCard.Verdict verdict = ItemCard.verdict(a, names);
            rows.add(new Table.Row(
                    Label.of(verdict.model(), links.model(a.model())),
                    List.of(
                            Cell.text(answer(a, d.choices(), d.answer())),
                            new Cell("", "", "", verdict.text(), verdict.css(), "", null),
                            Cell.number(a.score().isPresent() ? Numbers.score(a.score()) : Numbers.NONE),
                            Cell.number(
                                    a.margin().isPresent()
                                            ? Numbers.signed(a.margin().getAsDouble())
                                            : Numbers.NONE))));
        }
        return new Table(
                "What each model answered",
                List.of(
                        Column.text("Model"),
                        Column.text("Answer"),
                        Column.text(""),
                        Column.number("Score", "headline"),
                        Column.number("Margin", "margin")),
                rows);
    }

    /**
     * An answer given as the index of a choice is shown as that choice.
     *
     * @param key the right choice's index
     */
    static String answer(Answer answer, List<String> choices, OptionalInt key) {
        String said = answer.answer().orElse("");
        int index = said.matches("\\d{1,3}") ? Integer.parseInt(said) : choices.size();
        int same = choices.indexOf(said);
        boolean isIndex = index < choices.size() && (same < 0 || same == index || isIndex(answer, index, same, key));
        return Text.bounded(isIndex ? choices.get(index) : said, 200);
    }

    /**
     * Whether a number that is a choice's index, and another's text, is the index. Who was right took the key and who was
     * wrong did not; where that decides nothing, what leads by a margin is an index, as this program's own answers are.
     */
    private static boolean isIndex(Answer answer, int index, int same, OptionalInt key) {
        double score = answer.score().orElse(Double.NaN);
        boolean told = key.isPresent() && (key.getAsInt() == index || key.getAsInt() == same);
        if (told && score == 1) return key.getAsInt() == index;
        if (told && score == 0) return key.getAsInt() == same;
        return answer.margin().isPresent();
    }

    private static Table concepts(DatapointView d, boolean every, DatapointView.Firing shading, Url here, Links links) {
        List<Table.Row> rows = d.concepts().stream()
                .filter(f -> every || f.kind() == LabelKind.MEANING || f == shading)
                .limit(CONCEPTS)
                .map(f -> new Table.Row(
                        Label.concept(
                                f.concept(),
                                f.label(),
                                List.of(),
                                f.kind(),
                                java.util.OptionalDouble.empty(),
                                links.concept(f.concept())),
                        List.of(
                                Cell.number(Numbers.amount(f.saliency())),
                                Cell.number(Numbers.amount(f.peak())),
                                shade(f, shading, here))))
                .toList();
        return new Table(
                (every ? "The most salient of " : "The most salient with a clear meaning, of ")
                        + Numbers.count(d.firing()) + " concepts that fire",
                List.of(
                        Column.text("Concept"),
                        Column.number("Saliency", "saliency"),
                        Column.number("Peak", "saliency"),
                        Column.text("")),
                rows);
    }

    private static Cell shade(DatapointView.Firing f, DatapointView.Firing shading, Url here) {
        if (f.spans().isEmpty()) return Cell.text("");
        if (shading != null && shading.concept() == f.concept()) return Cell.text("shaded above");
        return Cell.text("shade")
                .linked(here.with("concept", String.valueOf(f.concept())).toString());
    }

    @Override
    public Preview preview() {
        return Preview.of(concepts);
    }
}
