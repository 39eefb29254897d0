package org.gapexplorer.model.chat;

import java.util.HashMap;
import java.util.Map;

/** Names and their values, within those of the block around it, and what is left of the limits. */
final class Scope {
    private static final int MAX_STEPS = 1_000_000;
    private static final int MAX_DEPTH = 100;

    private final Scope around;
    private final Map<String, Object> values = new HashMap<>();
    private final Budget budget;

    private static final class Budget {
        int steps;
        int depth;
    }

    private Scope(Scope around, Budget budget) {
        this.around = around;
        this.budget = budget;
    }

    static Scope top(Map<String, Object> values) {
        Scope scope = new Scope(null, new Budget());
        scope.values.putAll(values);
        return scope;
    }

    Scope inner() {
        return new Scope(this, budget);
    }

    Object get(String name) {
        for (Scope at = this; at != null; at = at.around) {
            if (at.values.containsKey(name)) {
                return at.values.get(name);
            }
        }
        return new Values.Undefined(name);
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    /** Counts one step of work. */
    void step() {
        if (++budget.steps > MAX_STEPS) {
            throw new TemplateException("takes more than " + MAX_STEPS + " steps");
        }
    }

    void enter() {
        if (++budget.depth > MAX_DEPTH) {
            throw new TemplateException("calls itself more than " + MAX_DEPTH + " deep");
        }
    }

    void leave() {
        budget.depth--;
    }
}
