package org.gapexplorer.cli;

import java.nio.file.Path;
import org.gapexplorer.pipeline.StudyRun;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.score.LogScores;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.StudyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks and runs study files. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = "Check a study file, or run it.",
        subcommands = {StudyCommand.Validate.class, StudyCommand.Run.class})
final class StudyCommand {

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Check a study file without running anything.")
    static final class Validate implements Runnable {
        @Parameters(paramLabel = "FILE", description = "The study file")
        private Path file;

        @Override
        public void run() {
            Study study = StudyFile.read(file);
            LogScores.check(study);
            System.out.printf(
                    "%s is a valid study: %d benchmarks, %d models, lens %s%n",
                    file,
                    study.benchmarks().size(),
                    study.models().size(),
                    study.lens().id());
        }
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Run a study: fetch, extract, score, analyse. Run again, it goes on where it was stopped.")
    static final class Run implements Runnable {
        @Parameters(paramLabel = "FILE", description = "The study file")
        private Path file;

        @Option(names = "--out", paramLabel = "DIR", description = "The run's folder. Default: index/runs/STUDY")
        private Path out;

        @Mixin
        private RunOptions options;

        @Override
        public void run() {
            Study study = StudyFile.read(file);
            Path folder = out == null ? Home.runs().resolve(study.id()) : out;
            try (var interruption = new Interruption()) {
                RunFolder run = StudyRun.run(
                        study, new RunFolder(folder), options.settings(), ConsoleProgress.onStandardError());
                RunFolder.LOGS
                        .read(run.logs())
                        .forEach(log -> System.err.println(log.model() + " on " + log.benchmark() + ": " + log));
                System.out.println(run.path());
            }
        }
    }
}
