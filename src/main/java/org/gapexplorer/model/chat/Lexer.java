package org.gapexplorer.model.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into text, tags and the words within them. White space as transformers sets it: a line break after a
 * tag or comment goes (trim_blocks), so do blanks before one at the start of a line (lstrip_blocks), and "-" takes all
 * white space on its side.
 */
final class Lexer {
    private static final Pattern OPEN = Pattern.compile("\\{([{%#])([-+]?)");
    private static final Pattern WORD = Pattern.compile(
            "\\s*(?:([A-Za-z_]\\w*)|(\\d+\\.\\d+(?:[eE][-+]?\\d+)?|\\d+)|"
                    + "('(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")|(==|!=|<=|>=|//|\\*\\*|[-+*/%~<>=.,:|()\\[\\]{}]))",
            Pattern.DOTALL);

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int counted;
    private int line = 1;

    private Lexer(String source) {
        this.source = source;
    }

    /** What a token is. TEXT stands outside tags; OPEN and CLOSE are the edges of {{ }} and {% %}. */
    enum Kind {
        TEXT,
        OPEN_OUTPUT,
        OPEN_BLOCK,
        CLOSE,
        NAME,
        NUMBER,
        STRING,
        SIGN,
        END
    }

    /**
     * @param line from 1
     */
    record Token(Kind kind, String text, int line) {}

    static List<Token> read(String template) {
        String source = template.replace("\r\n", "\n");
        // Jinja drops one line break at the end
        return new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source).all();
    }

    private List<Token> all() {
        boolean stripNext = false;
        boolean trimNext = false;
        Matcher open = OPEN.matcher(source);
        while (true) {
            boolean found = open.find(at);
            String text = source.substring(at, found ? open.start() : source.length());
            if (stripNext) {
                text = text.stripLeading();
            } else if (trimNext && text.startsWith("\n")) {
                text = text.substring(1);
            }
            if (!found) {
                add(Kind.TEXT, text);
                add(Kind.END, "");
                return tokens;
            }
            char kind = open.group(1).charAt(0);
            if (open.group(2).equals("-")) {
                text = text.stripTrailing();
            } else if (kind != '{' && open.group(2).isEmpty()) {
                text = withoutIndent(text, open.start());
            }
            add(Kind.TEXT, text);
            at = open.end();
            char before = kind == '#' ? comment() : tag(kind);
            stripNext = before == '-';
            trimNext = kind != '{' && before != '+';
        }
    }

    /** Without the blanks between the start of the line and a tag. */
    private String withoutIndent(String text, int tag) {
        int start = text.length();
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        boolean lineStart = start > 0 ? text.charAt(start - 1) == '\n' : startsLine(tag - text.length());
        return lineStart ? text.substring(0, start) : text;
    }

    private boolean startsLine(int place) {
        return place <= 0 || source.charAt(place - 1) == '\n';
    }

    private char comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw new TemplateException("the comment in line " + line() + " does not end");
        }
        char last = end > at ? source.charAt(end - 1) : ' ';
        at = end + 2;
        return last;
    }

    /** Reads to the end of a tag and returns the sign before its closing brace, if any. */
    private char tag(char kind) {
        String close = kind == '{' ? "}}" : "%}";
        add(kind == '{' ? Kind.OPEN_OUTPUT : Kind.OPEN_BLOCK, "");
        Matcher word = WORD.matcher(source);
        int braces = 0;
        while (true) {
            int start = at;
            while (start < source.length() && Character.isWhitespace(source.charAt(start))) {
                start++;
            }
            if (braces == 0) {
                boolean signed = start < source.length() && "-+".indexOf(source.charAt(start)) >= 0;
                if (source.startsWith(close, signed ? start + 1 : start)) {
                    at = start + (signed ? 3 : 2);
                    add(Kind.CLOSE, "");
                    return signed ? source.charAt(start) : ' ';
                }
            }
            word.region(at, source.length());
            if (!word.lookingAt()) {
                throw new TemplateException("line " + line() + " is not understood from '"
                        + source.substring(start, Math.min(source.length(), start + 20)) + "'");
            }
            at = word.end();
            braces += add(word);
        }
    }

    /** Adds a word and returns by how much it deepens the braces. */
    private int add(Matcher word) {
        if (word.group(1) != null) {
            add(Kind.NAME, word.group(1));
        } else if (word.group(2) != null) {
            add(Kind.NUMBER, word.group(2));
        } else if (word.group(3) != null) {
            add(Kind.STRING, unescaped(word.group(3)));
        } else {
            add(Kind.SIGN, word.group(4));
            return switch (word.group(4)) {
                case "{" -> 1;
                case "}" -> -1;
                default -> 0;
            };
        }
        return 0;
    }

    private String unescaped(String quoted) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case '\\', '\'', '"' -> text.append(escaped);
                case 'u', 'x' -> {
                    int digits = escaped == 'u' ? 4 : 2;
                    if (i + digits >= quoted.length()
                            || !quoted.substring(i + 1, i + 1 + digits).matches("[0-9a-fA-F]+")) {
                        throw new TemplateException("line " + line() + " holds an escape that is not complete");
                    }
                    text.append((char) Integer.parseInt(quoted.substring(i + 1, i + 1 + digits), 16));
                    i += digits;
                }
                default -> text.append('\\').append(escaped);
            }
        }
        return text.toString();
    }

    private void add(Kind kind, String text) {
        if (kind != Kind.TEXT || !text.isEmpty()) {
            tokens.add(new Token(kind, text, line()));
        }
    }

    /** The line read so far; asked in order. */
    private int line() {
        for (; counted < Math.min(at, source.length()); counted++) {
            line += source.charAt(counted) == '\n' ? 1 : 0;
        }
        return line;
    }
}
