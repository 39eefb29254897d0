package org.gapexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gapexplorer.image.Image;
import org.gapexplorer.study.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds the container image. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = "Build a container image (an OCI archive), without a container engine.")
final class ImageCommand implements Runnable {
    @Option(names = "--out", paramLabel = "FILE", description = "Where to. Default: target/gap-explorer.oci.tar")
    private Path out = Home.path().resolve("target/gap-explorer.oci.tar");

    @Option(
            names = "--snapshot",
            paramLabel = "DIR",
            description =
                    "Snapshots to rehearse a start with; they do not go into the image. Default: index/snapshots, if there are any")
    private Path snapshots;

    @Option(
            names = "--no-start-cache",
            description =
                    "Leave the start cache out: the same sources then give the same image on any machine, which starts later.")
    private boolean noCache;

    @Override
    public void run() {
        String arguments = System.getenv("GAPX_ARGUMENTS");
        if (arguments == null) {
            throw new Problem("image", "is built by the launcher", "call it as ./gapx image");
        }
        try {
            String digest = Image.build(
                    new Image.Plan(
                            Path.of(System.getProperty("java.home")),
                            Path.of(arguments),
                            noCache ? null : rehearsed(),
                            Home.path().resolve("target/image"),
                            Main.VERSION),
                    out.toAbsolutePath());
            System.out.println(out + "  " + digest);
        } catch (IOException e) {
            throw new Problem(out.toString(), "cannot be built (" + Problem.reason(e) + ")", "see what it says", e);
        }
    }

    private Path rehearsed() {
        Path given = snapshots == null ? Home.snapshots() : snapshots;
        if (!Files.isDirectory(given)) {
            throw new Problem(
                    "--snapshot " + given,
                    "there is no such folder, and a start cannot be rehearsed without a snapshot",
                    "fill it with gapx demo or gapx snapshot build, or build with --no-start-cache");
        }
        return given;
    }
}
