package org.gapexplorer.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds how often a regular expression of a tokenizer can go back and try again at one place of a text, by its form
 * alone. Where it goes back ten million times, the native library ends the process; a little less at each place of a text
 * takes minutes. Counted are the ways in which the parts before one that may fail can match; a loop is taken to run over a
 * thousand characters. What nothing follows that may fail is never tried again, so that the loops of published
 * tokenizers count little. The syntax is Oniguruma's for Ruby, which the library reads.
 */
final class TokenizerPattern {
    /** Characters; lists of letters in published tokenizers have some thousands. */
    private static final int LONGEST = 20_000;

    /** Groups within groups, or classes of characters within classes. */
    private static final int DEEPEST = 30;

    /** Characters with bounded repeats written out. */
    private static final double LARGEST = 100_000;

    /** Characters that a loop is taken to run over. */
    private static final double LOOP = 1_000;

    /** More than one loop after another before what may fail, less than two. */
    private static final double MOST = 100_000;

    private static final double NEVER_ENDING = Double.POSITIVE_INFINITY;

    /**
     * A part of an expression.
     *
     * @param ways in how many ways it can match from one place
     * @param tries how many of them are gone through at the most before it fails, or matches first
     * @param fails whether it may not match
     * @param empty whether it may match nothing
     * @param size its characters, repeats written out
     */
    private record Part(double ways, double tries, boolean fails, boolean empty, double size) {
        static final Part CHARACTER = new Part(1, 1, true, false, 1);
        static final Part NOTHING = new Part(1, 1, false, true, 0);
        static final Part PLACE = new Part(1, 1, true, true, 1);
        /** What refers to other parts, or is not known. */
        static final Part UNKNOWN = new Part(NEVER_ENDING, NEVER_ENDING, true, true, 1);

        Part repeated(int min, int max) {
            boolean one = ways == 1 && !empty;
            double passes;
            if (max == Integer.MAX_VALUE) {
                passes = one ? LOOP : NEVER_ENDING;
            } else {
                passes = one ? max - min + 1.0 : Math.pow(ways, max) * (max - min + 1.0);
            }
            double before = min > 1 ? Math.pow(ways, min - 1.0) : 1;
            double times = max == Integer.MAX_VALUE ? Math.max(1, min) : max;
            return new Part(passes, tries * before, fails && min > 0, empty || min == 0, size * times);
        }

        /** Once it has matched, no other way is tried. */
        Part atomic() {
            return new Part(1, tries, fails, empty, size);
        }

        Part around() {
            return new Part(1, tries, true, true, size);
        }
    }

    private final String pattern;
    private int at;
    private int depth;

    private TokenizerPattern(String pattern) {
        this.pattern = pattern;
    }

    /** Whether it is of a form that ends soon on every text; whether it is right is for the library to tell. */
    static boolean ends(String pattern) {
        if (pattern.length() > LONGEST) {
            return false;
        }
        var parser = new TokenizerPattern(pattern);
        Part whole = parser.alternatives();
        return whole.tries <= MOST && whole.size <= LARGEST && (parser.at == pattern.length() || parser.peek(")"));
    }

    /** Whether one that {@linkplain #ends ends} may match no character. */
    static boolean mayBeEmpty(String pattern) {
        return new TokenizerPattern(pattern).alternatives().empty;
    }

    private Part alternatives() {
        if (++depth > DEEPEST) {
            return Part.UNKNOWN;
        }
        Part all = sequence();
        while (take("|")) {
            Part next = sequence();
            all = new Part(
                    all.ways + next.ways,
                    all.tries + next.tries,
                    all.fails && next.fails,
                    all.empty || next.empty,
                    all.size + next.size);
        }
        depth--;
        return all;
    }

    private Part sequence() {
        List<Part> parts = new ArrayList<>();
        while (at < pattern.length() && !peek("|") && !peek(")")) {
            parts.add(quantified(atom()));
        }
        double ways = 1;
        double inner = 1;
        double tries = 1;
        double size = 0;
        boolean fails = false;
        boolean empty = true;
        for (Part part : parts) {
            inner = Math.max(inner, part.tries);
            if (part.fails) {
                tries = ways;
                fails = true;
            }
            ways *= part.ways;
            empty &= part.empty;
            size += part.size;
        }
        return new Part(ways, tries * inner, fails, empty, size);
    }

