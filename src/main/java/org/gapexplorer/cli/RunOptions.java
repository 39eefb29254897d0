package org.gapexplorer.cli;

import org.gapexplorer.pipeline.StudyRun;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that runs a study. */
final class RunOptions {
    @Mixin
    private FetchOptions fetch;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, or cuda (with a build of the Maven profile cuda). Default: ${DEFAULT-VALUE}")
    private String device;

    StudyRun.Settings settings() {
        return new StudyRun.Settings(fetch.allModels(), fetch.mirror(), device);
    }
}
