package org.gapexplorer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.gapexplorer.catalog.CatalogBackup;
import org.gapexplorer.catalog.CatalogDatabase;
import org.gapexplorer.study.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Backs up and restores what people made. */
@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        description =
                "Back up or restore saved views, footprints and flags on labels, of the explorer's own database or the configured one.",
        subcommands = {CatalogCommand.Backup.class, CatalogCommand.Restore.class})
final class CatalogCommand {
    private CatalogCommand() {}

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = "Write the catalog, as it is at one moment, to a file. The server may run.")
    static final class Backup implements Runnable {
        @Parameters(paramLabel = "FILE", description = "The back-up: JSON lines, gzipped")
        private Path file;

        @Override
        public void run() {
            if (Files.isDirectory(file)) {
                throw new Problem(file.toString(), "is a folder", "name the file to write in it");
            }
            try (CatalogDatabase database = CatalogDatabase.forCommand(Home.catalog())) {
                System.out.println(file + ": " + told(new CatalogBackup(database.address()).write(file)));
            }
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Put back what a back-up holds, all of it or nothing. The server may run.")
    static final class Restore implements Runnable {
        @Parameters(paramLabel = "FILE", description = "What gapx catalog backup wrote")
        private Path file;

        @Option(
                names = "--replace",
                description = "Delete what is in the catalog. Without it the catalog must be empty.")
        private boolean replace;

        @Override
        public void run() {
            try (CatalogDatabase database = CatalogDatabase.forCommand(Home.catalog())) {
                System.out.println("Restored " + told(new CatalogBackup(database.address()).restore(file, replace)));
            }
        }
    }

    private static String told(Map<String, Long> rows) {
        return rows.entrySet().stream()
                .map(table -> table.getValue() + " rows of " + table.getKey())
                .collect(Collectors.joining(", "));
    }
}
