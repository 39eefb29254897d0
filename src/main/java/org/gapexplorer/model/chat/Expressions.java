package org.gapexplorer.model.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.model.chat.Lexer.Kind;
import org.gapexplorer.model.chat.Lexer.Token;

/** Reads Jinja's expressions, from the loosest binding ({@code a if b else c}) to the tightest ({@code a.b[c](d)}). */
final class Expressions {
    private static final int MAX_DEPTH = 100;

    private final Words words;
    private int depth;

    Expressions(Words words) {
        this.words = words;
    }

    /** An expression, ready to be worked out. */
    interface Expression {
        Object in(Scope scope);

        default boolean holds(Scope scope) {
            return Values.truth(in(scope));
        }
    }

    Expression read() {
        if (++depth > MAX_DEPTH) {
            throw new TemplateException("nests expressions more than " + MAX_DEPTH + " deep");
        }
        Expression value = or();
        while (words.takeName("if")) {
            Expression then = value;
            Expression condition = or();
            Expression otherwise = words.takeName("else") ? read() : scope -> new Values.Undefined("else");
            value = scope -> condition.holds(scope) ? then.in(scope) : otherwise.in(scope);
        }
        depth--;
        return value;
    }

    /** An expression that a following {@code if} does not belong to, as in a loop's head. */
    Expression withoutChoice() {
        return or();
    }

    private Expression or() {
        Expression value = and();
        while (words.takeName("or")) {
            Expression left = value;
            Expression right = and();
            value = scope -> {
                Object first = left.in(scope);
                return Values.truth(first) ? first : right.in(scope);
            };
        }
        return value;
    }

    private Expression and() {
        Expression value = not();
        while (words.takeName("and")) {
            Expression left = value;
            Expression right = not();
            value = scope -> {
                Object first = left.in(scope);
                return Values.truth(first) ? right.in(scope) : first;
            };
        }
        return value;
    }

    private Expression not() {
        boolean negated = false;
        while (words.takeName("not")) {
            negated = !negated;
        }
        Expression value = comparison();
        return negated ? scope -> !value.holds(scope) : value;
    }

    private Expression comparison() {
        Expression value = sum();
        while (true) {
            Expression left = value;
            String sign = comparisonSign();
            if (sign == null) {
                return value;
            }
            Expression right = sum();
            value = scope -> compared(sign, left.in(scope), right.in(scope));
        }
    }

    private String comparisonSign() {
        for (String sign : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (words.takeSign(sign)) {
                return sign;
            }
        }
        if (words.takeName("in")) {
            return "in";
        }
        if (words.takeName("not")) {
            if (!words.takeName("in")) {
                throw words.unexpected("'in'");
            }
            return "not in";
        }
        return null;
    }

    private static boolean compared(String sign, Object left, Object right) {
        return switch (sign) {
            case "==" -> Values.same(left, right);
            case "!=" -> !Values.same(left, right);
            case "in" -> Values.contains(right, left);
            case "not in" -> !Values.contains(right, left);
            case "<" -> Values.compare(left, right) < 0;
            case ">" -> Values.compare(left, right) > 0;
            case "<=" -> Values.compare(left, right) <= 0;
            default -> Values.compare(left, right) >= 0;
        };
    }

    private Expression sum() {
        Expression value = joined();
        while (words.isSign("+") || words.isSign("-")) {
            boolean plus = words.next().text().equals("+");
            Expression left = value;
            Expression right = joined();
            value = scope -> plus
                    ? Values.add(left.in(scope), right.in(scope))
                    : Values.arithmetic("-", left.in(scope), right.in(scope));
        }
        return value;
    }

    private Expression joined() {
        Expression value = product();
        while (words.takeSign("~")) {
            Expression left = value;
            Expression right = product();
            value = scope -> Values.bounded(Values.text(left.in(scope)) + Values.text(right.in(scope)));
        }
        return value;
    }

    private Expression product() {
        Expression value = unary();
        while (words.isSign("*") || words.isSign("/") || words.isSign("//") || words.isSign("%")) {
            String sign = words.next().text();
            Expression left = value;
            Expression right = unary();
            value = scope -> Values.arithmetic(sign, left.in(scope), right.in(scope));
        }
        return value;
    }

    private Expression unary() {
        boolean negated = false;
        boolean signed = false;
        while (words.isSign("-") || words.isSign("+")) {
            signed = true;
            negated ^= words.next().text().equals("-");
        }
        if (signed) {
            Expression value = postfixed(primary());
            boolean minus = negated;
            return filtered(
                    scope -> Values.arithmetic("-", minus ? 0L : value.in(scope), minus ? value.in(scope) : 0L));
        }
        return filtered(postfixed(primary()));
    }

    private Expression filtered(Expression first) {
        Expression value = first;
        while (true) {
            Expression before = value;
            if (words.takeSign("|")) {
                String name = words.name();
                if (!Filters.isFilter(name)) {
                    throw new TemplateException("uses the filter '" + name + "', which is not known here");
                }
                Arguments arguments = words.takeSign("(") ? arguments() : Arguments.NONE;
                value = scope -> Filters.apply(name, before.in(scope), arguments.plain(scope), arguments.named(scope));
            } else if (words.takeName("is")) {
                value = test(before);
            } else {
                return value;
            }
        }
    }

    private Expression test(Expression tested) {
        boolean negated = words.takeName("not");
        String name = words.isSign("==") ? words.next().text() : words.name();
        if (!Filters.isTest(name)) {
            throw new TemplateException("uses the test '" + name + "', which is not known here");
        }
        Arguments arguments;
        if (words.takeSign("(")) {
            arguments = arguments();
        } else {
            Kind next = words.peek().kind();
            boolean operand = next == Kind.STRING || next == Kind.NUMBER;
            arguments = operand ? new Arguments(List.of(primary()), Map.of()) : Arguments.NONE;
        }
        return scope -> Filters.test(name, tested.in(scope), arguments.plain(scope)) != negated;
    }

