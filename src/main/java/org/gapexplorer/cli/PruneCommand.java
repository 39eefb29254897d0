package org.gapexplorer.cli;

import org.gapexplorer.snapshot.publish.Publisher;
import org.gapexplorer.snapshot.publish.Store;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes old published versions. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Remove published versions that none of the rules keeps. The current one always stays; whoever is"
                + " reading a removed one finishes.")
final class PruneCommand implements Runnable {
    @Option(
            names = "--from",
            paramLabel = "TARGET",
            description = "A folder, or s3://bucket/prefix, of one study. Default: index/snapshots")
    private String target = Home.snapshots().toString();

    @Mixin
    private EndpointOption endpoint;

    @ArgGroup(exclusive = false, multiplicity = "1", heading = "What stays, each rule for itself:%n")
    private KeepOptions keep;

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    private boolean dryRun;

    @Override
    public void run() {
        var retention = keep.retention();
        try (Store store = Store.at(target, endpoint.address)) {
            var removed = new Publisher(store).prune(retention, dryRun);
            removed.forEach(edition -> System.out.println(KeepOptions.line(edition, dryRun)));
            if (removed.isEmpty()) {
                System.out.println("Every version is kept.");
            }
        }
    }
}
