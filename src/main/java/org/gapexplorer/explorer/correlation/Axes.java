package org.gapexplorer.explorer.correlation;

import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.explorer.view.Controls.Option;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.Axis;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;

/** What can stand on an axis, and its word in addresses: {@code coverage}, {@code coverage:B}, {@code gap:M}, {@code score:M:B}. */
record Axes(List<Choice> choices) {
    /** @param group under which a select lists it */
    record Choice(String word, Axis axis, String title, String group) {}

    /** The entries of a select under one heading. */
    public record Group(String title, List<Option> options) {}

    static Axes of(Snapshot snapshot, Names names) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("coverage", Axis.coverage(null), "Coverage of the suite", "Coverage"));
        for (String b : names.benchmarkIds()) {
            choices.add(new Choice("coverage:" + b, Axis.coverage(b), "Coverage of " + names.benchmark(b), "Coverage"));
        }
        for (ModelView m : snapshot.models()) {
            for (Axis.Kind kind : List.of(Axis.Kind.SCORE, Axis.Kind.GAP)) {
                String title = (kind == Axis.Kind.SCORE ? "Score of " : "Gap of ") + names.model(m.id());
                String word = Params.word(kind) + ":" + m.id();
                choices.add(new Choice(word, new Axis(kind, m.id(), null), title + ", mean over benchmarks", title));
                for (ModelView.Headline on : m.scores()) {
                    String b = on.benchmark();
                    choices.add(new Choice(
                            word + ":" + b, new Axis(kind, m.id(), b), title + " on " + names.benchmark(b), title));
                }
            }
        }
        return new Axes(choices);
    }

    /** Coverage of the suite where the address says nothing. */
    Choice x(Params params) {
        Choice asked = params.one("x", choices, Choice::word);
        return asked != null ? asked : choices.getFirst();
    }

    /** The first model's overall gap where the address says nothing; without a model, coverage of a benchmark. */
    Choice y(Params params) {
        Choice asked = params.one("y", choices, Choice::word);
        return asked != null
                ? asked
                : choices.stream()
                        .filter(c -> c.axis.kind() == Axis.Kind.GAP)
                        .findFirst()
                        .orElse(choices.get(Math.min(1, choices.size() - 1)));
    }

    String word(Axis axis) {
        return choices.stream()
                .filter(c -> c.axis.equals(axis))
                .map(Choice::word)
                .findFirst()
                .orElse("");
    }

    List<Group> groups(Choice selected) {
        List<Group> groups = new ArrayList<>();
        for (Choice c : choices) {
            if (groups.isEmpty() || !groups.getLast().title.equals(c.group)) {
                groups.add(new Group(c.group, new ArrayList<>()));
            }
            groups.getLast().options.add(new Option(c.word, c.title, c.equals(selected)));
        }
        return groups;
    }
}
