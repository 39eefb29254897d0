package org.gapexplorer.catalog;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A PostgreSQL as an operator has it: of the system's own packages (Debian's {@code postgresql}), in a folder of its own on
 * a free port of loopback, asking for passwords (SCRAM), with TLS where asked for. Its database {@code views} belongs to
 * {@code keeper}, who is no superuser.
 */
public final class DebianPostgres implements AutoCloseable {
    public static final String KEEPER = "keeper";
    public static final String PASSWORD = "a % secret: of/theirs";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final int ADMIN_PATIENCE_SECONDS = 30;

    public final int port;
    private final Path bin;
    private final Path folder;
    private final boolean tls;
    private Process postmaster;

    private DebianPostgres(Path bin, boolean tls) throws IOException, InterruptedException {
        this.bin = bin;
        this.tls = tls;
        folder = Files.createTempDirectory("postgres");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (root()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            run("chown", "-R", "postgres", folder.toString());
        }
        run(command(
                "initdb",
                "--pgdata=" + data(),
                "--username=postgres",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale"));
        if (tls) {
            makeCertificate();
        }
    }

    /** Makes one and starts it; where the package is not installed, the test is skipped. */
    public static DebianPostgres start(boolean tls) throws Exception {
        assumeTrue(newest() != null, "PostgreSQL of the system is not installed: apt-get install postgresql");
        DebianPostgres postgres = new DebianPostgres(newest(), tls);
        postgres.start();
        postgres.admin("create role " + KEEPER + " login nosuperuser nocreatedb password '" + PASSWORD + "'");
        postgres.admin("create database views owner " + KEEPER);
        return postgres;
    }

    private static Path newest() {
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(v -> v.resolve("bin"))
                    .filter(b -> Files.isExecutable(b.resolve("postgres")))
                    .max(Comparator.comparingInt(
                            b -> Integer.parseInt(b.getParent().getFileName().toString())))
                    .orElse(null);
        } catch (IOException notThere) {
            return null;
        }
    }

    /** Starts it, on the same port each time, and waits until it answers. */
    public void start() throws IOException, InterruptedException, SQLException {
        List<String> command = command("postgres", "-D", data().toString());
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                "ssl=" + (tls ? "on" : "off"),
                "ssl_cert_file=" + certificate(),
                "ssl_key_file=" + folder.resolve("server.key"))) {
            command.addAll(List.of("-c", setting));
        }
        postmaster = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        for (int i = 0; ; i++) {
            try {
                admin("select 1");
                return;
            } catch (SQLException e) {
                if (i > 10 * ADMIN_PATIENCE_SECONDS || !postmaster.isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("log")), e);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** For the reactive client and, with jdbc: before it, for JDBC. */
    public String url() {
        return "postgresql://127.0.0.1:" + port + "/views";
    }

    public CatalogAddress address() {
        return new CatalogAddress(url(), KEEPER, PASSWORD);
    }

    /** Of the server's own authority; it stands for localhost. */
    public Path certificate() {
        return folder.resolve("server.crt");
    }

    /** As superuser, in the database {@code postgres}. */
    public void admin(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of a query's answer, as superuser. */
    public List<String> rows(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) rows.add(found.getString(1));
            return rows;
        }
    }

    /** One of PostgreSQL's programs, as the keeper, against the database. */
    public void client(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(bin.resolve(program).toString()));
        command.addAll(List.of("--host=127.0.0.1", "--port=" + port, "--username=" + KEEPER));
        command.addAll(List.of(arguments));
        run(command);
    }

    /** A line as operators type it, in some folder; the keeper and the database are what PostgreSQL's programs take if nothing is said. */
    public void shell(String line, Path where) throws IOException, InterruptedException {
        run(
                List.of("sh", "-c", line),
                where,
                Map.of(
                        "PATH",
                        bin + ":" + System.getenv("PATH"),
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        String.valueOf(port),
                        "PGUSER",
                        KEEPER,
                        "PGDATABASE",
                        "views"));
    }

    /** SIGSTOP or SIGCONT to every one of its processes: its host hangs, and is back. */
    public void signal(String signal) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        postgres().forEach(p -> command.add(String.valueOf(p.pid())));
        run(command);
    }

    /** Ends all of it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> all = postgres();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(p -> p.onExit().join());
        postmaster.destroyForcibly().waitFor();
    }

    private List<ProcessHandle> postgres() {
        return Stream.concat(Stream.of(postmaster.toHandle()), postmaster.descendants())
                .toList();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        PathUtils.deleteDirectory(folder);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void makeCertificate() throws IOException, InterruptedException {
        Path key = folder.resolve("server.key");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout",
                key.toString(),
                "-out",
                certificate().toString());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        if (root()) {
            run("chown", "postgres", key.toString());
        }
    }

    /** It refuses to run as root. */
    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private void run(String... command) throws IOException, InterruptedException {
        run(List.of(command));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        run(command, folder, Map.of());
    }

    private static void run(List<String> command, Path where, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", PASSWORD);
        builder.environment().putAll(environment);
        builder.directory(where.toFile());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command + " says: " + said);
        }
    }
}