    private Expression postfixed(Expression first) {
        Expression value = first;
        while (true) {
            Expression before = value;
            if (words.takeSign(".")) {
                String name = words.peek().kind() == Kind.NUMBER ? words.next().text() : words.name();
                value = scope -> attribute(before.in(scope), name);
            } else if (words.takeSign("[")) {
                value = subscript(before);
            } else if (words.takeSign("(")) {
                Arguments arguments = arguments();
                value = scope -> call(scope, before.in(scope), arguments);
            } else {
                return value;
            }
        }
    }

    private static Object attribute(Object object, String name) {
        Values.Function method = Methods.of(object, name);
        return method != null ? method : Values.item(object, name);
    }

    private static Object call(Scope scope, Object function, Arguments arguments) {
        if (!(function instanceof Values.Function called)) {
            throw new TemplateException("calls " + Values.shown(function));
        }
        scope.step();
        scope.enter();
        Object result = called.call(arguments.plain(scope), arguments.named(scope));
        scope.leave();
        return result;
    }

    private Expression subscript(Expression object) {
        Expression[] bounds = new Expression[3];
        int colons = 0;
        while (!words.takeSign("]")) {
            if (words.takeSign(":")) {
                if (++colons > 2) {
                    throw words.unexpected("']'");
                }
            } else {
                bounds[colons] = read();
            }
        }
        if (colons == 0) {
            if (bounds[0] == null) {
                throw words.unexpected("an index");
            }
            return scope -> Values.item(object.in(scope), bounds[0].in(scope));
        }
        return scope -> Values.slice(
                object.in(scope), bound(bounds[0], scope), bound(bounds[1], scope), bound(bounds[2], scope));
    }

    private static Long bound(Expression bound, Scope scope) {
        Object value = bound == null ? null : bound.in(scope);
        return value == null ? null : (Long) Values.whole(value);
    }

    /** What stands between the parentheses of a call. */
    record Arguments(List<Expression> places, Map<String, Expression> names) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());

        List<Object> plain(Scope scope) {
            List<Object> values = new ArrayList<>();
            places.forEach(place -> values.add(place.in(scope)));
            return values;
        }

        Map<String, Object> named(Scope scope) {
            Map<String, Object> values = new LinkedHashMap<>();
            names.forEach((name, value) -> values.put(name, value.in(scope)));
            return values;
        }
    }

    Arguments arguments() {
        List<Expression> places = new ArrayList<>();
        Map<String, Expression> names = new LinkedHashMap<>();
        while (!words.takeSign(")")) {
            Token first = words.peek();
            Expression value = read();
            if (first.kind() == Kind.NAME && words.takeSign("=")) {
                names.put(first.text(), read());
            } else {
                places.add(value);
            }
            if (!words.takeSign(",") && !words.isSign(")")) {
                throw words.unexpected("')'");
            }
        }
        return new Arguments(places, names);
    }

    private Expression primary() {
        Token token = words.next();
        return switch (token.kind()) {
            case NAME -> named(token.text());
            case NUMBER -> number(token.text());
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (words.peek().kind() == Kind.STRING) {
                    text.append(words.next().text());
                }
                String whole = text.toString();
                yield scope -> whole;
            }
            case SIGN ->
                switch (token.text()) {
                    case "(" -> parenthesis();
                    case "[" -> list("]");
                    case "{" -> mapping();
                    default ->
                        throw new TemplateException(
                                "line " + token.line() + " has '" + token.text() + "' where a value should stand");
                };
            default -> throw new TemplateException("line " + token.line() + " lacks a value");
        };
    }

    private static Expression named(String name) {
        return switch (name) {
            case "true", "True" -> scope -> true;
            case "false", "False" -> scope -> false;
            case "none", "None" -> scope -> null;
            default ->
                scope -> {
                    scope.step();
                    return scope.get(name);
                };
        };
    }

    private static Expression number(String text) {
        try {
            Object value = text.indexOf('.') < 0 ? (Object) Long.parseLong(text) : (Object) Double.parseDouble(text);
            return scope -> value;
        } catch (NumberFormatException e) {
            throw new TemplateException("holds the number " + text + ", which has more than 64 bits");
        }
    }

    private Expression parenthesis() {
        if (words.takeSign(")")) {
            return scope -> List.of();
        }
        Expression first = read();
        if (words.takeSign(")")) {
            return first;
        }
        words.sign(",");
        Expression rest = list(")");
        return scope ->
                Values.add(new ArrayList<>(java.util.Collections.singletonList(first.in(scope))), rest.in(scope));
    }

    private Expression list(String end) {
        List<Expression> items = new ArrayList<>();
        while (!words.takeSign(end)) {
            items.add(read());
            if (!words.takeSign(",") && !words.isSign(end)) {
                throw words.unexpected("'" + end + "'");
            }
        }
        return scope -> {
            List<Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.in(scope)));
            return values;
        };
    }

    private Expression mapping() {
        Map<Expression, Expression> entries = new LinkedHashMap<>();
        while (!words.takeSign("}")) {
            Expression key = read();
            words.sign(":");
            entries.put(key, read());
            if (!words.takeSign(",") && !words.isSign("}")) {
                throw words.unexpected("'}'");
            }
        }
        return scope -> {
            Map<Object, Object> values = new LinkedHashMap<>();
            entries.forEach((key, value) -> values.put(key.in(scope), value.in(scope)));
            return values;
        };
    }
}
