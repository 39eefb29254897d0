package org.gapexplorer.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.gapexplorer.study.Problem;

/**
 * A PostgreSQL of the explorer's own, on loopback, with a random password, over a folder that lasts. Every commit is on
 * disk before it is answered (fsync and synchronous_commit on).
 *
 * <p>One process owns the folder (a file lock says which). A PostgreSQL that a killed owner left running is taken over. A
 * second process beside a living owner uses the owner's, and owns the folder when the first ends. A PostgreSQL that dies
 * is started again on the same port, as often as it takes.
 *
 * <p>PostgreSQL does not run as root; started by root it runs in a user namespace of its own ({@code unshare}).
 */
public final class EmbeddedPostgres implements AutoCloseable {
    static final String USER = "gapexplorer";

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class.getName());
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final String DATABASE = "postgres";

    private final PostgresFolder folder;
    private final String password;
    private final int port;
    /** The one that this process, the owner, has started or taken over; null before. */
    private ProcessHandle postmaster;

    private volatile boolean closing;

    private EmbeddedPostgres(Path path) throws IOException, InterruptedException {
        folder = new PostgresFolder(path);
        password = folder.password();
        port = folder.port();
    }

    /**
     * Settles the address and the password, which is quick; {@link #start()} does the rest.
     *
     * @throws Problem where the folder cannot be used
     */
    public static EmbeddedPostgres in(Path folder) {
        try {
            return new EmbeddedPostgres(folder);
        } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
            throw unusable(folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable(folder, e);
        }
    }

    /** Address for the reactive client. */
    public String reactiveUrl() {
        return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** Address for JDBC, which only migrations use. */
    public String jdbcUrl() {
        return "jdbc:" + reactiveUrl();
    }

    /** Both, with the name and the password. */
    CatalogAddress address() {
        return new CatalogAddress(reactiveUrl(), USER, password);
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /**
     * Makes the database where there is none and starts it; returns when it takes connections. From then on it is kept
     * running, also where it could not be started at first.
     *
     * @throws Problem where it does not start; the message holds the end of its log
     */
    public void start() {
        try {
            look();
            keep(false);
        } catch (Problem e) {
            keep(true);
            throw e;
        }
    }

    /** Stops it where this process owns it: no new connections, open transactions rolled back, everything on disk. */
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            notifyAll();
            try {
                stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.warning("PostgreSQL did not stop: " + e.getMessage());
            }
            try {
                folder.close();
            } catch (IOException e) {
                LOG.fine(e::toString);
            }
        }
    }

    private void keep(boolean failed) {
        Thread.ofPlatform().daemon().name("keep PostgreSQL").start(() -> keepRunning(failed));
    }

    /**
     * Looks after it until this is closed; after a failure less and less often.
     *
     * @param failed whether the last look did, and somebody was told
     */
    private void keepRunning(boolean failed) {
        boolean told = failed;
        long pause = LOOK_EVERY_MILLIS;
        while (sleep(pause)) {
            try {
                look();
                if (told) {
                    LOG.info("PostgreSQL runs again");
                }
                told = false;
                pause = LOOK_EVERY_MILLIS;
            } catch (Problem e) {
                if (!told) {
                    LOG.warning("Views cannot be saved until PostgreSQL runs again: " + e.getMessage());
                }
                told = true;
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    /** False once this is closed. */
    private synchronized boolean sleep(long millis) {
        try {
            if (!closing) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closing;
    }

    /** Takes over or starts what does not run, if that is this process's to do, and waits until it takes connections. */
    private synchronized void look() {
        if (closing || postmaster != null && postmaster.isAlive()) {
            return;
        }
        if (postmaster != null) {
            LOG.warning("PostgreSQL ended; it is started again");
            postmaster = null;
        }
        try {
            long deadline = System.nanoTime() + START_WITHIN.toNanos();
            while (!closing) {
                if (postmaster == null && folder.own()) {
                    takeOver();
                }
                if (folder.ready()) {
                    return;
                }
                if (postmaster != null && !postmaster.isAlive()) {
                    postmaster = null;
                    if (folder.running().isEmpty()) {
                        throw notStarted("it ended at once", null);
                    }
                    // one that a process killed just now had begun was quicker, and is taken over
                }
                if (System.nanoTime() > deadline) {
                    throw notStarted("it did not answer in time", null);
                }
                TimeUnit.MILLISECONDS.sleep(25);
            }
        } catch (IOException e) {
            throw notStarted(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStarted("interrupted", e);
        }
    }

    /** Uses the one that an owner before left running; starts one where there is none, or only one on another port. */
    private void takeOver() throws IOException, InterruptedException {
        postmaster = folder.running().orElse(null);
        if (postmaster != null && folder.runningPort() != port) {
            stop();
            postmaster = null;
        }
        folder.keepPort(port);
        if (postmaster == null) {
            launch();
        }
    }

    private void launch() throws IOException, InterruptedException {
        Path binaries = PostgresBinaries.in(folder);
        if (!Files.exists(folder.data().resolve("PG_VERSION"))) {
            makeDatabase(binaries);
        }
        folder.disownPidFile();
        List<String> command = command(binaries, "postgres", "-D", folder.data().toString());
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "password_encryption=scram-sha-256",
                "max_connections=30",
                "shared_buffers=16MB",
                "log_destination=stderr",
                "logging_collector=off")) {
            command.addAll(List.of("-c", setting));
        }
        postmaster = new ProcessBuilder(command)
                .directory(folder.path.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start()
                .toHandle();
    }

    private void makeDatabase(Path binaries) throws IOException, InterruptedException {
        Path fresh = folder.unfinished("data.new-");
        Process process = new ProcessBuilder(command(
                        binaries,
                        "initdb",
                        "--pgdata=" + fresh,
                        "--username=" + USER,
                        "--pwfile=" + folder.passwordFile(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--no-locale"))
                .redirectErrorStream(true)
                .start();
        String said;
        try (InputStream out = process.getInputStream()) {
            said = new String(out.readAllBytes());
        }
        if (process.waitFor() != 0) {
            throw new IOException("initdb says: " + said.strip());
        }
        Files.move(fresh, folder.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> command(Path binaries, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void stop() throws IOException, InterruptedException {
        if (postmaster == null || !postmaster.isAlive()) {
            return;
        }
        // SIGINT is PostgreSQL's "fast" shutdown; SIGTERM would wait for every client to leave
        new ProcessBuilder("kill", "-INT", String.valueOf(postmaster.pid()))
                .start()
                .waitFor();
        try {
            postmaster.onExit().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("it still runs " + STOP_WITHIN.toSeconds() + " s after it was told to stop", e);
        }
    }

    private Problem notStarted(String why, Exception cause) {
        String end = folder.endOfLog();
        return new Problem(
                folder.path.toString(),
                "PostgreSQL did not start (" + why + ")" + (end.isEmpty() ? "" : "; its log ends: " + end),
                "set QUARKUS_DATASOURCE_REACTIVE_URL to a database of yours, or go on without saved views",
                cause);
    }

    private static Problem unusable(Path folder, Exception cause) {
        return new Problem(
                folder.toString(),
                "the database's folder cannot be used ("
                        + (cause instanceof IOException io ? Problem.reason(io) : cause.getMessage()) + ")",
                "free some space, choose a folder you may write to, or set QUARKUS_DATASOURCE_REACTIVE_URL",
                cause);
    }
}
