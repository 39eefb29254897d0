package org.gapexplorer.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL, killed for real. */
class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    @Test
    void whatWasCommittedOutlivesStopsAndKills() throws Exception {
        Path home = folder.resolve("catalog");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.in(home)) {
            postgres.start();
            execute(postgres, "create table kept (n int)");
            execute(postgres, "insert into kept values (1)");
            assertThat(text(postgres, "show fsync")).isEqualTo("on");
            assertThat(text(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(text(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(text(postgres, "select rolpassword from pg_authid where rolname = 'gapexplorer'"))
                    .startsWith("SCRAM-SHA-256");
            assertThat(Files.readString(home.resolve("data/pg_hba.conf")))
                    .contains("scram-sha-256")
                    .doesNotContain("trust\n");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("password"))))
                .isEqualTo("rw-------");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.in(home)) {
            postgres.start();
            execute(postgres, "insert into kept values (2)");
            long postmaster = Long.parseLong(
                    Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst());
            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            assertThat(eventually(postgres, "select sum(n) from kept")).isEqualTo("3");
        }
    }

    @Test
    void aServerKilledBesideItsPostgresLeavesBothUsable() throws Exception {
        Path home = folder.resolve("catalog");
        Process server = server(home);
        assertThat(server.inputReader().readLine()).isEqualTo("inserted");
        server.destroyForcibly().waitFor();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.in(home)) {
            postgres.start();
            assertThat(text(postgres, "select sum(n) from kept")).isEqualTo("7");
        }
        assertThat(home.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void aServerKilledWhileItMakesItsDatabaseIsNoObstacle() throws Exception {
        Path home = folder.resolve("catalog");
        for (String made : new String[] {".unpacking-", "data.new-", "postgresql.log"}) {
            Process server = server(home);
            awaitFile(home, made);
            server.destroyForcibly().waitFor();
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.in(home)) {
            postgres.start();
            assertThat(text(postgres, "select 1")).isEqualTo("1");
        }
        assertThat(home).isDirectoryNotContaining("glob:**.unpacking-*");
    }

    @Test
    void aPidFileOfADeadOneIsNoObstacleWhoeverHasItsNumberNow() throws Exception {
        Path home = folder.resolve("catalog");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.in(home)) {
            postgres.start();
        }
        Process other = new ProcessBuilder("sleep", "300").start();
        String rest = "\n/data\n0\n5432\n\n127.0.0.1\n0 0\nready   \n";
        String own = String.valueOf(ProcessHandle.current().pid());
        for (String left : new String[] {other.pid() + rest, own + rest, "\0\0\n" + rest, ""}) {
            Files.writeString(home.resolve("data/postmaster.pid"), left);
            try (EmbeddedPostgres postgres = EmbeddedPostgres.in(home)) {
                postgres.start();
                assertThat(text(postgres, "select 1")).isEqualTo("1");
            }
        }
        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly();
    }

    /** A process that was killed had begun it; it writes the file after somebody looked for one that runs. */
    @Test
    void thePidFileOfOneThatBeganJustNowIsLeftAlone() throws Exception {
        Path data = Files.createDirectories(folder.resolve("catalog/data"));
        Path program = Files.copy(
                Path.of("/bin/sleep"), folder.resolve("catalog/postgres"), StandardCopyOption.COPY_ATTRIBUTES);
        Process living = new ProcessBuilder(program.toString(), "300").start();
        Path file = data.resolve("postmaster.pid");
        String text = living.pid() + "\n/data\n0\n5432\n\n127.0.0.1\n0 0\nstarting\n";
        Files.writeString(file, text);
        try (PostgresFolder own = new PostgresFolder(folder.resolve("catalog"))) {
            own.disownPidFile();
            assertThat(file).hasContent(text);
            living.destroyForcibly().waitFor();
            own.disownPidFile();
            assertThat(file)
                    .hasContent(text.replaceFirst(
                            "\\d+", "" + ProcessHandle.current().pid()));
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.in(folder.resolve("catalog"))) {
            postgres.start();
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    /** The server that is killed. */
    public static void main(String[] args) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.in(Path.of(args[0]));
        postgres.start();
        execute(postgres, "create table kept (n int)");
        execute(postgres, "insert into kept values (7)");
        System.out.println("inserted");
        Thread.sleep(Duration.ofMinutes(5));
    }

    /** A process of its own that starts one there, puts a row in, and stays. */
    private static Process server(Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        EmbeddedPostgresTest.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private static void awaitFile(Path home, String prefix) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            String[] names = home.toFile().list();
            if (names != null && Stream.of(names).anyMatch(name -> name.startsWith(prefix))) {
                return;
            }
            assertThat(Instant.now()).as(prefix).isBefore(deadline);
            Thread.sleep(5);
        }
    }

    private static String eventually(EmbeddedPostgres postgres, String query) throws Exception {
        Instant deadline = Instant.now().plusSeconds(90);
        while (true) {
            try {
                return text(postgres, query);
            } catch (SQLException e) {
                if (Instant.now().isAfter(deadline)) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
