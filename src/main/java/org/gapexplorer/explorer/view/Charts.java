package org.gapexplorer.explorer.view;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.gapexplorer.explorer.view.HistogramChart.At;
import org.gapexplorer.snapshot.Histogram;
import org.gapexplorer.snapshot.StudyFacts;

/** The product's histograms: what they count, where their lines stand. */
public final class Charts {
    private Charts() {}

    /** How coverage is spread over the live concepts, with the thresholds of under- and over-representation. */
    public static HistogramChart coverage(Histogram h, StudyFacts study) {
        return HistogramChart.of(
                h,
                "coverage (1 = the dictionary’s average)",
                "concepts",
                "missing",
                Numbers::coverage,
                List.of(
                        new At(study.under(), "under", true),
                        new At(1, "average", false),
                        new At(study.over(), "over", true)));
    }

    /** On how many of a benchmark's items each concept fires. */
    public static HistogramChart support(Histogram h) {
        return HistogramChart.of(
                h, "items on which it fires", "concepts", "missing", n -> Numbers.count(Math.round(n)), List.of());
    }

    /** How a model's score is spread over the concepts. */
    public static HistogramChart score(Histogram h, OptionalDouble mean, OptionalDouble chance) {
        List<At> lines = new ArrayList<>();
        if (mean.isPresent()) lines.add(new At(mean.getAsDouble(), "mean " + Numbers.score(mean), false));
        if (chance.isPresent()) lines.add(new At(chance.getAsDouble(), "chance", true));
        return HistogramChart.of(h, "score where the concept fires", "concepts", "N/A", Numbers::score, lines);
    }

    /** How a concept's activations are spread. */
    public static HistogramChart activations(Histogram h) {
        return HistogramChart.of(h, "activation", "tokens", "", Numbers::amount, List.of());
    }
}
