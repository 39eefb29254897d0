package org.gapexplorer.pipeline;

import java.util.List;
import java.util.Map;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.study.Benchmark;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.SubjectModel;

/** Which benchmarks a model answers itself: not those with scores on record, which go before what could be done again. */
final class Answered {
    private Answered() {}

    /** Their ids, in the study's order. */
    static List<String> by(SubjectModel model, Study study) {
        return study.benchmarks().stream()
                .filter(benchmark -> chosen(model.answers(), benchmark))
                .map(Benchmark::id)
                .filter(id ->
                        model.logs().stream().noneMatch(log -> log.benchmark().equals(id)))
                .toList();
    }

    private static boolean chosen(SubjectModel.Answering answering, Benchmark benchmark) {
        return switch (answering) {
            case null -> false;
            case SubjectModel.Similarity similarity -> true;
            case SubjectModel.Likelihood likelihood ->
                likelihood.benchmarks().isEmpty()
                        ? benchmark.kind() == Benchmark.Kind.SUITE
                        : likelihood.benchmarks().contains(benchmark.id());
        };
    }

    /**
     * Tells before any work is done that there is nothing to choose from.
     *
     * @throws Problem if a model is to compare the likelihoods of choices in a benchmark of which no item has any
     */
    static void check(List<SubjectModel> models, Study study, Map<String, List<Datapoint>> items) {
        for (SubjectModel model : models) {
            if (!(model.answers() instanceof SubjectModel.Likelihood)) {
                continue;
            }
            List<String> without = by(model, study).stream()
                    .filter(benchmark -> items.get(benchmark).stream()
                            .noneMatch(item ->
                                    item.choices() != null && !item.choices().isEmpty()))
                    .toList();
            if (!without.isEmpty()) {
                throw new Problem(
                        study.file() + ", models." + model.id() + ".answers",
                        "by likelihood needs choices, and no item has any in " + String.join(", ", without),
                        "yield choices in the benchmark's sql, name in answers.benchmarks those it is to answer, or give "
                                + "a log for the others");
            }
        }
    }
}
