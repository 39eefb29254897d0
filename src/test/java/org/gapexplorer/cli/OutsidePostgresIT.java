package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gapexplorer.cli.SavedLinks.assertBrowsingGoesOn;
import static org.gapexplorer.cli.SavedLinks.assertOpen;
import static org.gapexplorer.cli.SavedLinks.awaitSaving;
import static org.gapexplorer.cli.SavedLinks.post;
import static org.gapexplorer.cli.SavedLinks.save;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.catalog.DebianPostgres;
import org.gapexplorer.catalog.Relay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server over a PostgreSQL that an operator runs: its rights, its back-ups, its absence. */
@Tag("long")
@Timeout(600)
class OutsidePostgresIT {
    /** How long PostgreSQL hangs; -Dgapx.hang=60 for a minute. */
    private static final Duration HANGS = Duration.ofSeconds(Integer.getInteger("gapx.hang", 8));
    /** Of a page while saving waits for the database. */
    private static final Duration FAST = Duration.ofSeconds(1);
    /** Twice what CatalogPool lets a connection be silent. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final Pattern SECRET = Pattern.compile("/v/([a-z0-9]+)/delete\\?secret=([A-Za-z0-9_-]+)");

    @TempDir
    static Path folder;

    private static Path home;
    private final Servers servers = new Servers();

    @BeforeAll
    static void aHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        ServedProcess.makeHome(home);
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        servers.kill(home);
    }

    @Test
    void anOrdinaryRoleOverTlsIsEnoughAndDumpsComeBackUnderARunningServer() throws Exception {
        try (DebianPostgres postgres = DebianPostgres.start(true)) {
            String identity =
                    DebianPostgres.KEEPER + ":" + URLEncoder.encode(DebianPostgres.PASSWORD, StandardCharsets.UTF_8);
            String address = postgres.url().replace("//", "//" + identity.replace("+", "%20") + "@");
            ServedProcess server =
                    servers.start(home, Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", address + "?sslmode=require"));
            awaitSaving(server);
            Map<String, String> kept = new LinkedHashMap<>();
            save(server, "one", kept);
            save(server, "two", kept);
            assertThat(postgres.rows("select count(*) from pg_stat_ssl s join pg_stat_activity a using (pid)"
                            + " where a.datname = 'views' and not s.ssl"))
                    .containsExactly("0");

            Matcher told = SECRET.matcher(post(server, "/", "gone").body());
            assertThat(told.find()).isTrue();
            Map<String, String> secret = Map.of("secret", told.group(2));
            assertThat(server.post("/v/" + told.group(1) + "/delete", secret).statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/v/" + told.group(1)).statusCode()).isEqualTo(404);

            String dump = folder.resolve("views.dump").toString();
            postgres.client("pg_dump", "--format=custom", "--file=" + dump, "views");
            postgres.admin("drop database views with (force)");
            assertThat(post(server, "/", "x").statusCode()).isEqualTo(503);
            postgres.admin("create database views owner " + DebianPostgres.KEEPER);
            postgres.client("pg_restore", "--dbname=views", "--exit-on-error", "--single-transaction", dump);
            awaitSaving(server);
            assertOpen(server, kept);
            save(server, "three", kept);
            assertOpen(server, kept);
            server.stop();
            assertThat(server.output()).doesNotContain("\tat ", "secret: of/theirs");
        }
        assertThat(home.resolve("index/catalog")).doesNotExist();
    }

    @Test
    void aDatabaseThatHangsIsKilledOrIsNotThereYetStopsSavingAloneAndComesBack() throws Exception {
        try (DebianPostgres postgres = DebianPostgres.start(false)) {
            postgres.kill();
            ServedProcess server = servers.start(home, environment(postgres.port));
            assertAway(server);
            postgres.start();
            awaitSaving(server);
            Map<String, String> kept = new LinkedHashMap<>();
            save(server, "begun without", kept);

            postgres.signal("STOP");
            long back = System.nanoTime() + HANGS.toNanos();
            try (Crowd savers = new Crowd(server, 12)) {
                do {
                    assertFast(server);
                } while (System.nanoTime() < back);
                assertAway(server);
                postgres.signal("CONT");
                awaitSaving(server);
                assertThat(savers.answers()).containsOnly(201, 503);
            }
            save(server, "after hanging", kept);

            postgres.kill();
            assertAway(server);
            assertFast(server);
            postgres.start();
            awaitSaving(server);
            save(server, "after kill -9", kept);
            assertThat(kept).hasSize(3);
            assertOpen(server, kept);
            server.stop();
            assertThat(server.output()).doesNotContain("\tat ");
        }
    }

    /** A host that lost its power, or a network that drops packets: the pool's connections are dead and nobody says so. */
    @Test
    void connectionsThatDieWithoutAWordAreReplaced() throws Exception {
        try (DebianPostgres postgres = DebianPostgres.start(false);
                Relay relay = new Relay(postgres.port)) {
            ServedProcess server = servers.start(home, environment(relay.port()));
            awaitSaving(server);
            Map<String, String> kept = new LinkedHashMap<>();
            try (Crowd savers = new Crowd(server, 12)) {
                save(server, "before", kept);
                relay.loseConnections();
                server.await(
                        "saving again", SILENCE, () -> post(server, "/", "x").statusCode() == 201);
                assertThat(savers.answers()).containsOnly(201, 503);
            }
            save(server, "after", kept);
            assertOpen(server, kept);
            server.stop();
        }
    }

    private static Map<String, String> environment(int port) {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:" + port + "/views",
                "QUARKUS_DATASOURCE_USERNAME", DebianPostgres.KEEPER,
                "QUARKUS_DATASOURCE_PASSWORD", DebianPostgres.PASSWORD);
    }

    private static void assertAway(ServedProcess server) throws Exception {
        long begun = System.nanoTime();
        HttpResponse<String> saved = post(server, "/", "x");
        assertThat(saved.statusCode()).isEqualTo(503);
        assertThat(saved.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(saved.body()).contains("the database does not answer").doesNotContain("Exception");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    private static void assertFast(ServedProcess server) throws Exception {
        long begun = System.nanoTime();
        assertBrowsingGoesOn(server);
        // six pages
        assertThat(Duration.ofNanos((System.nanoTime() - begun) / 6)).isLessThan(FAST);
    }
}
