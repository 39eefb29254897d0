package org.gapexplorer.explorer.visit;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.view.Text;

/** The query string, read strictly: a value that cannot be used is a {@link BadParameter}, an absent or empty one is not. */
public final class Params {
    private static final int LONGEST = 500;
    private final MultivaluedMap<String, String> values;

    public Params(MultivaluedMap<String, String> values) {
        this.values = values;
    }

    /** The text without surrounding blanks; empty where absent. */
    public String text(String name) {
        String value = values.getFirst(name);
        if (value == null) return "";
        if (value.length() > LONGEST) throw new BadParameter(name, "longer than " + LONGEST + " characters");
        return value.strip();
    }

    /** A text of several lines, without surrounding blanks; empty where absent. */
    public String longText(String name, int longest) {
        String value = values.getFirst(name);
        if (value == null) return "";
        if (value.length() > longest) throw new BadParameter(name, "longer than " + longest + " characters");
        return value.strip();
    }

    public boolean has(String name) {
        return !text(name).isEmpty();
    }

    public int integer(String name, int otherwise, int low, int high) {
        String value = text(name);
        if (value.isEmpty()) return otherwise;
        try {
            int n = Integer.parseInt(value);
            if (n >= low && n <= high) return n;
        } catch (NumberFormatException e) {
            // told below
        }
        throw new BadParameter(name, quoted(value) + " is not a whole number from " + low + " to " + high);
    }

    public double decimal(String name, double otherwise, double low, double high) {
        String value = text(name);
        if (value.isEmpty()) return otherwise;
        try {
            double x = Double.parseDouble(value);
            if (x >= low && x <= high) return x;
        } catch (NumberFormatException e) {
            // told below
        }
        throw new BadParameter(name, quoted(value) + " is not a number from " + low + " to " + high);
    }

    /** One of the words; null where absent. */
    public <T> T one(String name, List<T> choices, Function<T, String> word) {
        String value = text(name);
        return value.isEmpty() ? null : find(name, value, choices, word);
    }

    /** Any of the words, given as repeated parameters or apart by commas. */
    public <T> Set<T> several(String name, List<T> choices, Function<T, String> word) {
        Set<T> found = new LinkedHashSet<>();
        for (String value : list(name)) found.add(find(name, value, choices, word));
        return found;
    }

    /** Repeated parameters and values apart by commas, each once, in order. */
    List<String> list(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 100) throw new BadParameter(name, "given more than 100 times");
        return given.stream()
                .peek(v -> {
                    if (v.length() > LONGEST * 10) throw new BadParameter(name, "too long");
                })
                .flatMap(v -> Arrays.stream(v.split(",")))
                .map(String::strip)
                .filter(v -> !v.isEmpty())
                .distinct()
                .toList();
    }

    public static <T> T find(String name, String value, List<T> choices, Function<T, String> word) {
        for (T choice : choices) if (word.apply(choice).equals(value)) return choice;
        String offered = choices.stream().limit(20).map(word).collect(Collectors.joining(", "));
        throw new BadParameter(name, "there is no " + quoted(value) + "; choose from " + offered);
    }

    /** An enum's constant as it stands in addresses. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String quoted(String value) {
        return "\"" + Text.plain(value, 60) + "\"";
    }
}
