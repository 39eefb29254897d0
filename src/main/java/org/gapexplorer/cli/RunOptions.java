package org.gapexplorer.cli;

import java.nio.file.Path;
import org.gapexplorer.pipeline.StudyRun;
import picocli.CommandLine.Option;

/** Options of every command that runs a study. */
final class RunOptions {
    private enum Models {
        defaults,
        all
    }

    @Option(
            names = "--models",
            paramLabel = "WHICH",
            defaultValue = "defaults",
            description = "defaults, or all of the study's models. Default: ${DEFAULT-VALUE}")
    private Models models;

    @Option(
            names = "--mirror",
            paramLabel = "DIR",
            description = "Folder with a SOURCES.tsv that holds copies of what the study would download. Default: none")
    private Path mirror;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, or cuda (with a build of the Maven profile cuda). Default: ${DEFAULT-VALUE}")
    private String device;

    StudyRun.Settings settings() {
        return new StudyRun.Settings(models == Models.all, mirror, device);
    }
}
