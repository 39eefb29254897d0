package org.gapexplorer.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A datapoint in a list.
 *
 * @param prompt its text; empty where the benchmark's text may not be shown
 * @param saliency of the query's concept; empty where the query names none
 * @param shades where that concept fires in the prompt; empty where the run kept no stretches for the two
 * @param answers one per model that the run has a row for, in the study's order
 */
public record DatapointRow(
        String benchmark,
        String item,
        Optional<String> prompt,
        Optional<String> category,
        int tokens,
        OptionalDouble saliency,
        List<Shade> shades,
        List<Answer> answers) {
    public DatapointRow {
        shades = List.copyOf(shades);
        answers = List.copyOf(answers);
    }
}
