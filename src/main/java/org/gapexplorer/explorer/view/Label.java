package org.gapexplorer.explorer.view;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Span;

/**
 * What stands at the head of a table row: a link, with the words that matched, and a line of small print below.
 *
 * @param parts the text in pieces; level 1 is a search hit
 * @param unsure whether it is the label of a concept that nobody knows the meaning of
 */
public record Label(List<Part> parts, String href, String small, boolean unsure) {

    public static Label of(String text, String href) {
        return of(text, href, "");
    }

    public static Label of(String text, String href, String small) {
        return new Label(List.of(new Part(Text.bounded(text, Text.LABEL), 0, "")), href, small, false);
    }

    /** A concept's label with its number, kind and quality below. */
    public static Label concept(
            int id, String text, List<Span> hits, LabelKind kind, OptionalDouble quality, String href) {
        return unnumbered(id, text, hits, kind, quality, href).headed("#" + id);
    }

    /** The same for lists that have the number in a column. */
    public static Label unnumbered(
            int id, String text, List<Span> hits, LabelKind kind, OptionalDouble quality, String href) {
        String small = kindWords(kind) + (quality.isPresent() ? " · label AUC " + Numbers.score(quality) : "");
        List<Span> shown = kind == LabelKind.DEAD ? List.of() : hits;
        return new Label(
                pieces(name(id, text, kind), shown), href, small, kind == LabelKind.UNCLEAR || kind == LabelKind.DEAD);
    }

    /** Whether the small print needs an element of its own. */
    public boolean isolated() {
        return Text.turns(small);
    }

    private Label headed(String note) {
        return new Label(parts, href, note + " · " + small, unsure);
    }

    /** The same with a word more in the small print. */
    public Label noted(String note) {
        return new Label(parts, href, small + " · " + note, unsure);
    }

    /** The label, or the number where a concept has none. */
    public static String name(int id, String label) {
        return label == null || label.isBlank() ? "Concept " + id : label;
    }

    /** The same; of a concept that was silent where labels are made, the number: what stands as its label tells nothing. */
    public static String name(int id, String label, LabelKind kind) {
        return name(id, kind == LabelKind.DEAD ? "" : label);
    }

    public static String kindWords(LabelKind kind) {
        return switch (kind) {
            case MEANING -> "meaning";
            case SYNTAX -> "syntax";
            case PIECE -> "word piece";
            case UNCLEAR -> "unclear";
            case DEAD -> "silent in the labels’ texts";
        };
    }

    private static List<Part> pieces(String text, List<Span> hits) {
        String clean = Text.bounded(text, Text.LABEL);
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (Span hit : hits) {
            int start = Math.clamp(hit.start(), at, clean.length());
            int end = Math.clamp(hit.end(), start, clean.length());
            if (end == start) continue;
            if (start > at) parts.add(new Part(clean.substring(at, start), 0, ""));
            parts.add(new Part(clean.substring(start, end), 1, ""));
            at = end;
        }
        if (at < clean.length()) parts.add(new Part(clean.substring(at), 0, ""));
        return parts;
    }
}
