package org.gapexplorer.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.gapexplorer.lens.Sae;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.model.HiddenStates;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.wordnet.WordNet;

/**
 * {@code gapx sae train}: reads the corpus through a model, trains an autoencoder on the residual stream after one block,
 * measures what was written, and writes the model card beside it.
 */
public final class SaeTraining {
    /** Tokens kept of each text. */
    private static final int MAX_TOKENS = 128;

    /** Steps between two checkpoints. */
    private static final int CHECKPOINT = 1000;

    /** Of so many training rows one is looked at again when dead concepts are counted. */
    private static final int TRAIN_STRIDE = 10;

    /** A small training measures itself on few held-out texts too: at most one for so many, of each origin. */
    private static final int HELD_OUT_SHARE = 10;

    private SaeTraining() {}

    /**
     * What to train.
     *
     * @param study the study file whose lens's model is read, for the command on the card; null for the starter study
     * @param layer the block whose output is explained, counted from 0
     * @param concepts how many concepts the lens shall have
     * @param k how many may fire at a token
     * @param epochs passes over the corpus; a part of a pass is fine
     * @param batch tokens per step
     * @param learningRate Adam's rate, for activations scaled to variance 1
     * @param auxiliary weight of the loss that revives silent concepts; 0 for none
     * @param passages texts to train on, at most
     * @param templates how many of the corpus' passages to make from templates before some are held out
     * @param seed of templates, order and starting directions
     * @param out the folder to write, which must not hold a lens yet unless {@code overwrite}
     * @param overwrite whether a lens that is there may be replaced
     * @param cache a folder that keeps activations and a checkpoint, or null
     */
    public record Options(
            Path study,
            int layer,
            int concepts,
            int k,
            double epochs,
            int batch,
            double learningRate,
            double auxiliary,
            int passages,
            int templates,
            long seed,
            Path out,
            boolean overwrite,
            Path cache) {

        /** The settings of the starter lens. */
        public static Options starter(Path out) {
            return new Options(null, 3, 4096, 32, 6, 1024, 1.5e-3, 1.0 / 32, 112_000, 20_000, 1, out, false, null);
        }

        /** @throws Problem naming the option that makes no sense */
        public Options {
            require(layer >= 0, "--layer", layer, "a block counted from 0");
            require(concepts >= 1 && concepts <= 1 << 20, "--concepts", concepts, "a number from 1 to 1048576");
            require(k >= 1 && k <= concepts, "--k", k, "a number from 1 to the number of concepts");
            require(epochs > 0 && epochs <= 1000, "--epochs", epochs, "more than 0 and at most 1000");
            require(batch >= 1 && batch <= 1 << 20, "--batch", batch, "a number from 1 to 1048576");
            require(learningRate > 0 && learningRate <= 1, "--learning-rate", learningRate, "more than 0, at most 1");
            require(auxiliary >= 0 && auxiliary <= 10, "--auxiliary", auxiliary, "from 0 to 10");
            require(passages >= 100, "--passages", passages, "at least 100");
            require(templates >= 0, "--templates", templates, "0 or more");
        }

        private static void require(boolean fine, String option, Object value, String expected) {
            if (!fine) {
                throw new Problem(
                        option, "is " + value + " where " + expected + " was expected", "choose another value");
            }
        }

        SaeSettings settings() {
            return new SaeSettings(concepts, k, epochs, batch, learningRate, auxiliary, seed);
        }

        /** The command that trains the same again. */
        public String command() {
            return ("gapx sae train%s --layer %d --concepts %d --k %d --epochs %s --batch %d --learning-rate %s"
                            + " --auxiliary %s --passages %d --templates %d --seed %d")
                    .formatted(
                            study == null ? "" : " --study " + study.getFileName(),
                            layer,
                            concepts,
                            k,
                            epochs,
                            batch,
                            learningRate,
                            auxiliary,
                            passages,
                            templates,
                            seed);
        }
    }

    /**
     * What came out.
     *
     * @param trainTokens tokens in the training part of the corpus
     * @param tokensPerSecond tokens trained on in a second, all epochs
     * @param time spent in training alone
     * @param dead share of concepts that fired at no held-out and no looked-at training token
     * @param lookedAt how many tokens that were
     */
    record Outcome(
            long trainTokens,
            double tokensPerSecond,
            Duration time,
            SaeEvaluator.Score heldOut,
            SaeEvaluator.Score wordNet,
            SaeEvaluator.Score templates,
            SaeEvaluator.Score suite,
            double dead,
            long lookedAt) {}

