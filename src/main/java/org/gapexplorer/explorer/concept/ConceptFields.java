package org.gapexplorer.explorer.concept;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.gapexplorer.run.Sheet;
import org.gapexplorer.run.Sheet.Type;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.Coverage;
import org.gapexplorer.snapshot.Performance;

/** The columns of a concept list as data: one for every number that the page shows, under a name that says what it is. */
final class ConceptFields {
    private final List<Sheet.Column> columns = new ArrayList<>();
    private final List<Function<ConceptRow, Object>> values = new ArrayList<>();
    /** Names in lower case, in which no two may be alike. */
    private final Set<String> names = new HashSet<>();

    private ConceptFields() {}

    static ConceptFields of(ConceptFilter filter) {
        ConceptFields fields = new ConceptFields();
        fields.add("concept", Type.WHOLE, ConceptRow::concept);
        fields.add("label", Type.TEXT, ConceptRow::label);
        fields.add("label_kind", Type.TEXT, row -> row.kind().word());
        fields.add("label_auc", Type.REAL, row -> orNull(row.quality()));
        fields.add("family", Type.WHOLE, row -> row.family() < 0 ? null : row.family());
        String benchmark = filter.query().benchmark();
        // a file is read without its address: it says itself what its numbers are of
        fields.add("benchmark", Type.TEXT, row -> benchmark);
        if (filter.face() == Face.MODEL) fields.addModel(filter);
        else fields.addBenchmark(filter, benchmark);
        return fields;
    }

    List<Sheet.Column> columns() {
        return columns;
    }

    /** One value a column: a text, an {@code Integer}, a {@code Double}, or null where there is none. */
    Object[] values(ConceptRow row) {
        return values.stream().map(value -> value.apply(row)).toArray();
    }

    private void addModel(ConceptFilter filter) {
        String model = filter.model();
        String on = filter.on();
        add("model", Type.TEXT, row -> model);
        addScore("", row -> row.performance(model, on).orElse(null));
        addOf("gap", model, on, Performance::gap);
        addOf("shrunk", model, on, Performance::shrunk);
        addOf("q", model, on, Performance::q);
        addOf("effective_support", model, on, p -> OptionalDouble.of(p.effectiveSupport()));
        for (String b : filter.columns()) {
            addScore("_on_" + b, row -> row.performance(model, b).orElse(null));
        }
        for (String m : filter.models()) {
            addScore("_of_" + m, row -> row.performance(m, on).orElse(null));
        }
    }

    private void addBenchmark(ConceptFilter filter, String benchmark) {
        addCoverage("", row -> benchmark == null ? row.suite() : row.coverage().get(benchmark));
        add("benchmarks", Type.WHOLE, ConceptRow::benchmarks);
        add("firing_rate", Type.REAL, ConceptRow::density);
        for (String b : filter.columns()) {
            addCoverage("_in_" + b, row -> row.coverage().get(b));
        }
    }

    private void addScore(String suffix, Function<ConceptRow, Performance> of) {
        add("score" + suffix, Type.REAL, of, Performance::chi);
        add("low" + suffix, Type.REAL, of, p -> orNull(p.low()));
        add("high" + suffix, Type.REAL, of, p -> orNull(p.high()));
        add("support" + suffix, Type.WHOLE, of, Performance::support);
    }

    private void addCoverage(String suffix, Function<ConceptRow, Coverage> of) {
        add("coverage" + suffix, Type.REAL, of, Coverage::chi);
        add("status" + suffix, Type.TEXT, of, c -> c.status().word());
        add("items" + suffix, Type.WHOLE, of, Coverage::support);
    }

    private void addOf(String name, String model, String on, Function<Performance, OptionalDouble> value) {
        add(name, Type.REAL, row -> row.performance(model, on).orElse(null), p -> orNull(value.apply(p)));
    }

    private <T> void add(String name, Type type, Function<ConceptRow, T> of, Function<T, Object> value) {
        add(name, type, row -> {
            T found = of.apply(row);
            return found == null ? null : value.apply(found);
        });
    }

    private void add(String name, Type type, Function<ConceptRow, Object> value) {
        String free = name;
        for (int n = 2; !names.add(free.toLowerCase(Locale.ROOT)); n++) free = name + "_" + n;
        columns.add(new Sheet.Column(free, type));
        values.add(value);
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
