package org.gapexplorer.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.pipeline.StudyRun;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.StudyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole thing on the starter study. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Run the starter study, build its snapshot and serve it. What is unchanged since the last time is reused.")
final class DemoCommand implements Runnable {
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port on 127.0.0.1. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--no-serve", description = "Stop once the snapshot is published")
    private boolean noServe;

    @Option(names = "--fresh", description = "Throw away the last run and do everything again")
    private boolean fresh;

    @Mixin
    private RunOptions options;

    @Override
    public void run() {
        if (!noServe) {
            ServeCommand.checkPort(port);
        }
        var progress = ConsoleProgress.onStandardError();
        Study study = StudyFile.read(Home.studies().resolve("starter.yaml"));
        var run = new RunFolder(Home.runs().resolve(study.id()));
        if (fresh) {
            delete(run.path());
        }
        try (var interruption = new Interruption()) {
            StudyRun.run(study, run, options.settings(), progress);
            SnapshotBuilder.build(run.path(), Home.snapshots(), progress);
        }
        if (!noServe) {
            System.out.println("Serving http://localhost:" + port + "/ (Ctrl-C stops it)");
            ServeCommand.serve(Home.snapshots(), port);
        }
    }

    private static void delete(Path folder) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new Problem(folder.toString(), "cannot be deleted (" + e.getMessage() + ")", "delete it by hand", e);
        }
    }
}
