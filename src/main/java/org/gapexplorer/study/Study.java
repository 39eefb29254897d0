package org.gapexplorer.study;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is studied: a lens, benchmarks, and models with their scores.
 *
 * @param file the study file; {@code file:} sources are relative to its folder
 * @param id short name
 * @param title name to show
 * @param description a sentence or two for the overview
 * @param seed of everything random
 * @param dictionary the set C that coverage is relative to
 * @param thresholds of under- and over-representation
 * @param lists default filter of every best/worst list
 */
public record Study(
        Path file,
        String id,
        String title,
        String description,
        long seed,
        Dictionary dictionary,
        Thresholds thresholds,
        Lists lists,
        Lens lens,
        List<Benchmark> benchmarks,
        List<SubjectModel> models) {

    /** all concepts, those with a label, or those that fire somewhere in the study. */
    public enum Dictionary {
        ALL,
        LABELLED,
        LIVE
    }

    /** chi_bench below {@code under} is under-represented, above {@code over} over-represented. */
    public record Thresholds(double under, double over) {}

    /**
     * Concepts shown in best/worst lists, and tested for significance.
     *
     * @param minBenchmarks present in so many of the scored benchmarks (all, where fewer are scored)
     * @param minSupport datapoints that fire it, over all benchmarks
     * @param minSupportInBenchmark the same in lists about one benchmark
     */
    public record Lists(int minBenchmarks, int minSupport, int minSupportInBenchmark) {}

    /**
     * Every source the study names, in its order.
     *
     * @param allModels with those of models that are not scored by default
     */
    public List<SourceRef> sources(boolean allModels) {
        var sources = new ArrayList<SourceRef>();
        collect(lens, sources);
        collect(benchmarks, sources);
        collect(models.stream().filter(m -> allModels || m.byDefault()).toList(), sources);
        return sources;
    }

    /** What a study holds is records, lists and maps all the way down: none is forgotten when one is added. */
    private static void collect(Object part, List<SourceRef> sources) {
        switch (part) {
            case SourceRef source -> sources.add(source);
            case Collection<?> several -> several.forEach(each -> collect(each, sources));
            case Map<?, ?> named -> collect(named.values(), sources);
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    collect(value(component, record), sources);
                }
            }
            case null, default -> {}
        }
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a study's records are public", e);
        }
    }

    /** The benchmark of that id, or null. */
    public Benchmark benchmark(String id) {
        return benchmarks.stream().filter(b -> b.id().equals(id)).findFirst().orElse(null);
    }
}
