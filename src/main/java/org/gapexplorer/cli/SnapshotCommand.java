package org.gapexplorer.cli;

import java.nio.file.Path;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.snapshot.SnapshotVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds, verifies, publishes and prunes snapshots. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = "Build a snapshot from a run folder, verify or publish one, prune old ones.",
        subcommands = {
            SnapshotCommand.Build.class,
            SnapshotCommand.Verify.class,
            PublishCommand.class,
            PruneCommand.class
        })
final class SnapshotCommand {

    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            description =
                    "Build a snapshot from a finished run and publish it. A running server takes it up by itself.")
    static final class Build implements Runnable {
        @Parameters(paramLabel = "RUN", description = "The run's folder")
        private Path run;

        @Option(names = "--out", paramLabel = "DIR", description = "Folder of snapshots. Default: index/snapshots")
        private Path out = Home.snapshots();

        @Override
        public void run() {
            String version = SnapshotBuilder.build(run, out, ConsoleProgress.onStandardError());
            System.out.println(out.resolve(version));
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Hold every file of a snapshot against its manifest.")
    static final class Verify implements Runnable {
        @Parameters(paramLabel = "SNAPSHOT", description = "The folder of one version")
        private Path snapshot;

        @Override
        public void run() {
            System.out.println("Version " + SnapshotVerifier.verify(snapshot) + " is whole.");
        }
    }
}
