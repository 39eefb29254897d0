package org.gapexplorer.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gapexplorer.label.ConceptLabel;
import org.gapexplorer.label.LabelMaker;
import org.gapexplorer.label.Labeller;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.model.Device;
import org.gapexplorer.model.Meaning;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Benchmark;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Study;
import org.gapexplorer.wordnet.WordNet;

/** Has somebody name the concepts of a study's lens, from what fires them in texts. */
public final class LabelRound {
    /** Of ten texts so many are shown; the others try the labels. */
    private static final int SHOWN_OF_TEN = 6;

    private static final long SEED = 7;
    /** Digits of a lens's key that tell it apart. */
    private static final int KEY = 16;

    private LabelRound() {}

    /**
     * Asks, and measures what was answered.
     *
     * @param texts to read; null for the prompts of the study's benchmarks, but of those whose text may not be shown
     */
    public static Labeller.Result run(
            Study study, StudyRun.Settings settings, List<String> texts, Labeller.Round round, Progress progress) {
        var inputs =
                new Inputs(new Sources(study.file().getParent(), Sources.defaultCache(), settings.mirror()), progress);
        var session = new OnnxSession.Settings(Device.parse(settings.device()), 0);
        List<String> all = distinct(texts == null ? prompts(study, inputs) : texts);
        if (all.size() < 20) {
            throw new Problem(
                    study.file().toString(),
                    "offers " + all.size() + " texts to show and to try labels on",
                    "give at least 20, better thousands, with --texts");
        }
        try (LensFiles files = LensFiles.open(study.lens(), inputs, session);
                Meaning meaning = Meaning.open();
                WordNet wordNet = WordNet.open()) {
            var split = new Texts(
                    all.stream().filter(LabelRound::isShown).toList(),
                    all.stream().filter(text -> !isShown(text)).toList());
            return Labeller.run(
                    options(files.lens(), split, meaning, wordNet, SEED, progress),
                    name(study, inputs, files.tensor()),
                    round,
                    progress);
        }
    }

    /** Changes with anything that makes concepts others; how prompts are laid out and counted does not. */
    private static String name(Study study, Inputs inputs, String tensor) {
        String key = Steps.key(
                inputs.hash(study.lens().model(), study.lens().modelData()),
                inputs.hash(study.lens().sae()),
                tensor);
        return study.lens().id() + " " + key.substring(0, KEY);
    }

    /**
     * Texts that labels are made from, and others that they are tried on.
     */
    public record Texts(List<String> shown, List<String> heldOut) {}

    /** Makes labels by rule, for the lens of any study. */
    public static List<ConceptLabel> make(
            Study study, StudyRun.Settings settings, Texts texts, long seed, Progress progress) {
        var inputs =
                new Inputs(new Sources(study.file().getParent(), Sources.defaultCache(), settings.mirror()), progress);
        var session = new OnnxSession.Settings(Device.parse(settings.device()), 0);
        try (LensFiles files = LensFiles.open(study.lens(), inputs, session);
                Meaning meaning = Meaning.open();
                WordNet wordNet = WordNet.open()) {
            return LabelMaker.run(options(files.lens(), texts, meaning, wordNet, seed, progress), progress);
        }
    }

    private static LabelMaker.Options options(
            Lens lens, Texts texts, Meaning meaning, WordNet wordNet, long seed, Progress progress) {
        return new LabelMaker.Options(
                lens::tokenReadings,
                lens.concepts(),
                lens.sae().wDec(),
                texts.shown(),
                texts.heldOut(),
                words -> meaning.of(words, "reading words", progress),
                wordNet,
                seed);
    }

    private static List<String> distinct(List<String> texts) {
        Set<String> distinct =
                texts.stream().filter(text -> !text.isBlank()).collect(Collectors.toCollection(LinkedHashSet::new));
        return List.copyOf(distinct);
    }

    private static boolean isShown(String text) {
        return Math.floorMod(text.hashCode() * 0x9E3779B9 >>> 8, 10) < SHOWN_OF_TEN;
    }

    /** An endpoint is a stranger: what must not be shown is not sent. */
    private static List<String> prompts(Study study, Inputs inputs) {
        List<String> shown = study.benchmarks().stream()
                .filter(b -> b.visibility() == Benchmark.Visibility.PUBLIC)
                .map(Benchmark::id)
                .toList();
        return Items.read(study, inputs).stream()
                .filter(item -> shown.contains(item.benchmark()))
                .map(RunFolder.Item::prompt)
                .toList();
    }

    /** Where the answers to labels in {@code out} are kept. */
    public static Path answers(Path out) {
        return out.resolveSibling(out.getFileName() + ".answers.jsonl");
    }
}
