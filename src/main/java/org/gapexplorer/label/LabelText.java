package org.gapexplorer.label;

/** A label from elsewhere as it is shown: one line, of bounded length, without control characters. */
public final class LabelText {
    private static final int MAX_CONCEPT = 1 << 24;

    private LabelText() {}

    /** Null where nothing is left. */
    public static String clean(String text) {
        if (text == null) {
            return null;
        }
        var clean = new StringBuilder();
        text.codePoints()
                .limit(4L * LabelFile.MAX_LABEL)
                .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(c -> {
                    if (c != ' ' || !clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
                        clean.appendCodePoint(c);
                    }
                });
        String line = clean.toString().strip();
        if (line.length() > LabelFile.MAX_LABEL) {
            int end = LabelFile.MAX_LABEL - 1;
            line = line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
        }
        return line.isEmpty() ? null : line;
    }

    /** The concept that an index in a text names, or -1 where it is none. */
    public static int concept(String index) {
        if (index == null || !index.matches("[0-9]{1,8}")) {
            return -1;
        }
        int concept = Integer.parseInt(index);
        return concept > MAX_CONCEPT ? -1 : concept;
    }
}
