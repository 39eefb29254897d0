package org.gapexplorer.explorer.concept;

import java.util.Arrays;
import java.util.List;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Params;

/** What a list of concepts is about: where a model falls short, or where the benchmarks do. */
enum Face {
    MODEL("Model gaps"),
    BENCHMARK("Benchmark gaps");

    final String title;

    Face(String title) {
        this.title = title;
    }

    String word() {
        return Params.word(this);
    }

    /**
     * The face asked for, or the one that what else is asked for belongs to; where nothing tells, a model's gaps if the
     * study has a model.
     */
    static Face of(Params params, Names names) {
        Face asked = params.one("face", Arrays.asList(values()), Face::word);
        if (names.modelIds().isEmpty()) {
            if (asked == MODEL) throw new BadParameter("face", "this study has no model; choose benchmark");
            return BENCHMARK;
        }
        if (asked != null) return asked;
        if (params.has("model") || params.has("models")) return MODEL;
        List<String> ofBenchmarks = List.of("coverage", "coverage-support", "density", "benchmarks");
        String sort = params.text("sort");
        boolean tells = params.has("status") || ofBenchmarks.contains(sort) || sort.startsWith(ConceptSort.COVERAGE_IN);
        return tells ? BENCHMARK : MODEL;
    }
}
