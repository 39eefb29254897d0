package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gapexplorer.cli.SavedLinks.assertBrowsingGoesOn;
import static org.gapexplorer.cli.SavedLinks.assertOpen;
import static org.gapexplorer.cli.SavedLinks.awaitReady;
import static org.gapexplorer.cli.SavedLinks.awaitSaving;
import static org.gapexplorer.cli.SavedLinks.post;
import static org.gapexplorer.cli.SavedLinks.save;
import static org.gapexplorer.cli.SavedLinks.saveAtOnce;
import static org.gapexplorer.cli.SavedLinks.saveUntilKilled;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gapexplorer.catalog.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Saved views of whole servers, which are killed, and of their PostgreSQL, which is killed, frozen or somebody else's. */
@Timeout(3_600)
class SavedViewsIT {
    private static final Duration PATIENCE = SavedLinks.PATIENCE;
    private static final int KILLS = Integer.getInteger("gapx.rounds", 5);

    @TempDir
    static Path folder;

    private static Path home;
    private final Random random = new Random(Long.getLong("gapx.seed", 1));
    private final Servers servers = new Servers();

    @BeforeAll
    static void aHome() throws IOException {
        home = Files.createDirectory(folder.resolve("a home"));
        ServedProcess.makeHome(home);
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        servers.kill(home);
    }

    @Test
    void noAcknowledgedViewIsLostHoweverOftenTheServerIsKilled() throws Exception {
        // the first one, which ends, leaves its classes for the others, most of whose time would go into loading them
        Map<String, String> quick = Map.of(
                "GAPX_JAVA_ARGS",
                "-XX:TieredStopAtLevel=1 -Xlog:cds=off -Xlog:aot=off -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="
                        + folder.resolve("classes.jsa"));
        Map<String, String> kept = new ConcurrentHashMap<>();
        ServedProcess first = servers.start(home, quick);
        awaitSaving(first);
        save(first, "before", kept);
        first.stop();
        Map<String, String> seenAgain = new HashMap<>();
        for (int round = 0; round < KILLS; round++) {
            ServedProcess server = servers.start(home, quick);
            awaitSaving(server);
            Map<String, String> since = new HashMap<>(kept);
            since.keySet().removeAll(seenAgain.keySet());
            assertOpen(server, since);
            seenAgain.putAll(since);
            assertThat(postmasters()).as("PostgreSQL servers of this home").hasSize(1);
            Thread people = Thread.ofPlatform().start(() -> saveUntilKilled(server, kept));
            int before = kept.size();
            server.await("saving", PATIENCE, () -> kept.size() > before);
            Thread.sleep(random.nextInt(200));
            if (round % 2 == 1) {
                postmasters().forEach(ProcessHandle::destroyForcibly);
            }
            server.kill();
            people.join();
            if ((round + 1) % 10 == 0) {
                System.out.printf("stress: server killed %d times so far, %d views kept%n", round + 1, kept.size());
            }
        }
        ServedProcess server = servers.start(home, Map.of());
        awaitSaving(server);
        assertOpen(server, kept);
        server.stop();
        assertThat(ServedProcess.postgres(home)).as("left after a polite stop").isEmpty();
        System.out.printf(
                "stress: server killed %d times, its PostgreSQL every other time; all %d views are there%n",
                KILLS, kept.size());
    }

