package org.gapexplorer.train;

import java.util.List;
import java.util.function.Function;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.TextTokenizer;

/**
 * The model that a lens is trained on.
 *
 * @param name for the configuration and the card
 * @param licence for the card; empty where it is not known
 * @param graph the whole model
 * @param tensor the residual tensor in it
 * @param named whether the study names that tensor, and it is not the stream after the block that is asked for
 * @param key changes with anything beside the texts that changes the rows: model, tokenizer, chat template
 * @param tokenizer stays the caller's to close
 * @param prompt what a text becomes before the model reads it, and which of it is the text's own: only tokens of that
 *     are trained on
 * @param suite texts of a study's benchmarks: never trained on, and measured apart; may be empty
 */
public record Subject(
        String name,
        String licence,
        OnnxGraph graph,
        String tensor,
        boolean named,
        String key,
        TextTokenizer tokenizer,
        Function<String, CountedText> prompt,
        List<String> suite) {}
