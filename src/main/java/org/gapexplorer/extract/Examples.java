package org.gapexplorer.extract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.TokenReading;
import org.gapexplorer.model.Tokens;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Progress;

/** Which tokens of a prompt fire a concept, for the datapoints that pages show. */
public final class Examples {
    private Examples() {}

    /**
     * @param prompt the datapoint
     * @param concepts the concepts to show in it
     */
    public record Wanted(Prompt prompt, int[] concepts) {}

    /**
     * The tokens on which each wanted concept fires, one span a token; tokens that do not count are left out, and so is
     * a concept that fires on none.
     *
     * @return in the order of {@code wanted}, and within it of its concepts
     */
    public static List<RunFolder.Example> of(Lens lens, List<Wanted> wanted, Progress progress) {
        List<List<RunFolder.Example>> examples = new ArrayList<>(Collections.nCopies(wanted.size(), List.of()));
        if (lens.sae().config().architecture().keepsK()) {
            fromReadings(lens, wanted, examples, progress);
        } else {
            fromActivations(lens, wanted, examples, progress);
        }
        return examples.stream().flatMap(List::stream).toList();
    }

    /** An SAE that keeps k concepts a token fires few, and the graph hands out all of them. */
    private static void fromReadings(
            Lens lens, List<Wanted> wanted, List<List<RunFolder.Example>> examples, Progress progress) {
        int[] done = {0};
        lens.tokenReadings(wanted.stream().map(w -> w.prompt().text()).toList(), (reading, i) -> {
            examples.set(i, examples(wanted.get(i), reading.tokens(), (concept, t) -> activation(reading, concept, t)));
            progress.step("examples", ++done[0], wanted.size(), "prompts");
        });
    }

    private static float activation(TokenReading reading, int concept, int token) {
        int[] fired = reading.concepts()[token];
        for (int i = 0; i < fired.length; i++) {
            if (fired[i] == concept) {
                return reading.activations()[token][i];
            }
        }
        return 0;
    }

    /** Elsewhere any number may fire on a token: the graph computes the wanted ones. */
    private static void fromActivations(
            Lens lens, List<Wanted> wanted, List<List<RunFolder.Example>> examples, Progress progress) {
        List<Tokens> tokens =
                lens.tokenize(wanted.stream().map(w -> w.prompt().text()).toList());
        int done = 0;
        for (int[] batch : lens.plan(tokens)) {
            int[] concepts = Arrays.stream(batch)
                    .flatMap(i -> Arrays.stream(wanted.get(i).concepts()))
                    .sorted()
                    .distinct()
                    .toArray();
            List<float[][]> activations =
                    lens.activations(Arrays.stream(batch).mapToObj(tokens::get).toList(), concepts);
            for (int i = 0; i < batch.length; i++) {
                float[][] ofText = activations.get(i);
                examples.set(
                        batch[i],
                        examples(
                                wanted.get(batch[i]),
                                tokens.get(batch[i]),
                                (concept, t) -> ofText[t][Arrays.binarySearch(concepts, concept)]));
            }
            done += batch.length;
            progress.step("examples", done, wanted.size(), "prompts");
        }
    }

    /** a_c(x,t), 0 where the concept does not fire. */
    @FunctionalInterface
    private interface Activation {
        float of(int concept, int token);
    }

    private static List<RunFolder.Example> examples(Wanted wanted, Tokens tokens, Activation activation) {
        boolean[] counts = wanted.prompt().countedText().counts(tokens);
        List<RunFolder.Example> examples = new ArrayList<>();
        for (int concept : wanted.concepts()) {
            int[] spans = new int[2 * tokens.length()];
            float[] values = new float[tokens.length()];
            int n = 0;
            for (int t = 0; t < tokens.length(); t++) {
                float value = counts[t] ? activation.of(concept, t) : 0;
                if (value > 0) {
                    spans[2 * n] = tokens.starts()[t];
                    spans[2 * n + 1] = tokens.ends()[t];
                    values[n++] = value;
                }
            }
            if (n > 0) {
                examples.add(new RunFolder.Example(
                        wanted.prompt().benchmark(),
                        wanted.prompt().item(),
                        concept,
                        Arrays.copyOf(spans, 2 * n),
                        Arrays.copyOf(values, n)));
            }
        }
        return examples;
    }
}
