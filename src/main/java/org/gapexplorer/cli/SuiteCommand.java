package org.gapexplorer.cli;

import java.nio.file.Path;
import org.gapexplorer.suite.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the generated benchmarks. */
@Command(
        name = "suite",
        mixinStandardHelpOptions = true,
        description = "The generated benchmarks of the starter suite.",
        subcommands = SuiteCommand.Write.class)
final class SuiteCommand {

    @Command(
            name = "write",
            mixinStandardHelpOptions = true,
            description = "Write the generated benchmarks; the same seed gives the same bytes.")
    static final class Write implements Runnable {
        @Option(names = "--out", paramLabel = "DIR", description = "Where to. Default: index/suite")
        private Path out = Home.index().resolve("suite");

        @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}, as for index/suite")
        private long seed = Suite.SEED;

        @Override
        public void run() {
            Suite.generate(out, seed);
            System.out.println(out);
        }
    }
}
