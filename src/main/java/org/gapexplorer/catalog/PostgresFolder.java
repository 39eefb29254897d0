package org.gapexplorer.catalog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * What lies in the folder of the explorer's own PostgreSQL: {@code lock} (held by the process that owns it), {@code
 * password} and {@code port} (made once), {@code data}, {@code postgresql.log}, and PostgreSQL's programs.
 */
final class PostgresFolder implements AutoCloseable {
    private static final long LOG_BYTES = 1 << 20;
    private static final Duration OWNER_WRITES_WITHIN = Duration.ofSeconds(10);
    /** In postmaster.pid: the line with the port, and the one that says "ready". */
    private static final int PORT_LINE = 3;

    private static final int STATUS_LINE = 7;

    final Path path;
    private final FileChannel lockFile;
    private FileLock lock;

    PostgresFolder(Path path) throws IOException {
        this.path = Files.createDirectories(path).toRealPath();
        Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwx------"));
        lockFile = FileChannel.open(this.path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Whether this process owns the folder; if nobody does, it does from now on, until it ends. */
    boolean own() throws IOException {
        if (lock == null) {
            lock = lockFile.tryLock();
        }
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    Path data() {
        return path.resolve("data");
    }

    Path passwordFile() {
        return path.resolve("password");
    }

    /** A fresh folder to write in. What a killed process left of one with this prefix is deleted. */
    Path unfinished(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path left : files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .toList()) {
                try {
                    PathUtils.deleteDirectory(left);
                } catch (IOException e) {
                    // an initdb of the killed process still writes there; the next start finds it
                }
            }
        }
        return Files.createTempDirectory(path, prefix);
    }

    /** Where PostgreSQL writes its log; a long one becomes the old one. */
    Path log() throws IOException {
        Path log = path.resolve("postgresql.log");
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, path.resolve("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    /** The last lines of the log, for messages. */
    String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(path.resolve("postgresql.log"));
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** The password, which only the owner of the account can read; the folder's owner makes it. */
    String password() throws IOException, InterruptedException {
        if (own() && !Files.exists(passwordFile())) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            write(passwordFile(), HexFormat.of().formatHex(random));
        }
        return written(passwordFile());
    }

    /** The port of the PostgreSQL that runs here, else of the one before, so that who waits for it finds it again. */
    int port() throws IOException, InterruptedException {
        Path file = path.resolve("port");
        if (own()) {
            int port = running().isPresent() ? runningPort() : freePort(file);
            keepPort(port);
        }
        return Integer.parseInt(written(file));
    }

    /** Tells other processes the port that this one, the owner, uses; on a full disk too, where it is the one of before. */
    void keepPort(int port) throws IOException {
        Path file = path.resolve("port");
        String text = String.valueOf(port);
        if (!Files.exists(file) || !Files.readString(file).strip().equals(text)) {
            write(file, text);
        }
    }

    /** The PostgreSQL that postmaster.pid names, if it lives and its program is one of this folder's. */
    Optional<ProcessHandle> running() throws IOException {
        return running(pidLines());
    }

    private Optional<ProcessHandle> running(List<String> lines) {
        if (lines.size() <= PORT_LINE || !lines.getFirst().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info()
                        .command()
                        .filter(program -> Path.of(program).startsWith(path))
                        .isPresent());
    }

    int runningPort() throws IOException {
        return Integer.parseInt(pidLines().get(PORT_LINE).strip());
    }

    /** Whether a PostgreSQL runs here and says that it takes connections. */
    boolean ready() throws IOException {
        List<String> lines = pidLines();
        return running().isPresent()
                && lines.size() > STATUS_LINE
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /**
     * Lets PostgreSQL replace the postmaster.pid of a dead one, even where another program has that process number by now:
     * it takes its parent's number for such a case. The rest of the file must stay, since by it PostgreSQL notices
     * processes of the dead one that still use the data. That of one which a process killed just now had begun is left
     * alone: it may have written it since somebody looked.
     */
    void disownPidFile() throws IOException {
        List<String> lines = new ArrayList<>(pidLines());
        if (running(lines).isPresent()) {
            return;
        }
        if (lines.size() <= PORT_LINE) {
            Files.deleteIfExists(pidFile());
        } else {
            lines.set(0, String.valueOf(ProcessHandle.current().pid()));
            Files.write(pidFile(), lines);
        }
    }

    private List<String> pidLines() throws IOException {
        return Files.exists(pidFile()) ? Files.readAllLines(pidFile()) : List.of();
    }

    private Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    /** What the owner wrote, perhaps only just now. */
    private String written(Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + OWNER_WRITES_WITHIN.toNanos();
        while (!Files.exists(file)) {
            if (System.nanoTime() > deadline) {
                throw new AccessDeniedException(
                        file.toString(), null, "another process has the folder and writes none");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Files.readString(file).strip();
    }

    /** Whole or not at all, even if this process is killed. */
    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The port in the file if nothing listens there, else any. */
    private static int freePort(Path file) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        if (Files.exists(file)) {
            try (ServerSocket socket =
                    new ServerSocket(Integer.parseInt(Files.readString(file).strip()), 1, loopback)) {
                return socket.getLocalPort();
            } catch (IOException | IllegalArgumentException e) {
                // taken, or no port
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            return socket.getLocalPort();
        }
    }
}
