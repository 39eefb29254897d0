package org.gapexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.snapshot.publish.Publisher;
import org.gapexplorer.snapshot.publish.Retention;
import org.gapexplorer.snapshot.publish.Store;
import org.gapexplorer.study.Problem;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes a snapshot to a folder or a bucket. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description =
                "Verify a snapshot, copy it to a folder or an S3-compatible bucket, verify it there, make it current."
                        + " Interrupted at any moment, call it again: it goes on.",
        footer = {
            "%nA bucket's credentials are taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or from the files in"
                    + " ~/.aws, its region from AWS_REGION.",
            "Servers that read the folder, or mirror the bucket, switch by themselves."
        })
final class PublishCommand implements Runnable {
    @Option(
            names = "--snapshot",
            paramLabel = "DIR|VERSION",
            description = "One snapshot's folder, a folder of snapshots (its current one), or a version in"
                    + " index/snapshots. Default: the current one there")
    private String snapshot = Home.snapshots().toString();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TARGET",
            description = "A folder, or s3://bucket/prefix; one for each study")
    private String target;

    @Mixin
    private EndpointOption endpoint;

    @ArgGroup(exclusive = false, heading = "Afterwards, remove all published versions but these and the current one:%n")
    private KeepOptions keep = new KeepOptions();

    @Override
    public void run() {
        Retention retention = keep.given() ? keep.retention() : null;
        Path folder = folder();
        try (Store store = Store.at(target, endpoint.address)) {
            Publisher publisher = new Publisher(store);
            var published = publisher.publish(folder, ConsoleProgress.onStandardError());
            System.out.println(
                    published.current().equals(published.version())
                            ? "Version " + published.version() + " is published and current in " + store.name()
                            : "Version " + published.version() + " is published in " + store.name() + "; current is "
                                    + published.current() + ", which was built later and published meanwhile");
            if (retention != null) {
                publisher.prune(retention, false).forEach(e -> System.out.println(KeepOptions.line(e, false)));
            }
        }
    }

    private Path folder() {
        Path given = Path.of(snapshot);
        if (!Files.isDirectory(given) && SnapshotFiles.VERSION.matcher(snapshot).matches()) {
            given = Home.snapshots().resolve(snapshot);
        }
        if (!Files.isDirectory(given)) {
            throw new Problem(
                    "--snapshot " + snapshot,
                    "there is no such folder or version",
                    "check it, or build one with gapx snapshot build");
        }
        return Files.exists(given.resolve(SnapshotFiles.MANIFEST)) ? given : current(given);
    }

    private static Path current(Path folder) {
        try {
            return SnapshotFiles.current(folder)
                    .map(folder::resolve)
                    .orElseThrow(() -> new Problem(
                            "--snapshot " + folder,
                            "holds no snapshot",
                            "name one snapshot's folder, or build one with gapx snapshot build"));
        } catch (IOException e) {
            throw new Problem(folder.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the folder", e);
        }
    }
}
