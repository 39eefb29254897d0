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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
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
    private final List<ServedProcess> started = new ArrayList<>();

    @BeforeAll
    static void aHome() throws IOException {
        home = Files.createDirectory(folder.resolve("a home"));
        ServedProcess.makeHome(home);
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        for (ServedProcess server : started) {
            server.kill();
        }
        List<ProcessHandle> left = ServedProcess.postgres(home);
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(p -> p.onExit().join());
    }

    @Test
    void noAcknowledgedViewIsLostHoweverOftenTheServerIsKilled() throws Exception {
        Map<String, String> kept = new ConcurrentHashMap<>();
        for (int round = 0; round < KILLS; round++) {
            ServedProcess server = start(home, Map.of());
            awaitSaving(server);
            assertOpen(server, kept);
            assertThat(postmasters()).as("PostgreSQL servers of this home").hasSize(1);
            Thread people = Thread.ofPlatform().start(() -> saveUntilKilled(server, kept));
            int before = kept.size();
            server.await("saving", PATIENCE, () -> kept.size() > before);
            Thread.sleep(ThreadLocalRandom.current().nextInt(200));
            if (round % 2 == 1) {
                postmasters().forEach(ProcessHandle::destroyForcibly);
            }
            server.kill();
            people.join();
        }
        ServedProcess server = start(home, Map.of());
        awaitSaving(server);
        assertOpen(server, kept);
        server.stop();
        assertThat(ServedProcess.postgres(home)).as("left after a polite stop").isEmpty();
    }

    @Test
    void withTheDatabaseAwaySavingSaysSoAndBrowsingGoesOnUntilItIsBack() throws Exception {
        ServedProcess server = start(home, Map.of());
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
        ServedProcess first = launch(home, Map.of());
        ServedProcess second = launch(home, Map.of());
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
            ServedProcess server = start(bare, environment);
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
            server = start(bare, environment);
            awaitSaving(server);
            assertOpen(server, kept);
            server.stop();
        }
        assertThat(bare.resolve("index/catalog")).doesNotExist();
        assertThat(ServedProcess.postgres(bare)).isEmpty();
    }

    private ServedProcess launch(Path where, Map<String, String> environment) throws IOException {
        ServedProcess server = ServedProcess.launch(where, environment);
        started.add(server);
        return server;
    }

    private ServedProcess start(Path where, Map<String, String> environment) throws Exception {
        ServedProcess server = launch(where, environment);
        awaitReady(server);
        return server;
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
