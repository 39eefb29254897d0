package org.gapexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.gapexplorer.label.ConceptLabel;
import org.gapexplorer.label.LabelFile;
import org.gapexplorer.label.LabelMaker;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.Sae;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.model.Embedder;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.StudyFile;
import org.gapexplorer.train.Corpus;
import org.gapexplorer.train.SaeTraining;
import org.gapexplorer.wordnet.WordNet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Labels the concepts of a lens. */
@Command(
        name = "labels",
        mixinStandardHelpOptions = true,
        description = "Make labels for a lens's concepts.",
        subcommands = LabelsCommand.Make.class)
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

        @Option(
                names = "--sae",
                paramLabel = "DIR",
                description = "The lens, trained on the starter study's model. Default: that study's own")
        private Path sae;

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
            Study study = StudyFile.read(Home.studies().resolve("starter.yaml"));
            var progress = ConsoleProgress.onStandardError();
            var sources = new Sources(study.file().getParent(), Sources.defaultCache(), null);
            OnnxGraph model = OnnxGraph.load(sources.fetch(study.lens().model(), progress));
            Sae weights = sae == null
                    ? SaeFile.read(
                            sources.fetch(study.lens().sae(), progress),
                            study.lens().saeSettings())
                    : SaeFile.read(sae);
            String tensor = Residual.after(model, study.lens().layer());
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
                List<ConceptLabel> labels = LabelMaker.run(
                        new LabelMaker.Options(
                                lens::tokenReadings,
                                lens.concepts(),
                                weights.wDec(),
                                texts(corpus, p -> !p.heldOut()).stream()
                                        .limit(training.passages())
                                        .toList(),
                                heldOut(corpus),
                                words -> embedder.embed("", words),
                                wordNet,
                                seed),
                        progress);
                LabelFile.write(out, labels);
            }
            System.out.println(out);
        }

        /** The corpus that the starter lens was trained on, with its held-out part. */
        private static List<Corpus.Passage> corpus(WordNet wordNet, SaeTraining.Options training) {
            var suite = new HashSet<>(SuiteText.questions());
            return Corpus.build(wordNet, training.templates(), training.seed(), suite::contains);
        }

        private static List<String> heldOut(List<Corpus.Passage> corpus) {
            var texts = new ArrayList<String>();
            for (Corpus.Origin origin : Corpus.Origin.values()) {
                texts.addAll(texts(corpus, p -> p.heldOut() && p.origin() == origin));
            }
            return texts;
        }

        private static List<String> texts(List<Corpus.Passage> corpus, Predicate<Corpus.Passage> which) {
            return corpus.stream().filter(which).map(Corpus.Passage::text).toList();
        }
    }
}
