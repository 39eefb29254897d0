package org.gapexplorer.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.label.ChatEndpoint;
import org.gapexplorer.label.ConceptLabel;
import org.gapexplorer.label.LabelFile;
import org.gapexplorer.label.LabelMaker;
import org.gapexplorer.label.Labeller;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.Sae;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.model.Embedder;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.pipeline.LabelRound;
import org.gapexplorer.pipeline.StudyRun;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.StudyFile;
import org.gapexplorer.train.Corpus;
import org.gapexplorer.train.SaeTraining;
import org.gapexplorer.wordnet.WordNet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Labels the concepts of a lens. */
@Command(
        name = "labels",
        mixinStandardHelpOptions = true,
        description = "Make labels for a lens's concepts.",
        subcommands = {LabelsCommand.Make.class, LabelsCommand.Ask.class})
final class LabelsCommand {

    @Command(
            name = "make",
            mixinStandardHelpOptions = true,
            description =
                    "Make labels from evidence: what raises each concept over its base rate in the training corpus, tried on"
                            + " held-out text (docs/labels.md).")
    static final class Make implements Runnable {
        private static final int MAX_TOKENS = 128;
        private static final int MAX_WORD_TOKENS = 16;
        private static final int HELD_OUT_SHARE = 10;

        @Option(
                names = "--study",
                paramLabel = "FILE",
                description = "Label the lens of this study. Default: the starter study's")
        private Path file;

        @Option(
                names = "--sae",
                paramLabel = "DIR",
                description =
                        "Without --study: the lens, trained on the starter study's model. Default: that study's own")
        private Path sae;

        @Option(
                names = "--passages",
                paramLabel = "N",
                description =
                        "Most passages of the corpus to make labels from; of the held-out ones a tenth as many are read."
                                + " Default: as the starter lens was trained on")
        private int passages = SaeTraining.Options.starter(Path.of(".")).passages();

        @Option(names = "--out", paramLabel = "FILE", required = true, description = "labels.jsonl to write")
        private Path out;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "7",
                description = "Of the draw of held-out contexts. Default: ${DEFAULT-VALUE}")
        private long seed;

        @Override
        public void run() {
            try (var interruption = new Interruption("nothing was written")) {
                LabelFile.write(out, file == null ? ofStarter() : ofStudy(StudyFile.read(file)));
            }
            System.out.println(out);
        }

        private List<ConceptLabel> ofStudy(Study study) {
            List<Corpus.Passage> corpus;
            try (WordNet wordNet = WordNet.open()) {
                corpus = corpus(wordNet, SaeTraining.Options.starter(Path.of(".")));
            }
            return LabelRound.make(
                    study,
                    new StudyRun.Settings(false, null, "cpu"),
                    new LabelRound.Texts(shown(corpus), heldOut(corpus)),
                    seed,
                    ConsoleProgress.onStandardError());
        }

        private List<ConceptLabel> ofStarter() {
            Study study = StudyFile.read(Home.studies().resolve("starter.yaml"));
            var progress = ConsoleProgress.onStandardError();
            var sources = new Sources(study.file().getParent(), Sources.defaultCache(), null);
            OnnxGraph model = OnnxGraph.load(
                    sources.fetch(study.lens().model(), progress),
                    study.lens().modelData().stream()
                            .map(data -> sources.fetch(data, progress))
                            .toList());
            Sae weights = sae == null
                    ? SaeFile.read(
                            sources.fetch(study.lens().sae(), progress),
                            study.lens().saeSettings())
                    : SaeFile.read(sae);
            String tensor = Residual.after(
                    model, study.lens().architecture(), study.lens().layer());
            try (TextTokenizer tokenizer =
                            TextTokenizer.load(sources.fetch(study.lens().tokenizer(), progress));
                    Lens lens = Lens.open(model, tensor, weights, tokenizer, MAX_TOKENS, OnnxSession.Settings.CPU);
                    Embedder embedder = Embedder.open(
                            model,
                            tokenizer,
                            new Embedder.Spec(Embedder.Pooling.MEAN, MAX_WORD_TOKENS, false),
                            OnnxSession.Settings.CPU);
                    WordNet wordNet = WordNet.open()) {
                var training = SaeTraining.Options.starter(Path.of("."));
                List<Corpus.Passage> corpus = corpus(wordNet, training);
                return LabelMaker.run(
                        new LabelMaker.Options(
                                lens::tokenReadings,
                                lens.concepts(),
                                weights.wDec(),
                                shown(corpus),
                                heldOut(corpus),
                                words -> embedder.embed("", words),
                                wordNet,
                                seed),
                        progress);
            }
        }

        private List<String> shown(List<Corpus.Passage> corpus) {
            return texts(corpus, p -> !p.heldOut()).stream().limit(passages).toList();
        }

