package org.gapexplorer.explorer.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The colours and chart rules of {@code app.css} in its light scheme, for pictures that stand alone: one place says how a
 * chart looks.
 */
public final class Palette {
    private static final String SHEET = "/META-INF/resources/app.css";
    private static final Pattern VARIABLE = Pattern.compile("--([a-z0-9-]+):\\s*([^;}]+)");
    private static final Pattern USED = Pattern.compile("var\\(--([a-z0-9-]+)\\)");
    /** {@code .s3 { --c: #abcdef; color: #012345; }} */
    private static final Pattern STEP =
            Pattern.compile("\\.([sg][0-9]|none) \\{ --c: ([^;]+);(?: color: (#[0-9a-f]+);)? \\}");

    private static final Pattern CHART_RULE = Pattern.compile("^\\.(chart|map|scatter|curve)[ .].*\\}$");
    /** Rules for the page's width or the pointer make no sense in a file. */
    private static final Pattern PAGE_ONLY = Pattern.compile("max-width|:hover|\\.few");

    private static final Palette PALETTE = new Palette(read());

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> grounds = new HashMap<>();
    private final Map<String, String> inks = new HashMap<>();
    private final String rules;

    private Palette(String sheet) {
        // the light scheme comes first; what dark says later does not count
        VARIABLE.matcher(sheet)
                .results()
                .forEach(m -> variables.putIfAbsent(m.group(1), m.group(2).strip()));
        Matcher step = STEP.matcher(sheet);
        while (step.find()) {
            grounds.putIfAbsent(step.group(1), resolved(step.group(2)));
            if (step.group(3) != null) inks.putIfAbsent(step.group(1), step.group(3));
        }
        String kept = sheet.lines()
                .filter(line -> CHART_RULE.matcher(line).matches()
                        && !PAGE_ONLY.matcher(line).find())
                .map(this::resolved)
                .collect(Collectors.joining("\n"));
        String steps = grounds.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> ".chart ." + e.getKey() + " { fill: " + e.getValue() + "; }")
                .collect(Collectors.joining("\n"));
        rules = kept + "\n" + steps + "\n.chart .few { display: none; }";
    }

    /** A named colour of the sheet, such as {@code bar-strong}, as {@code #rrggbb}. */
    public static String colour(String name) {
        return PALETTE.variables.get(name);
    }

    /** The ground of a step of a scale ({@code s0} to {@code s9}, {@code g0} to {@code g6}, {@code none}); null for others. */
    public static String ground(String step) {
        return PALETTE.grounds.get(step);
    }

    /** The colour of text on that ground. */
    public static String ink(String step) {
        return PALETTE.inks.getOrDefault(step, colour("ink"));
    }

    /** The rules of charts, free of variables. */
    public static String rules() {
        return PALETTE.rules;
    }

    private String resolved(String text) {
        return USED.matcher(text).replaceAll(m -> Matcher.quoteReplacement(variables.getOrDefault(m.group(1), "none")));
    }

    private static String read() {
        try (InputStream in = Palette.class.getResourceAsStream(SHEET)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
