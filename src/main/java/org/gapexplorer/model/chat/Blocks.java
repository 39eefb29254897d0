package org.gapexplorer.model.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.model.chat.Expressions.Expression;
import org.gapexplorer.model.chat.Lexer.Kind;
import org.gapexplorer.model.chat.Lexer.Token;

/** Reads a template's text and blocks: for, if, set, macro, generation, break and continue. */
final class Blocks {
    private static final int MAX_DEPTH = 50;

    private final Words words;
    private final Expressions expressions;
    private int depth;

    private Blocks(Words words) {
        this.words = words;
        this.expressions = new Expressions(words);
    }

    /** A part of a template, ready to be written out. */
    interface Block {
        void write(Scope scope, Output output);
    }

    /** What has been written. */
    static final class Output {
        private final StringBuilder text = new StringBuilder();

        void add(String more) {
            if (text.length() + more.length() > Values.MAX_TEXT) {
                throw new TemplateException("writes more than " + Values.MAX_TEXT + " characters");
            }
            text.append(more);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** Leaves a loop's body. */
    private static final class Leave extends RuntimeException {
        static final Leave BREAK = new Leave();
        static final Leave CONTINUE = new Leave();

        private Leave() {
            super(null, null, false, false);
        }
    }

    static Block read(String template) {
        Blocks blocks = new Blocks(new Words(Lexer.read(template)));
        Block all = blocks.until();
        if (blocks.words.peek().kind() != Kind.END) {
            throw blocks.words.unexpected("the end of the template");
        }
        return all;
    }

    /** Everything up to a block tag of one of these names, which is not taken. */
    private Block until(String... ends) {
        if (++depth > MAX_DEPTH) {
            throw new TemplateException("nests blocks more than " + MAX_DEPTH + " deep");
        }
        List<Block> parts = new ArrayList<>();
        while (words.peek().kind() != Kind.END && Arrays.stream(ends).noneMatch(words::opens)) {
            Token token = words.next();
            switch (token.kind()) {
                case TEXT -> parts.add((scope, output) -> output.add(token.text()));
                case OPEN_OUTPUT -> {
                    Expression value = expressions.read();
                    words.close();
                    parts.add((scope, output) -> output.add(Values.text(value.in(scope))));
                }
                default -> parts.add(block(words.name()));
            }
        }
        depth--;
        return (scope, output) -> {
            for (Block part : parts) {
                scope.step();
                part.write(scope, output);
            }
        };
    }

    private void end(String name) {
        if (!takeOpening(name)) {
            throw words.unexpected("{% " + name + " %}");
        }
        words.close();
    }

    private Block block(String name) {
        return switch (name) {
            case "if" -> choice();
            case "for" -> loop();
            case "set" -> set();
            case "macro" -> macro();
            case "generation" -> {
                // marks what an assistant said, for training
                words.close();
                Block body = until("endgeneration");
                end("endgeneration");
                yield body;
            }
            case "break" -> leave(Leave.BREAK);
            case "continue" -> leave(Leave.CONTINUE);
            default -> throw new TemplateException("uses {% " + name + " %}, which is not known here");
        };
    }

    private Block leave(Leave leave) {
        words.close();
        return (scope, output) -> {
            throw leave;
        };
    }

    /** A condition and what is written if it is the first to hold. */
    private record Case(Expression condition, Block then) {}

    private Block choice() {
        List<Case> cases = new ArrayList<>();
        do {
            Expression condition = expressions.read();
            words.close();
            cases.add(new Case(condition, until("elif", "else", "endif")));
        } while (takeOpening("elif"));
        if (takeOpening("else")) {
            words.close();
            cases.add(new Case(scope -> true, until("endif")));
        }
        end("endif");
        return (scope, output) -> {
            for (Case one : cases) {
                if (one.condition.holds(scope)) {
                    one.then.write(scope, output);
                    return;
                }
            }
        };
    }

    private boolean takeOpening(String name) {
        boolean opens = words.opens(name);
        if (opens) {
            words.next();
            words.next();
        }
        return opens;
    }

    private Block loop() {
        List<String> targets = targets();
        if (!words.takeName("in")) {
            throw words.unexpected("'in'");
        }
        Expression items = expressions.withoutChoice();
        Expression filter = words.takeName("if") ? expressions.read() : scope -> true;
        words.close();
        Block body = until("else", "endfor");
        Block empty = (scope, output) -> {};
        if (words.opens("else")) {
            end("else");
            empty = until("endfor");
        }
        end("endfor");
        Block none = empty;
        return (scope, output) -> {
            List<Object> kept = new ArrayList<>();
            for (Object item : Values.items(items.in(scope))) {
                Scope inner = scope.inner();
                assign(inner, targets, item);
                if (filter.holds(inner)) {
                    kept.add(item);
                }
            }
            if (kept.isEmpty()) {
                none.write(scope, output);
            }
            run(kept, targets, body, scope, output);
        };
    }

    private static void run(List<Object> items, List<String> targets, Block body, Scope scope, Output output) {
        for (int i = 0; i < items.size(); i++) {
            scope.step();
            Scope inner = scope.inner();
            assign(inner, targets, items.get(i));
            inner.set("loop", place(items, i));
            try {
                body.write(inner, output);
            } catch (Leave leave) {
                if (leave == Leave.BREAK) {
                    return;
                }
            }
        }
    }

    private static Map<String, Object> place(List<Object> items, int i) {
        Map<String, Object> loop = new LinkedHashMap<>();
        loop.put("index", i + 1L);
        loop.put("index0", (long) i);
        loop.put("revindex", (long) items.size() - i);
        loop.put("revindex0", items.size() - i - 1L);
        loop.put("first", i == 0);
        loop.put("last", i == items.size() - 1);
        loop.put("length", (long) items.size());
        loop.put("previtem", i > 0 ? items.get(i - 1) : new Values.Undefined("previtem"));
        loop.put("nextitem", i + 1 < items.size() ? items.get(i + 1) : new Values.Undefined("nextitem"));
        return loop;
    }

    private List<String> targets() {
        boolean parenthesis = words.takeSign("(");
        List<String> names = new ArrayList<>(List.of(words.name()));
        while (words.takeSign(",")) {
            names.add(words.name());
        }
        if (parenthesis) {
            words.sign(")");
        }
        return names;
    }

    private static void assign(Scope scope, List<String> targets, Object value) {
        if (targets.size() == 1) {
            scope.set(targets.getFirst(), value);
            return;
        }
        List<Object> values = Values.items(value);
        if (values.size() != targets.size()) {
            throw new TemplateException("takes " + values.size() + " values as " + targets.size());
        }
        for (int i = 0; i < targets.size(); i++) {
            scope.set(targets.get(i), values.get(i));
        }
    }

    private Block set() {
        List<String> targets = targets();
        if (targets.size() == 1 && words.takeSign(".")) {
            return setField(targets.getFirst(), words.name());
        }
        if (words.takeSign("=")) {
            Expression value = expressions.read();
            words.close();
            return (scope, output) -> assign(scope, targets, value.in(scope));
        }
        words.close();
        Block body = until("endset");
        end("endset");
        return (scope, output) -> {
            Output captured = new Output();
            body.write(scope.inner(), captured);
            assign(scope, targets, captured.toString());
        };
    }

    private Block setField(String name, String field) {
        words.sign("=");
        Expression value = expressions.read();
        words.close();
        return (scope, output) -> {
            if (!(scope.get(name) instanceof Values.Space space)) {
                throw new TemplateException("sets a field of '" + name + "', which is no namespace");
            }
            space.fields().put(field, value.in(scope));
        };
    }

    private Block macro() {
        String name = words.name();
        words.sign("(");
        Map<String, Expression> parameters = new LinkedHashMap<>();
        while (!words.takeSign(")")) {
            String parameter = words.name();
            parameters.put(
                    parameter, words.takeSign("=") ? expressions.read() : scope -> new Values.Undefined(parameter));
            if (!words.takeSign(",") && !words.isSign(")")) {
                throw words.unexpected("')'");
            }
        }
        words.close();
        Block body = until("endmacro");
        end("endmacro");
        List<String> names = List.copyOf(parameters.keySet());
        return (scope, output) -> scope.set(name, (Values.Function) (arguments, named) -> {
            if (arguments.size() > names.size()) {
                throw new TemplateException("calls " + name + " with " + arguments.size() + " values");
            }
            Scope inner = scope.inner();
            parameters.forEach((parameter, absent) -> inner.set(parameter, absent.in(scope)));
            named.forEach(inner::set);
            for (int i = 0; i < arguments.size(); i++) {
                inner.set(names.get(i), arguments.get(i));
            }
            Output written = new Output();
            body.write(inner, written);
            return written.toString();
        });
    }
}
