package org.gapexplorer.cli;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Logger;
import org.gapexplorer.catalog.CatalogDatabase;
import org.gapexplorer.snapshot.Shelf;
import org.gapexplorer.study.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the explorer. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serve the explorer over a snapshots folder, on loopback, until interrupted.")
final class ServeCommand implements Runnable {
    private static final Logger LOG = Logger.getLogger(ServeCommand.class.getName());
    private static final String METRICS_PORT = "quarkus.management.port";
    /** As in application.properties. */
    private static final int USUAL_METRICS_PORT = 9000;
    /** Held as long as the process lives. */
    private static FileLock metricsLock;

    @Option(
            names = "--snapshot",
            paramLabel = "DIR",
            description =
                    "Folder of published snapshots, one snapshot, or a folder of such folders, one per study. Default: index/snapshots")
    private Path snapshots = Home.snapshots();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port on 127.0.0.1. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--bucket",
            paramLabel = "s3://BUCKET/PREFIX",
            description = "Mirror what is published there into --snapshot. Default: GAPEXPLORER_BUCKET, or none")
    private String bucket = System.getenv("GAPEXPLORER_BUCKET");

    @Option(
            names = "--rehearse",
            hidden = true,
            description =
                    "Start on some free port, ask for a few pages, and end: what was loaded goes into a start cache.")
    private boolean rehearse;

    @Override
    public void run() {
        if (rehearse) {
            port = Rehearsal.begin();
        }
        if (bucket != null) {
            System.setProperty("gapexplorer.bucket", bucket);
            makeFolder(snapshots);
        }
        serve(snapshots, port);
    }

    private static void makeFolder(Path snapshots) {
        try {
            Files.createDirectories(snapshots);
        } catch (IOException e) {
            throw new Problem(
                    "--snapshot " + snapshots,
                    "cannot be made (" + Problem.reason(e) + ")",
                    "choose a folder you may write to",
                    e);
        }
    }

    static void serve(Path snapshots, int port) {
        checkPort(port);
        beginQuarkus();
        openSnapshots(snapshots);
        System.setProperty("gapexplorer.snapshots", snapshots.toAbsolutePath().toString());
        System.setProperty("quarkus.http.port", String.valueOf(port));
        chooseMetricsPort();
        CatalogDatabase.configure(Home.catalog());
        Ending.onSignals();
        Quarkus.run();
    }

    /**
     * Half of Quarkus's start depends on no setting: its application class does that half when it is initialised, beside the
     * reading of the snapshot. {@link Quarkus#run()} waits for it, and tells what failed.
     */
    private static void beginQuarkus() {
        Thread.ofPlatform().daemon().name("begin Quarkus").start(() -> {
            try {
                Class.forName(Application.APP_CLASS_NAME);
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.fine(e::toString);
            }
        });
    }

    /**
     * Metrics have a port of their own. One that was asked for must be free; where none was and the usual one is taken, as by a
     * second server, the pages are served all the same.
     */
    private static void chooseMetricsPort() {
        String asked = System.getProperty(METRICS_PORT, System.getenv("QUARKUS_MANAGEMENT_PORT"));
        if (asked == null && !(isOurs(USUAL_METRICS_PORT) && isFree(USUAL_METRICS_PORT))) {
            System.setProperty("quarkus.management.host-enabled", "false");
            LOG.info("Port " + USUAL_METRICS_PORT + " is taken, so metrics are not served; QUARKUS_MANAGEMENT_PORT"
                    + " chooses another");
        }
    }

    /** Between asking whether a port is free and listening on it another server may do the same: whoever holds a lock goes first. */
    private static boolean isOurs(int port) {
        Path file = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("gapx-" + System.getProperty("user.name") + "-" + port + ".lock");
        try {
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            metricsLock = channel.tryLock(); // the operating system lets go of it when the process ends
            return metricsLock != null;
        } catch (IOException e) {
            return true; // no place for locks: servers that start together are rare
        }
    }

    private static boolean isFree(int port) {
        try {
            listen(port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void listen(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    /** Fails before the server starts if there is no such folder or what is current in it is broken. */
    private static void openSnapshots(Path snapshots) {
        if (!Files.isDirectory(snapshots)) {
            throw new Problem(
                    "--snapshot " + snapshots,
                    "there is no such folder",
                    "check the path, or fill it with gapx demo or gapx snapshot build");
        }
        if (System.getProperty("gapexplorer.bucket") == null) {
            Shelf.openAhead(snapshots);
        } // else what is broken here is fetched again
    }

    /** Fails before any work is done if the port is taken or none. */
    static void checkPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new Problem("--port " + port, "is not a port", "choose one from 1 to 65535");
        }
        try {
            listen(port);
        } catch (IOException e) {
            throw new Problem(
                    "--port " + port,
                    "cannot be listened on (" + e.getMessage() + ")",
                    "stop what uses it, or choose another with --port",
                    e);
        }
    }
}
