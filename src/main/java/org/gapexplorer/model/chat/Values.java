package org.gapexplorer.model.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Values as Python has them: String, Long, Double, Boolean, null for None, List, Map, {@link Undefined}, {@link Space}
 * and {@link Function}.
 */
final class Values {
    /** Characters of any one text. */
    static final int MAX_TEXT = 4 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Values() {}

    /** A name or a field that is not there. */
    record Undefined(String name) {}

    /** What {@code namespace()} gives: fields that a loop's body can set for what comes after it. */
    record Space(Map<String, Object> fields) {}

    /** Something that can be called. */
    interface Function {
        Object call(List<Object> arguments, Map<String, Object> named);
    }

    static boolean truth(Object value) {
        return switch (value) {
            case null -> false;
            case Undefined u -> false;
            case Boolean b -> b;
            case String s -> !s.isEmpty();
            case Long n -> n != 0;
            case Double d -> d != 0;
            case List<?> l -> !l.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            default -> true;
        };
    }

    /** As {@code {{ value }}} prints it. */
    static String text(Object value) {
        return switch (value) {
            case null -> "None";
            case Undefined u -> "";
            case String s -> s;
            default -> repr(value);
        };
    }

    private static String repr(Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean b -> b ? "True" : "False";
            case Long n -> n.toString();
            case Double d -> d.toString();
            case String s -> quoted(s);
            case List<?> list -> bounded(list.stream().map(Values::repr).collect(Collectors.joining(", ", "[", "]")));
            case Map<?, ?> map ->
                bounded(map.entrySet().stream()
                        .map(e -> repr(e.getKey()) + ": " + repr(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}")));
            default -> throw new TemplateException("prints what has no text");
        };
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\\' -> out.append("\\\\");
                default -> out.append(c == quote ? "\\" : "").append(c);
            }
        }
        return out.append(quote).toString();
    }

    static String bounded(String text) {
        if (text.length() > MAX_TEXT) {
            throw new TemplateException("makes a text of more than " + MAX_TEXT + " characters");
        }
        return text;
    }

    static boolean same(Object a, Object b) {
        if (a instanceof Undefined && b instanceof Undefined) {
            return true;
        }
        if (isNumber(a) && isNumber(b)) {
            return number(a) == number(b);
        }
        return Objects.equals(a, b);
    }

    /** A number, or a truth value, which counts as 0 or 1. */
    private static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    static double number(Object value) {
        return switch (value) {
            case Number n -> n.doubleValue();
            case Boolean b -> b ? 1 : 0;
            case null, default -> throw new TemplateException("reckons with what is no number: " + shown(value));
        };
    }

    static long whole(Object value) {
        return switch (value) {
            case Long n -> n;
            case Boolean b -> b ? 1 : 0;
            case null, default -> throw new TemplateException("takes as a whole number what is none: " + shown(value));
        };
    }

    static String string(Object value) {
        if (value instanceof String s) {
            return s;
        }
        throw new TemplateException("takes as text what is none: " + shown(value));
    }

    static int compare(Object a, Object b) {
        if (a instanceof String s && b instanceof String t) {
            return s.compareTo(t);
        }
        return Double.compare(number(a), number(b));
    }

    static boolean contains(Object container, Object item) {
        return switch (container) {
            case String s -> s.contains(string(item));
            case List<?> list -> list.stream().anyMatch(element -> same(element, item));
            case Map<?, ?> map -> map.containsKey(item);
            case null, default -> throw new TemplateException("looks for something in " + shown(container));
        };
    }

    /** What a loop goes through. */
    static List<Object> items(Object value) {
        return switch (value) {
            case List<?> list -> new ArrayList<>(list);
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String s ->
                s.codePoints().mapToObj(c -> (Object) Character.toString(c)).toList();
            case Undefined u -> List.of();
            case null, default -> throw new TemplateException("goes through " + shown(value));
        };
    }

    static Object add(Object a, Object b) {
        if (a instanceof String s && b instanceof String t) {
            return bounded(s + t);
        }
        if (a instanceof List<?> s && b instanceof List<?> t) {
            List<Object> all = new ArrayList<>(s);
            all.addAll(t);
            return all;
        }
        if (a instanceof Long && b instanceof Long) {
            return exact(() -> Math.addExact((Long) a, (Long) b));
        }
        if (isNumber(a) && isNumber(b)) {
            return number(a) + number(b);
        }
        throw new TemplateException("adds " + shown(a) + " and " + shown(b));
    }

    static Object arithmetic(String sign, Object a, Object b) {
        if (sign.equals("*") && a instanceof String s && b instanceof Long n) {
            if (n > 0 && s.length() * (double) n > MAX_TEXT) {
                throw new TemplateException("makes a text of more than " + MAX_TEXT + " characters");
            }
            return s.repeat((int) Math.max(0, n));
        }
        boolean whole = a instanceof Long && b instanceof Long;
        if (!sign.equals("-") && !sign.equals("*") && number(b) == 0) {
            throw new TemplateException("divides by zero");
        }
        return switch (sign) {
            case "-" -> whole ? exact(() -> Math.subtractExact((Long) a, (Long) b)) : (Object) (number(a) - number(b));
            case "*" -> whole ? exact(() -> Math.multiplyExact((Long) a, (Long) b)) : (Object) (number(a) * number(b));
            case "/" -> number(a) / number(b);
            case "//" ->
                whole ? (Object) Math.floorDiv((Long) a, (Long) b) : (Object) Math.floor(number(a) / number(b));
            case "%" -> whole ? (Object) Math.floorMod((Long) a, (Long) b) : (Object) (number(a) % number(b));
            default -> throw new TemplateException("uses '" + sign + "', which is not known here");
        };
    }

    private static Object exact(java.util.function.LongSupplier sum) {
        try {
            return sum.getAsLong();
        } catch (ArithmeticException e) {
            throw new TemplateException("reckons with a number of more than 64 bits");
        }
    }

    /** {@code value[key]}. */
    static Object item(Object value, Object key) {
        if (value instanceof Map<?, ?> map) {
            return map.containsKey(key) ? map.get(key) : new Undefined(String.valueOf(key));
        }
        if (value instanceof Space space && key instanceof String) {
            return space.fields.containsKey(key) ? space.fields.get(key) : new Undefined((String) key);
        }
        if (value instanceof Undefined u) {
            throw new TemplateException("reads '" + text(key) + "' of '" + u.name + "', which is not defined");
        }
        if (key instanceof Long n && (value instanceof List<?> || value instanceof String)) {
            List<Object> all = items(value);
            long at = n < 0 ? n + all.size() : n;
            return at >= 0 && at < all.size() ? all.get((int) at) : new Undefined("[" + n + "]");
        }
        return new Undefined(String.valueOf(key));
    }

    /** {@code value[from:to:step]}; null where a bound is left out. */
    static Object slice(Object value, Long from, Long to, Long step) {
        List<Object> all = items(value);
        long by = step == null ? 1 : step;
        if (by == 0) {
            throw new TemplateException("slices with a step of zero");
        }
        int n = all.size();
        long start = from == null ? (by > 0 ? 0 : n - 1) : bound(from, n, by);
        long end = to == null ? (by > 0 ? n : -1) : bound(to, n, by);
        List<Object> some = new ArrayList<>();
        for (long i = start; by > 0 ? i < end : i > end; i += by) {
            some.add(all.get((int) i));
        }
        return value instanceof String ? some.stream().map(Object::toString).collect(Collectors.joining()) : some;
    }

    private static long bound(long place, int n, long by) {
        long at = place < 0 ? place + n : place;
        return by > 0 ? Math.clamp(at, 0, n) : Math.clamp(at, -1, n - 1);
    }

    /** As Python's json.dumps writes it. */
    static String json(Object value, int indent) {
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEntrySpacing(indent < 0 ? Separators.Spacing.AFTER : Separators.Spacing.NONE)
                    .withArrayValueSpacing(indent < 0 ? Separators.Spacing.AFTER : Separators.Spacing.NONE)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""));
            var indenter = indent < 0
                    ? new DefaultPrettyPrinter.NopIndenter()
                    : new DefaultIndenter(" ".repeat(Math.min(indent, 16)), "\n");
            printer.indentObjectsWith(indenter);
            printer.indentArraysWith(indenter);
            return bounded(JSON.writer(printer).writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new TemplateException("writes as JSON what has no JSON: " + shown(value));
        }
    }

    static String shown(Object value) {
        return switch (value) {
            case null -> "none";
            case Undefined u -> "'" + u.name + "', which is not defined";
            case String s -> "a text";
            case Long n -> "a number";
            case Double d -> "a number";
            case Boolean b -> "true or false";
            case List<?> l -> "a list";
            case Map<?, ?> m -> "a mapping";
            default -> "a function";
        };
    }
}