    @Test
    void withTheDatabaseAwaySavingSaysSoAndBrowsingGoesOnUntilItIsBack() throws Exception {
        ServedProcess server = servers.start(home, Map.of());
        awaitSaving(server);
        Map<String, String> kept = new LinkedHashMap<>();
        save(server, "before", kept);

        Path program;
        try (Stream<Path> files = Files.list(home.resolve("index/catalog"))) {
            program = files.filter(f -> f.getFileName().toString().startsWith("postgresql-") && Files.isDirectory(f))
                    .findFirst()
                    .orElseThrow()
                    .resolve("bin/postgres");
        }
        Path hidden = program.resolveSibling("postgres-away");
        Files.move(program, hidden);
        ServedProcess.postgres(home).forEach(ProcessHandle::destroyForcibly);
        assertAway(server, kept.keySet().iterator().next());
        TimeUnit.SECONDS.sleep(2);
        assertAway(server, kept.keySet().iterator().next());
        Files.move(hidden, program);
        awaitSaving(server);
        assertOpen(server, kept);
        save(server, "after", kept);

        ServedProcess.postgres(home).forEach(p -> signal("STOP", p));
        saveAtOnce(server, 20, 503);
        assertBrowsingGoesOn(server);
        ServedProcess.postgres(home).forEach(p -> signal("CONT", p));
        awaitSaving(server);
        saveAtOnce(server, 20, 201);
        assertOpen(server, kept);
        server.stop();
        assertThat(server.output()).doesNotContain("\tat ");
    }

    @Test
    void aSecondServerOfTheSameHomeGoesOnWhenTheFirstEnds() throws Exception {
        ServedProcess first = servers.launch(home, Map.of());
        ServedProcess second = servers.launch(home, Map.of());
        Map<String, String> kept = new LinkedHashMap<>();
        for (ServedProcess server : List.of(first, second)) {
            awaitReady(server);
            awaitSaving(server);
            save(server, "by " + server.process.pid(), kept);
        }
        assertThat(postmasters()).hasSize(1);
        first.stop();
        awaitSaving(second);
        assertOpen(second, kept);
        second.stop();
        assertThat(ServedProcess.postgres(home)).isEmpty();
    }

    @Test
    void aDatabaseThatIsConfiguredIsUsedAndNoneStarted() throws Exception {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        ServedProcess.makeHome(bare);
        try (EmbeddedPostgres outside = EmbeddedPostgres.in(folder.resolve("outside"))) {
            outside.start();
            try (Connection connection =
                            DriverManager.getConnection(outside.jdbcUrl(), outside.user(), outside.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("create role keeper login password 'a % secret: of/theirs'");
                statement.execute("create database views owner keeper");
            }
            String address = outside.reactiveUrl().replaceFirst("/[a-z]+$", "/views");
            Map<String, String> environment = Map.of(
                    "QUARKUS_DATASOURCE_REACTIVE_URL", address,
                    "QUARKUS_DATASOURCE_USERNAME", "keeper",
                    "QUARKUS_DATASOURCE_PASSWORD", "a % secret: of/theirs");
            Map<String, String> kept = new LinkedHashMap<>();
            ServedProcess server = servers.start(bare, environment);
            awaitSaving(server);
            save(server, "outside", kept);
            server.kill();
            try (Connection connection =
                            DriverManager.getConnection("jdbc:" + address, "keeper", "a % secret: of/theirs");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select '/v/' || short_id, title from saved_view")) {
                assertThat(rows.next()).isTrue();
                assertThat(kept).containsOnlyKeys(rows.getString(1));
                assertThat(rows.getString(2)).isEqualTo("outside");
            }
            server = servers.start(bare, environment);
            awaitSaving(server);
            assertOpen(server, kept);
            server.stop();
        }
        assertThat(bare.resolve("index/catalog")).doesNotExist();
        assertThat(ServedProcess.postgres(bare)).isEmpty();
    }

    private static List<ProcessHandle> postmasters() throws IOException {
        List<ProcessHandle> all = ServedProcess.postgres(home);
        return all.stream()
                .filter(p -> p.parent().filter(all::contains).isEmpty())
                .toList();
    }

    private static void assertAway(ServedProcess server, String link) throws Exception {
        HttpResponse<String> saved = post(server, "/", "x");
        assertThat(saved.statusCode()).isEqualTo(503);
        assertThat(saved.body())
                .contains("can neither be saved nor opened", "the database does not answer", "try again in a minute")
                .doesNotContain("Exception", "\tat ");
        assertThat(server.get(link).statusCode()).isEqualTo(503);
        assertBrowsingGoesOn(server);
    }

    private static void signal(String signal, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
