package org.gapexplorer.model.chat;

import static org.gapexplorer.model.chat.Values.string;
import static org.gapexplorer.model.chat.Values.whole;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Methods of texts and mappings, as Python has them, that change nothing. */
final class Methods {
    private Methods() {}

    /** A method bound to its object; null if there is none of that name. */
    static Values.Function of(Object object, String name) {
        return switch (object) {
            case String s when isOfText(name) -> (arguments, named) -> text(s, name, arguments);
            case Map<?, ?> map ->
                switch (name) {
                    case "items" -> (arguments, named) -> pairs(map);
                    case "keys" -> (arguments, named) -> new ArrayList<>(map.keySet());
                    case "values" -> (arguments, named) -> new ArrayList<>(map.values());
                    case "get" ->
                        (arguments, named) -> map.containsKey(arguments.getFirst())
                                ? map.get(arguments.getFirst())
                                : arguments.size() > 1 ? arguments.get(1) : null;
                    default -> null;
                };
            case null, default -> null;
        };
    }

    static List<Object> pairs(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(e -> (Object) Arrays.asList(e.getKey(), e.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean isOfText(String name) {
        return List.of(
                        "strip",
                        "lstrip",
                        "rstrip",
                        "split",
                        "startswith",
                        "endswith",
                        "replace",
                        "upper",
                        "lower",
                        "title",
                        "capitalize",
                        "join",
                        "find",
                        "count",
                        "splitlines",
                        "removeprefix",
                        "removesuffix",
                        "isdigit")
                .contains(name);
    }

    private static Object text(String s, String name, List<Object> arguments) {
        return switch (name) {
            case "strip" -> strip(s, arguments, true, true);
            case "lstrip" -> strip(s, arguments, true, false);
            case "rstrip" -> strip(s, arguments, false, true);
            case "split" -> split(s, arguments);
            case "startswith" -> starts(s, arguments.getFirst());
            case "endswith" -> s.endsWith(string(arguments.getFirst()));
            case "replace" -> replace(s, arguments);
            case "upper" -> s.toUpperCase(Locale.ROOT);
            case "lower" -> s.toLowerCase(Locale.ROOT);
            case "title" -> title(s);
            case "capitalize" -> capitalised(s);
            case "join" ->
                Values.bounded(Values.items(arguments.getFirst()).stream()
                        .map(Values::string)
                        .collect(Collectors.joining(s)));
            case "find" -> (long) s.indexOf(string(arguments.getFirst()));
            case "count" -> (long) split(s, List.of(arguments.getFirst())).size() - 1;
            case "splitlines" -> new ArrayList<Object>(s.lines().toList());
            case "removeprefix" ->
                s.startsWith(string(arguments.getFirst()))
                        ? s.substring(string(arguments.getFirst()).length())
                        : s;
            case "removesuffix" ->
                s.endsWith(string(arguments.getFirst()))
                        ? s.substring(
                                0, s.length() - string(arguments.getFirst()).length())
                        : s;
            default -> !s.isEmpty() && s.chars().allMatch(Character::isDigit);
        };
    }

    private static boolean starts(String s, Object prefix) {
        return prefix instanceof List<?> several
                ? several.stream().anyMatch(one -> s.startsWith(string(one)))
                : s.startsWith(string(prefix));
    }

    private static String strip(String s, List<Object> arguments, boolean left, boolean right) {
        String set = arguments.isEmpty() || arguments.getFirst() == null ? null : string(arguments.getFirst());
        return strip(s, set, left, right);
    }

    /** @param set characters to take off; null for white space */
    static String strip(String s, String set, boolean left, boolean right) {
        int start = 0;
        int end = s.length();
        while (left && start < end && isIn(s.charAt(start), set)) {
            start++;
        }
        while (right && end > start && isIn(s.charAt(end - 1), set)) {
            end--;
        }
        return s.substring(start, end);
    }

    /** Python's white space: Unicode's, and the control characters that separate. */
    private static boolean isIn(char c, String set) {
        return set == null
                ? Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085'
                : set.indexOf(c) >= 0;
    }

    private static List<Object> split(String s, List<Object> arguments) {
        long most = arguments.size() > 1 ? whole(arguments.get(1)) : -1;
        List<Object> parts = new ArrayList<>();
        if (arguments.isEmpty() || arguments.getFirst() == null) {
            Arrays.stream(s.strip().split("\\s+"))
                    .filter(part -> !part.isEmpty())
                    .forEach(parts::add);
            return parts;
        }
        String separator = string(arguments.getFirst());
        if (separator.isEmpty()) {
            throw new TemplateException("splits a text at nothing");
        }
        int from = 0;
        for (int at = s.indexOf(separator); at >= 0 && (most < 0 || parts.size() < most); ) {
            parts.add(s.substring(from, at));
            from = at + separator.length();
            at = s.indexOf(separator, from);
        }
        parts.add(s.substring(from));
        return parts;
    }

    private static String replace(String s, List<Object> arguments) {
        String old = string(arguments.get(0));
        String with = string(arguments.get(1));
        if (with.length() * (double) s.length() > Values.MAX_TEXT * 16.0) {
            throw new TemplateException("makes a text of more than " + Values.MAX_TEXT + " characters");
        }
        return Values.bounded(s.replace(old, with));
    }

    static String title(String s) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (char c : s.toCharArray()) {
            out.append(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = Character.isLetter(c);
        }
        return out.toString();
    }

    static String capitalised(String s) {
        return s.isEmpty()
                ? s
                : s.substring(0, 1).toUpperCase(Locale.ROOT) + s.substring(1).toLowerCase(Locale.ROOT);
    }
}