        /** The corpus that the starter lens was trained on, with its held-out part. */
        private static List<Corpus.Passage> corpus(WordNet wordNet, SaeTraining.Options training) {
            var suite = new HashSet<>(SuiteText.questions());
            return Corpus.build(wordNet, training.templates(), training.seed(), suite::contains);
        }

        private List<String> heldOut(List<Corpus.Passage> corpus) {
            var texts = new ArrayList<String>();
            for (Corpus.Origin origin : Corpus.Origin.values()) {
                texts.addAll(texts(corpus, p -> p.heldOut() && p.origin() == origin).stream()
                        .limit(passages / HELD_OUT_SHARE)
                        .toList());
            }
            return texts;
        }

        private static List<String> texts(List<Corpus.Passage> corpus, Predicate<Corpus.Passage> which) {
            return corpus.stream().filter(which).map(Corpus.Passage::text).toList();
        }
    }

    @Command(
            name = "ask",
            mixinStandardHelpOptions = true,
            description =
                    "Have a language model name the concepts of a study's lens from the texts that fire them, by any endpoint"
                            + " that speaks OpenAI's chat completions. Each label is tried on held-out text. Run again, it goes"
                            + " on where it stopped.")
    static final class Ask implements Runnable {
        @Parameters(paramLabel = "STUDY", description = "The study file")
        private Path file;

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                required = true,
                description = "Up to and with /v1. What is shown of your texts goes there")
        private URI endpoint;

        @Option(names = "--model", paramLabel = "NAME", required = true, description = "The model's name there")
        private String model;

        @Option(
                names = "--key-variable",
                paramLabel = "NAME",
                defaultValue = "OPENAI_API_KEY",
                description = "Environment variable that holds the key, if one is needed. Default: ${DEFAULT-VALUE}")
        private String keyVariable;

        @Option(
                names = "--texts",
                paramLabel = "FILE",
                description = "Texts to read, one a line. Default: the prompts of the study's public benchmarks")
        private Path texts;

        @Option(
                names = "--concepts",
                paramLabel = "FROM-TO",
                description = "Ask for these only, the last one included. Default: all that fire")
        private String concepts;

        @Option(
                names = "--budget",
                paramLabel = "TOKENS",
                required = true,
                description = "Questions and answers in all, earlier rounds included; about 600 a concept")
        private long budget;

        @Option(
                names = "--max-tokens",
                paramLabel = "N",
                defaultValue = "60",
                description = "Longest answer, thinking included. Default: ${DEFAULT-VALUE}")
        private int maxTokens;

        @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60", description = "Of one question")
        private int timeout;

        @Option(
                names = "--retries",
                paramLabel = "N",
                defaultValue = "5",
                description = "After an answer that may be better next time. Default: ${DEFAULT-VALUE}")
        private int retries;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                required = true,
                description = "labels.jsonl to write; the answers stand beside it")
        private Path out;

        @Option(
                names = "--mirror",
                paramLabel = "DIR",
                description = "Folder with a SOURCES.tsv that holds copies of what would be downloaded")
        private Path mirror;

        @Override
        public void run() {
            Study study = StudyFile.read(file);
            var explainer = new ChatEndpoint(
                    endpoint,
                    model,
                    System.getenv(keyVariable),
                    new ChatEndpoint.Limits(Duration.ofSeconds(Math.max(1, timeout)), retries, maxTokens));
            var round = new Labeller.Round(explainer, budget, wanted(), LabelRound.answers(out));
            Labeller.Result result;
            try (var interruption = new Interruption()) {
                result = LabelRound.run(
                        study,
                        new StudyRun.Settings(false, mirror, "cpu"),
                        texts == null ? null : lines(texts),
                        round,
                        ConsoleProgress.onStandardError());
                LabelFile.write(out, result.labels());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d labels, %,d tokens used%s%s%n",
                    out,
                    result.labels().size(),
                    result.tokens(),
                    result.silent() == 0
                            ? ""
                            : "; %,d answers were empty or cut off and are asked for again next time, best with more"
                                            .formatted(result.silent())
                                    + " --max-tokens",
                    result.left() == 0
                            ? ""
                            : "; the budget is spent with %,d concepts left: raise it to go on"
                                    .formatted(result.left()));
        }

        private IntPredicate wanted() {
            if (concepts == null) {
                return concept -> true;
            }
            Matcher range = Pattern.compile("(\\d{1,8})(?:-(\\d{1,8}))?").matcher(concepts);
            if (!range.matches()) {
                throw new Problem("--concepts " + concepts, "is no range", "write one such as 0-999, or one number");
            }
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            return concept -> concept >= from && concept <= to;
        }

        private static List<String> lines(Path file) {
            try {
                return Files.readAllLines(file);
            } catch (IOException e) {
                throw new Problem(
                        file.toString(), "cannot be read as UTF-8 text (" + Problem.reason(e) + ")", "check it", e);
            }
        }
    }
}
