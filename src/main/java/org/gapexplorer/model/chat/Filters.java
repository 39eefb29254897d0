package org.gapexplorer.model.chat;

import static org.gapexplorer.model.chat.Values.string;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gapexplorer.model.chat.Values.Undefined;

/** Filters and tests of Jinja that chat templates use. */
final class Filters {
    private static final Set<String> KNOWN = Set.of(
            "trim",
            "length",
            "count",
            "upper",
            "lower",
            "title",
            "capitalize",
            "tojson",
            "join",
            "list",
            "first",
            "last",
            "map",
            "selectattr",
            "rejectattr",
            "select",
            "reject",
            "default",
            "d",
            "replace",
            "string",
            "int",
            "float",
            "items",
            "reverse",
            "safe",
            "abs",
            "dictsort",
            "unique");

    private static final Set<String> TESTS = Set.of(
            "defined",
            "undefined",
            "none",
            "string",
            "mapping",
            "iterable",
            "sequence",
            "number",
            "integer",
            "float",
            "boolean",
            "true",
            "false",
            "callable",
            "odd",
            "even",
            "equalto",
            "eq",
            "==",
            "ne",
            "in",
            "gt",
            "lt",
            "ge",
            "le");

    private Filters() {}

    static boolean isFilter(String name) {
        return KNOWN.contains(name);
    }

    static boolean isTest(String name) {
        return TESTS.contains(name);
    }

    static Object apply(String name, Object value, List<Object> arguments, Map<String, Object> named) {
        return switch (name) {
            case "trim" ->
                Methods.strip(
                        Values.text(value), arguments.isEmpty() ? null : string(arguments.getFirst()), true, true);
            case "length", "count" ->
                value instanceof String s
                        ? (Object) (long) s.codePointCount(0, s.length())
                        : (Object) (long) Values.items(value).size();
            case "upper" -> Values.text(value).toUpperCase(Locale.ROOT);
            case "lower" -> Values.text(value).toLowerCase(Locale.ROOT);
            case "title" -> Methods.title(Values.text(value));
            case "capitalize" -> Methods.capitalised(Values.text(value));
            case "tojson" -> {
                Object indent = argument(arguments, named, "indent", null);
                yield Values.json(value, indent == null ? -1 : (int) Values.whole(indent));
            }
            case "join" -> {
                String between = Values.text(argument(arguments, named, "d", ""));
                yield Values.bounded(
                        attributes(value, named).stream().map(Values::text).collect(Collectors.joining(between)));
            }
            case "list" -> Values.items(value);
            case "first" -> Values.items(value).stream().findFirst().orElse(new Undefined("first"));
            case "last" -> Values.item(Values.items(value), -1L);
            case "map" -> mapped(value, arguments, named);
            case "selectattr", "rejectattr" -> chosen(value, arguments, name.equals("selectattr"), true);
            case "select", "reject" -> chosen(value, arguments, name.equals("select"), false);
            case "default", "d" -> {
                boolean missing = value instanceof Undefined
                        || Values.truth(arguments.size() > 1 ? arguments.get(1) : named.get("boolean"))
                                && !Values.truth(value);
                yield missing ? argument(arguments, named, "default_value", "") : value;
            }
            case "replace" -> Methods.of(Values.text(value), "replace").call(arguments, named);
            case "string" -> Values.text(value);
            case "int" -> number(value, true);
            case "float" -> number(value, false);
            case "items" -> Methods.pairs(mapping(value));
            case "dictsort" ->
                Methods.pairs(mapping(value)).stream()
                        .sorted((a, b) -> Values.compare(((List<?>) a).getFirst(), ((List<?>) b).getFirst()))
                        .toList();
            case "reverse" -> {
                List<Object> turned = Values.items(value);
                turned = new ArrayList<>(turned);
                Collections.reverse(turned);
                yield value instanceof String
                        ? turned.stream().map(Object::toString).collect(Collectors.joining())
                        : turned;
            }
            case "unique" -> Values.items(value).stream().distinct().toList();
            case "abs" -> value instanceof Long n ? (Object) Math.abs(n) : (Object) Math.abs(Values.number(value));
            default -> value;
        };
    }

    private static Object argument(List<Object> arguments, Map<String, Object> named, String name, Object absent) {
        return !arguments.isEmpty() ? arguments.getFirst() : named.getOrDefault(name, absent);
    }

    private static Map<?, ?> mapping(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new TemplateException("takes as a mapping what is none: " + Values.shown(value));
    }

    private static Object number(Object value, boolean whole) {
        try {
            double number = value instanceof String s ? Double.parseDouble(s.strip()) : Values.number(value);
            return whole ? (Object) (long) number : (Object) number;
        } catch (NumberFormatException e) {
            return whole ? (Object) 0L : (Object) 0.0;
        }
    }

    private static List<Object> attributes(Object value, Map<String, Object> named) {
        Object attribute = named.get("attribute");
        List<Object> items = Values.items(value);
        return attribute == null
                ? items
                : items.stream()
                        .map(item -> Values.item(item, attribute))
                        .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Object mapped(Object value, List<Object> arguments, Map<String, Object> named) {
        if (arguments.isEmpty()) {
            return attributes(value, named);
        }
        String filter = string(arguments.getFirst());
        if (!isFilter(filter)) {
            throw new TemplateException("uses the filter '" + filter + "', which is not known here");
        }
        return Values.items(value).stream()
                .map(item -> apply(filter, item, arguments.subList(1, arguments.size()), Map.of()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Object chosen(Object value, List<Object> arguments, boolean keep, boolean byAttribute) {
        int at = byAttribute ? 1 : 0;
        String test = arguments.size() > at ? string(arguments.get(at)) : null;
        List<Object> rest = arguments.subList(Math.min(at + 1, arguments.size()), arguments.size());
        Predicate<Object> holds = item -> {
            Object tested = byAttribute ? Values.item(item, arguments.getFirst()) : item;
            return test == null ? Values.truth(tested) : test(test, tested, rest);
        };
        return Values.items(value).stream()
                .filter(item -> holds.test(item) == keep)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    static boolean test(String name, Object value, List<Object> arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "iterable", "sequence" -> value instanceof List || value instanceof String || value instanceof Map;
            case "number" -> value instanceof Number || value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "callable" -> value instanceof Values.Function;
            case "odd" -> Math.floorMod(Values.whole(value), 2) == 1;
            case "even" -> Math.floorMod(Values.whole(value), 2) == 0;
            case "equalto", "eq", "==" -> Values.same(value, arguments.getFirst());
            case "ne" -> !Values.same(value, arguments.getFirst());
            case "in" -> Values.contains(arguments.getFirst(), value);
            case "gt" -> Values.compare(value, arguments.getFirst()) > 0;
            case "lt" -> Values.compare(value, arguments.getFirst()) < 0;
            case "ge" -> Values.compare(value, arguments.getFirst()) >= 0;
            case "le" -> Values.compare(value, arguments.getFirst()) <= 0;
            default -> throw new TemplateException("uses the test '" + name + "', which is not known here");
        };
    }
}