    /**
     * Trains, writes and measures.
     *
     * @return one line on what was reached
     * @throws Problem on options that do not fit the model, or a folder that cannot be written
     */
    public static String run(Options options, Subject subject, Progress progress) {
        if (!options.overwrite() && Files.exists(options.out().resolve(SaeFile.CONFIG))) {
            throw new Problem(
                    options.out().toString(), "holds a lens already", "name another folder or say --overwrite");
        }
        List<Corpus.Passage> corpus = corpus(options, subject.suite());
        try (HiddenStates states = HiddenStates.open(
                subject.graph(), subject.tensor(), subject.tokenizer(), MAX_TOKENS, OnnxSession.Settings.CPU)) {
            Activations activations =
                    new Activations(states, subject.prompt(), subject.key() + " " + subject.tensor(), options.cache());
            Outcome outcome = train(options, subject, activations, corpus, progress);
            ModelCard.write(options, subject, outcome);
            return "explained variance %.4f held out at L0 %.2f, %.2f %% dead; %s"
                    .formatted(
                            outcome.heldOut().explained(), outcome.heldOut().l0(), 100 * outcome.dead(), options.out());
        }
    }

    private static List<Corpus.Passage> corpus(Options options, List<String> suite) {
        Set<String> forbidden = suite.stream().map(SaeTraining::plain).collect(Collectors.toSet());
        try (WordNet wordNet = WordNet.open()) {
            return Corpus.build(wordNet, options.templates(), options.seed(), text -> forbidden.contains(plain(text)));
        }
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static Outcome train(
            Options options, Subject subject, Activations activations, List<Corpus.Passage> corpus, Progress progress) {
        String layer = "l" + options.layer() + "-";
        ActivationStore wordNet =
                activations.of(layer + "held-wordnet", heldOut(options, corpus, Corpus.Origin.WORDNET), progress);
        ActivationStore templates =
                activations.of(layer + "held-templates", heldOut(options, corpus, Corpus.Origin.TEMPLATES), progress);
        List<String> texts = corpus.stream()
                .filter(passage -> !passage.heldOut())
                .map(Corpus.Passage::text)
                .limit(options.passages())
                .toList();
        ActivationStore rows = activations.of(layer + "train", texts, progress);
        long start = System.nanoTime();
        long seen = fit(options, subject, rows, progress);
        Duration time = Duration.ofNanos(System.nanoTime() - start);

        Sae written = SaeFile.read(options.out());
        ActivationStore heldOut = new ActivationStore(rows.width());
        heldOut.addAll(wordNet);
        heldOut.addAll(templates);
        SaeEvaluator.Score all = SaeEvaluator.score(written, heldOut, 1);
        SaeEvaluator.Score again = SaeEvaluator.score(written, rows, TRAIN_STRIDE);
        long[] fired = all.fired().clone();
        Arrays.setAll(fired, c -> fired[c] + again.fired()[c]);
        return new Outcome(
                rows.rows(),
                seen / (time.toMillis() / 1e3),
                time,
                all,
                SaeEvaluator.score(written, wordNet, 1),
                SaeEvaluator.score(written, templates, 1),
                subject.suite().isEmpty()
                        ? null
                        : SaeEvaluator.score(written, activations.of(layer + "suite", subject.suite(), progress), 1),
                (double) Arrays.stream(fired).filter(n -> n == 0).count() / fired.length,
                all.tokens() + again.tokens());
    }

    private static List<String> heldOut(Options options, List<Corpus.Passage> corpus, Corpus.Origin origin) {
        return corpus.stream()
                .filter(passage -> passage.heldOut() && passage.origin() == origin)
                .map(Corpus.Passage::text)
                .limit(Math.max(100, options.passages() / HELD_OUT_SHARE))
                .toList();
    }

    /** Trains and writes the weights; returns how many tokens went through. */
    private static long fit(Options options, Subject subject, ActivationStore rows, Progress progress) {
        String model = subject.name();
        String hook = subject.named() ? subject.tensor() : "blocks." + options.layer() + ".hook_resid_post";
        try (SaeTrainer trainer = new SaeTrainer(rows, options.settings())) {
            trainer.train((what, done, total, unit) -> {
                progress.step(what, done, total, unit);
                if (options.cache() != null && done % CHECKPOINT == 0 && done < total) {
                    SaeFile.write(options.cache().resolve("checkpoint"), trainer.weights(model, hook));
                }
            });
            SaeFile.write(options.out(), trainer.weights(model, hook));
            return trainer.tokensSeen();
        }
    }
}