    private Part quantified(Part atom) {
        Part part = atom;
        for (int stacked = 0; at < pattern.length(); stacked++) {
            Part repeated = simple(part);
            if (repeated == null) {
                repeated = counted(part);
            }
            if (repeated == null) {
                return part;
            }
            if (stacked == 3) {
                return Part.UNKNOWN;
            }
            part = repeated;
        }
        return part;
    }

    /** By one of the three signs, and whether it gives back what it took. */
    private Part simple(Part part) {
        Part repeated;
        if (take("*")) {
            repeated = part.repeated(0, Integer.MAX_VALUE);
        } else if (take("+")) {
            repeated = part.repeated(1, Integer.MAX_VALUE);
        } else if (take("?")) {
            repeated = part.repeated(0, 1);
        } else {
            return null;
        }
        if (take("+")) {
            return repeated.atomic();
        }
        take("?");
        return repeated;
    }

    /** By numbers in braces; a sign after them is a repeat of the repeat. */
    private Part counted(Part part) {
        int end = peek("{") ? pattern.indexOf('}', at) : -1;
        String numbers = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!numbers.matches("\\d{1,6}(,\\d{0,6})?|,\\d{1,6}")) {
            return null;
        }
        at = end + 1;
        int comma = numbers.indexOf(',');
        String from = comma < 0 ? numbers : numbers.substring(0, comma);
        String to = comma < 0 ? numbers : numbers.substring(comma + 1);
        int min = from.isEmpty() ? 0 : Integer.parseInt(from);
        int max = to.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(to);
        return part.repeated(Math.min(min, max), Math.max(min, max));
    }

    private Part atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> characters();
            case '\\' -> escaped();
            case '^', '$' -> Part.PLACE;
            default -> Part.CHARACTER;
        };
    }

    private Part group() {
        if (peek("*")) {
            return Part.UNKNOWN;
        }
        if (!take("?")) {
            return closed(alternatives());
        }
        if (take("#")) {
            int end = pattern.indexOf(')', at);
            at = end < 0 ? pattern.length() : end + 1;
            return Part.NOTHING;
        }
        if (take("=") || take("!") || take("<=") || take("<!")) {
            return closed(alternatives()).around();
        }
        if (take(">")) {
            return closed(alternatives()).atomic();
        }
        if (take("<")) {
            int end = pattern.indexOf('>', at);
            at = end < 0 ? pattern.length() : end + 1;
            return closed(alternatives());
        }
        while (take("i") || take("m") || take("-")) {}
        if (take(")")) {
            // for the rest of the group that this stands in
            return alternatives();
        }
        return take(":") ? closed(alternatives()) : Part.UNKNOWN;
    }

    private Part closed(Part part) {
        take(")");
        return part;
    }

    /** A class of characters, with classes within it. */
    private Part characters() {
        int open = 1;
        boolean first = true;
        take("^");
        while (at < pattern.length() && open > 0) {
            char c = pattern.charAt(at++);
            if (c == ']' && first || open > DEEPEST) {
                return Part.UNKNOWN;
            }
            first = c == '[';
            switch (c) {
                case '\\' -> at = Math.min(at + 1, pattern.length());
                case '[' -> {
                    open++;
                    take("^");
                }
                case ']' -> open--;
                default -> {}
            }
        }
        return Part.CHARACTER;
    }

    private Part escaped() {
        char c = at < pattern.length() ? pattern.charAt(at++) : '\\';
        switch (c) {
            case 'p', 'P', 'x', 'o' -> {
                int end = peek("{") ? pattern.indexOf('}', at) : -1;
                at = end < 0 ? at : end + 1;
                return Part.CHARACTER;
            }
            case 'b', 'B', 'A', 'z', 'Z', 'G', 'y', 'Y' -> {
                return Part.PLACE;
            }
            // back references, calls, where a match begins, and what is several characters
            case 'k', 'g', 'K', 'R', 'X', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                return Part.UNKNOWN;
            }
            default -> {
                return Part.CHARACTER;
            }
        }
    }

    private boolean peek(String text) {
        return pattern.startsWith(text, at);
    }

    private boolean take(String text) {
        boolean there = peek(text);
        at += there ? text.length() : 0;
        return there;
    }
}
