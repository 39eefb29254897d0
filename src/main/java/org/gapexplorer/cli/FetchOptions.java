package org.gapexplorer.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command that fetches what a study needs. */
final class FetchOptions {
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

    boolean allModels() {
        return models == Models.all;
    }

    Path mirror() {
        return mirror;
    }
}
