package org.gapexplorer.explorer.view;

import java.text.Bidi;

/**
 * Text that came from outside (datapoints, labels, model names), made fit for a page: bounded, without control characters
 * and never cut within a character. Escaping is the template's work.
 */
public final class Text {
    public static final int LABEL = 160;
    public static final int PROMPT = 20_000;

    private Text() {}

    /** At most {@code max} UTF-16 units, an ellipsis where something was left out; line breaks and tabs stay. */
    public static String bounded(String text, int max) {
        String clean = clean(text);
        return clean.length() <= max ? clean : clean.substring(0, whole(clean, max - 1)) + "…";
    }

    /** One line, without the marks that turn the writing direction: for titles and attributes, which cannot isolate it. */
    public static String plain(String text, int max) {
        return bounded(text.replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", " ").strip(), max);
    }

    /**
     * Whether some of it may be written from right to left or turns the direction, so that what stands beside it must be
     * kept apart.
     */
    static boolean turns(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length())
                // Bidi passes over those marks that embed or isolate from left to right
                || text.codePoints().anyMatch(c -> Character.getType(c) == Character.FORMAT);
    }

    /** Control characters become U+FFFD one for one, so that offsets into the text stay true. */
    static String clean(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != 0x7f || c == '\n' || c == '\t') continue;
            if (clean == null) clean = new StringBuilder(text);
            clean.setCharAt(i, c == '\r' ? ' ' : '\uFFFD');
        }
        return clean == null ? text : clean.toString();
    }

    /** The nearest position at or before {@code at} that does not split a surrogate pair. */
    static int whole(String text, int at) {
        int i = Math.clamp(at, 0, text.length());
        return i > 0 && i < text.length() && Character.isLowSurrogate(text.charAt(i)) ? i - 1 : i;
    }
}
