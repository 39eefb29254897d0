package org.gapexplorer.cli;

import java.nio.file.Path;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.StudyFile;
import org.gapexplorer.train.SaeTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a lens. */
@Command(
        name = "sae",
        mixinStandardHelpOptions = true,
        description = "Train a sparse autoencoder on a layer.",
        subcommands = SaeCommand.Train.class)
final class SaeCommand {

    @Command(
            name = "train",
            mixinStandardHelpOptions = true,
            description =
                    "Train a TopK SAE on a layer of the starter lens's model, over WordNet's glosses and examples and generated"
                            + " sentences; measure it on held-out text; write it in SAELens format with a model card.")
    static final class Train implements Runnable {
        private final SaeTraining.Options defaults = SaeTraining.Options.starter(Path.of("."));

        @Option(
                names = "--layer",
                paramLabel = "N",
                description =
                        "Block after which the residual stream is read, counted from 0. Default: ${DEFAULT-VALUE}")
        private int layer = defaults.layer();

        @Option(
                names = "--concepts",
                paramLabel = "N",
                description = "Concepts in the dictionary. Default: ${DEFAULT-VALUE}")
        private int concepts = defaults.concepts();

        @Option(
                names = "--k",
                paramLabel = "N",
                description = "Concepts that fire on a token. Default: ${DEFAULT-VALUE}")
        private int k = defaults.k();

        @Option(
                names = "--epochs",
                paramLabel = "X",
                description = "Passes over the tokens trained on; 0.5 is half a pass. Default: ${DEFAULT-VALUE}")
        private double epochs = defaults.epochs();

        @Option(names = "--batch", paramLabel = "N", description = "Tokens in a step. Default: ${DEFAULT-VALUE}")
        private int batch = defaults.batch();

        @Option(
                names = "--learning-rate",
                paramLabel = "X",
                description =
                        "Adam's rate at its highest, for activations scaled to variance 1. Default: ${DEFAULT-VALUE}")
        private double learningRate = defaults.learningRate();

        @Option(
                names = "--auxiliary",
                paramLabel = "X",
                description = "Weight of the loss that revives dead concepts; 0 for none. Default: ${DEFAULT-VALUE}")
        private double auxiliary = defaults.auxiliary();

        @Option(
                names = "--passages",
                paramLabel = "N",
                description =
                        "Most passages to train on, of WordNet's and the templates' together, shuffled and without the held-out"
                                + " ones; a passage has about 17 tokens. Default: ${DEFAULT-VALUE}")
        private int passages = defaults.passages();

        @Option(
                names = "--templates",
                paramLabel = "N",
                description =
                        "Passages made from templates and added to WordNet's, before one in twenty is held out. Default:"
                                + " ${DEFAULT-VALUE}")
        private int templates = defaults.templates();

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "Of templates, order and starting directions. Default: ${DEFAULT-VALUE}")
        private long seed = defaults.seed();

        @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the lens; required")
        private Path out;

        @Option(names = "--overwrite", description = "Replace a lens that stands there. Default: ${DEFAULT-VALUE}")
        private boolean overwrite;

        @Option(
                names = "--cache",
                paramLabel = "DIR",
                description = "Keep activations and a checkpoint here. Default: keep none")
        private Path cache;

        @Override
        public void run() {
            Study study = StudyFile.read(Home.studies().resolve("starter.yaml"));
            var progress = ConsoleProgress.onStandardError();
            var sources = new Sources(study.file().getParent(), Sources.defaultCache(), null);
            var options = new SaeTraining.Options(
                    defaults.modelName(),
                    layer,
                    concepts,
                    k,
                    epochs,
                    batch,
                    learningRate,
                    auxiliary,
                    passages,
                    templates,
                    seed,
                    out,
                    overwrite,
                    cache);
            OnnxGraph model = OnnxGraph.load(
                    sources.fetch(study.lens().model(), progress),
                    study.lens().modelData().stream()
                            .map(data -> sources.fetch(data, progress))
                            .toList());
            try (TextTokenizer tokenizer =
                    TextTokenizer.load(sources.fetch(study.lens().tokenizer(), progress))) {
                System.out.println(SaeTraining.run(options, model, tokenizer, SuiteText.questions(), progress));
            }
        }
    }
}
