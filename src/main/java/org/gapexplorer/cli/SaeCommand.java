package org.gapexplorer.cli;

import java.nio.file.Path;
import org.gapexplorer.pipeline.LensTraining;
import org.gapexplorer.pipeline.StudyRun;
import org.gapexplorer.study.Lens;
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
                    "Train a TopK SAE on a layer of the model that a study's lens reads, over WordNet's glosses and examples and"
                            + " generated sentences; measure it on held-out text; write it in SAELens format with a model card.")
    static final class Train implements Runnable {
        private static final String STARTER = "all-MiniLM-L6-v2";
        private final SaeTraining.Options defaults = SaeTraining.Options.starter(Path.of("."));

        @Option(
                names = "--study",
                paramLabel = "FILE",
                description =
                        "Whose lens's model, tokenizer and chat template; its SAE need not be there yet. Default: the"
                                + " starter study")
        private Path study;

        @Option(
                names = "--model-name",
                paramLabel = "NAME",
                description = "What to call the model in the SAE's configuration. Default: the lens's title")
        private String modelName;

        @Option(
                names = "--layer",
                paramLabel = "N",
                description = "Block after which the residual stream is read, counted from 0; where the study names a"
                        + " tensor, that is read. Default: the study's")
        private Integer layer;

        @Option(
                names = "--mirror",
                paramLabel = "DIR",
                description =
                        "Folder with a SOURCES.tsv that holds copies of what the study would download. Default: none")
        private Path mirror;

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

        private int layer(Lens lens) {
            if (layer != null) {
                return layer;
            }
            return lens.tensor() == null ? lens.layer() : Math.max(0, lens.layer());
        }

        @Override
        public void run() {
            Study of = StudyFile.read(study == null ? Home.studies().resolve("starter.yaml") : study);
            String title = study == null ? STARTER : of.lens().title();
            var options = new SaeTraining.Options(
                    study,
                    layer(of.lens()),
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
            String left = cache == null
                    ? "nothing was written; with --cache the activations are kept"
                    : "the same command finds the activations in " + cache;
            try (var interruption = Interruption.afterStep(left)) {
                System.out.println(LensTraining.run(
                        of,
                        modelName == null ? title : modelName,
                        new StudyRun.Settings(false, mirror, "cpu"),
                        options,
                        interruption.between(ConsoleProgress.onStandardError())));
            }
        }
    }
}
