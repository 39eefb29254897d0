package org.gapexplorer.explorer.datapoint;

import java.util.List;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Part;
import org.gapexplorer.explorer.view.Shading;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.snapshot.Alike;
import org.gapexplorer.snapshot.Answer;
import org.gapexplorer.snapshot.DatapointRow;

/**
 * A datapoint in a list: a window of its prompt, shaded, and what each model made of it.
 *
 * @param prompt empty where the benchmark's text may not be shown
 * @param note its saliency where a concept is asked for, or what else brought it here; may be empty
 */
public record ItemCard(
        String item,
        String href,
        String benchmark,
        String benchmarkHref,
        List<Part> prompt,
        String note,
        List<Verdict> verdicts) {
    private static final int WINDOW = 420;

    /**
     * @param css {@code right}, {@code wrong} or empty for unscored
     * @param text "right", "wrong", a score in between, or "unscored"
     */
    public record Verdict(String model, String css, String text) {}

    /** @param concept what shades it, and its page; null for none */
    static ItemCard of(DatapointRow row, Integer concept, double strongest, Names names, Links links) {
        return new ItemCard(
                Text.bounded(row.item(), 60),
                links.datapoint(row.benchmark(), row.item(), row.shades().isEmpty() ? null : concept),
                names.benchmark(row.benchmark()),
                links.benchmark(row.benchmark()),
                row.prompt()
                        .map(p -> Shading.snippet(p, row.shades(), strongest, WINDOW))
                        .orElse(List.of()),
                row.saliency().isPresent()
                        ? "saliency " + Numbers.amount(row.saliency().getAsDouble())
                        : "",
                row.answers().stream().map(a -> verdict(a, names)).toList());
    }

    /** An item like another text, with how much. */
    public static ItemCard alike(Alike alike, Names names, Links links) {
        ItemCard card = of(alike.datapoint(), null, 0, names, links);
        String note = "similarity " + Numbers.score(alike.cosine());
        return new ItemCard(card.item, card.href, card.benchmark, card.benchmarkHref, card.prompt, note, card.verdicts);
    }

    static Verdict verdict(Answer answer, Names names) {
        String model = names.model(answer.model());
        if (answer.score().isEmpty()) return new Verdict(model, "", "unscored");
        double score = answer.score().getAsDouble();
        String words = score == 1 ? "right" : score == 0 ? "wrong" : Numbers.score(score);
        return new Verdict(model, answer.right() ? "right" : "wrong", words);
    }
}
