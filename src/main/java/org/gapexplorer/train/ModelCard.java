package org.gapexplorer.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.gapexplorer.study.Problem;

/** Writes the README that stands beside a lens: how it was made, what was measured, what it is for. */
final class ModelCard {
    private ModelCard() {}

    static void write(SaeTraining.Options options, Subject subject, SaeTraining.Outcome outcome) {
        Path file = options.out().resolve("README.md");
        try {
            Path beside = options.out().resolve("README.md.part");
            Files.writeString(beside, text(options, subject, outcome));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "cannot be written", "check the folder, its permissions and free space", e);
        }
    }

    static String text(SaeTraining.Options options, Subject subject, SaeTraining.Outcome outcome) {
        StringBuilder rows = new StringBuilder();
        rows.append(row("held-out, all", outcome.heldOut()));
        rows.append(row("held-out, WordNet", outcome.wordNet()));
        rows.append(row("held-out, templates", outcome.templates()));
        if (outcome.suite() != null) {
            rows.append(row("the suite's text", outcome.suite()));
        }
        return """
                # A lens for %s, %s

                A sparse autoencoder (TopK, SAELens format): it explains %s of %s by %,d concepts, of which at most %d fire at a token.

                ## Made by

                    %s

                %,d tokens of training text, %s epochs, %,.0f tokens per second, %d minutes of training on CPU. The seed fixes \
                text, order and starting directions; sums of floats in several threads leave the last digits free.

                **Text.** WordNet 3.1: each gloss behind the words it explains, and each example sentence; and %,d passages \
                that templates of this project made (arithmetic, algebra, dates, units, logic, negation, spelling, code, \
                refusals, social situations, questions). Shuffled; at most %,d passages were trained on. One in twenty is held out, by a hash of the synset, or of the passage \
                for templates: held-out passages come from templates that were trained on with other fillings. The \
                benchmarks' own texts are no part of it.

                **Loss.** Mean squared error, Adam at %s (%.0f %% warm-up, %.0f %% linear decay), batches of %,d tokens, decoder \
                rows of length 1, and an auxiliary loss (weight %.3f) by which concepts that have been silent for long explain what \
                the others missed. The gradient is DJL's (PyTorch engine).

                ## Measured

                Explained variance is 1 - sum ||x - x_hat||^2 / sum ||x - mean||^2, the mean taken over the same tokens; special \
                tokens, and what a chat template puts around a text, are left out. Computed from the written file in plain loops.

                | text | tokens | explained variance | L0 |
                | --- | --- | --- | --- |
                %s
                Concepts that fired at none of %,d tokens (all held out, every tenth of training): %.2f %%.

                ## For and not for

                For seeing which concepts of %s a text exercises, as Gap Explorer does. A concept is \
                a direction that pays off in reconstruction; its label is evidence from a dictionary and not a definition. What \
                the model does not represent at this block, the lens cannot show; text unlike the training text (other \
                languages, long documents, rare notation) is explained worse. Not for judging people or single texts.

                ## Licence

                Weights: Apache-2.0, like this project. %s: %s. WordNet 3.1: Copyright Princeton \
                University, used under the WordNet licence; no WordNet text is in the weights' folder.
                """.formatted(
                        subject.name(),
                        subject.named() ? subject.tensor() : "block " + options.layer(),
                        subject.named()
                                ? "the tensor " + subject.tensor()
                                : "the residual stream after block " + options.layer() + " (blocks count from 0)",
                        subject.name(),
                        options.concepts(),
                        options.k(),
                        options.command(),
                        outcome.trainTokens(),
                        options.epochs(),
                        outcome.tokensPerSecond(),
                        outcome.time().toMinutes(),
                        options.templates(),
                        options.passages(),
                        options.learningRate(),
                        100 * SaeSettings.WARM_UP,
                        100 * SaeSettings.DECAY,
                        options.batch(),
                        options.auxiliary(),
                        rows,
                        outcome.lookedAt(),
                        100 * outcome.dead(),
                        subject.name(),
                        subject.name(),
                        subject.licence().isEmpty() ? "see its own card" : subject.licence());
    }

    private static String row(String text, SaeEvaluator.Score score) {
        return String.format(
                Locale.ROOT, "| %s | %,d | %.4f | %.2f |%n", text, score.tokens(), score.explained(), score.l0());
    }
}
