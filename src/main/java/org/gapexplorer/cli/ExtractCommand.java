package org.gapexplorer.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.gapexplorer.extract.Shard;
import org.gapexplorer.pipeline.ShardedRun;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.StudyFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Extraction by many processes on any machines that share a folder. */
@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        description = {
            "Read one shard of a study through its lens. Run again, it goes on where it was stopped.",
            "When all shards are done: gapx extract merge, then gapx study run, with the same --out."
        },
        subcommands = ExtractCommand.Merge.class)
final class ExtractCommand implements Runnable {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The study file")
    private Path file;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            defaultValue = "1/1",
            description = "Which shard of how many, from 1; index/N takes it from JOB_COMPLETION_INDEX (from 0), which "
                    + "Kubernetes sets. Default: ${DEFAULT-VALUE}")
    private String shard;

    @Mixin
    private Options options;

    @Spec
    private CommandSpec spec;

    /** What all processes of one extraction are to be given alike. */
    static final class Options {
        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "The run's folder, shared by all shards. Default: index/runs/STUDY")
        private Path out;

        @Option(
                names = "--device",
                paramLabel = "DEVICE",
                defaultValue = "cpu",
                description = "Where shards are read: cpu, or cuda (with a build of the Maven profile cuda). The merge "
                        + "needs no GPU. Default: ${DEFAULT-VALUE}")
        private String device;

        @Option(
                names = "--mirror",
                paramLabel = "DIR",
                description = "Folder with a SOURCES.tsv that holds copies of what the study would download. "
                        + "Default: none")
        private Path mirror;

        Path out(Study study) {
            return out == null ? Home.runs().resolve(study.id()) : out;
        }

        ShardedRun run(Study study) {
            return new ShardedRun(study, new RunFolder(out(study)), mirror, device, ConsoleProgress.onStandardError());
        }
    }

    @Override
    public void run() {
        if (file == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
        }
        Shard chosen = Shard.parse(shard, Map.copyOf(System.getenv()));
        Study study = StudyFile.read(file);
        try (var interruption = new Interruption()) {
            options.run(study)
                    .shard(chosen)
                    .ifPresentOrElse(
                            speed -> System.out.printf(
                                    Locale.ROOT,
                                    "Shard %s is done: %,d prompts read, %,.0f tokens/s%n",
                                    chosen,
                                    speed.prompts(),
                                    speed.tokensPerSecond()),
                            () -> System.out.println("The shards have been merged already."));
        }
    }

    @Command(
            name = "merge",
            mixinStandardHelpOptions = true,
            description = "Gather the shards of a study into its run, as one process would have written it.")
    static final class Merge implements Runnable {
        @Parameters(paramLabel = "FILE", description = "The study file")
        private Path file;

        @Option(names = "--wait", description = "Wait for shards that are not done, rather than refuse")
        private boolean wait;

        @Mixin
        private Options options;

        @Override
        public void run() {
            Study study = StudyFile.read(file);
            try (var interruption = new Interruption()) {
                boolean merged = options.run(study).merge(wait);
                System.out.println(
                        merged
                                ? options.out(study) + ": all shards are merged; gapx study run goes on from here"
                                : options.out(study) + ": the shards have been merged already");
            }
        }
    }
}
