package org.gapexplorer.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.flywaydb.core.Flyway;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Back-ups of the explorer's own PostgreSQL and of the system's, whose versions differ. */
class CatalogBackupTest {
    private static final String HOSTILE = "'; drop table saved_view; -- \\\"\n\t\u202e<b>\ud83d\ude80 {\"rows\": 1}";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres own;

    @BeforeAll
    static void start() {
        own = EmbeddedPostgres.in(folder.resolve("catalog"));
        own.start();
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @BeforeEach
    void anEmptyCatalog() throws SQLException {
        run(
                own.address(),
                "drop schema public cascade; create schema public; drop schema if exists gapx_restore cascade");
    }

    @Test
    void itKnowsEveryTable() throws SQLException {
        migrate(own.address(), "latest");
        assertThat(rows(
                        own.address(),
                        "select table_name from information_schema.tables where table_schema = 'public'"
                                + " and table_name <> 'flyway_schema_history'"))
                .containsExactlyInAnyOrderElementsOf(CatalogBackup.TABLES);
    }

    @Test
    void whatIsBackedUpAndRestoredIsTheSameInEveryColumnEvenInAnotherPostgres() throws Exception {
        fill(own.address(), 300);
        Path file = folder.resolve("all.gz");
        assertThat(new CatalogBackup(own.address()).write(file))
                .isEqualTo(Map.of("saved_view", 301L, "saved_footprint", 2L, "label_flag", 3L));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        List<String> before = everything(own.address());
        anEmptyCatalog();
        new CatalogBackup(own.address()).restore(file, false);
        assertThat(everything(own.address())).isEqualTo(before);
        assertThat(rows(own.address(), "select nspname from pg_namespace where nspname like 'gapx%'"))
                .isEmpty();
        flag(own.address());
        assertThat(rows(own.address(), "select max(id)::text from label_flag")).containsExactly("4");
        run(own.address(), "delete from label_flag where id = 4");
        try (DebianPostgres outside = DebianPostgres.start(false)) {
            new CatalogBackup(outside.address()).restore(file, false);
            assertThat(everything(outside.address())).isEqualTo(before);
            Path back = folder.resolve("back.gz");
            new CatalogBackup(outside.address()).write(back);
            new CatalogBackup(own.address()).restore(back, true);
            assertThat(everything(own.address())).isEqualTo(before);
        }
    }

    @Test
    void aCatalogThatIsNotEmptyIsReplacedOnlyIfToldSo() throws Exception {
        fill(own.address(), 3);
        Path file = folder.resolve("three.gz");
        new CatalogBackup(own.address()).write(file);
        List<String> before = everything(own.address());
        run(own.address(), "update saved_view set title = 'changed'");
        assertThatThrownBy(() -> new CatalogBackup(own.address()).restore(file, false))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll("holds 4 rows of saved_view already", "--replace");
        assertThat(rows(own.address(), "select title from saved_view")).containsOnly("changed");
        new CatalogBackup(own.address()).restore(file, true);
        assertThat(everything(own.address())).isEqualTo(before);
    }

    /** Before they had a term views lasted for ever; the second migration gives them five years. */
    @Test
    void aBackUpOfAnOlderMigrationIsBroughtUpToDate() throws Exception {
        migrate(own.address(), "1");
        run(
                own.address(),
                "insert into saved_view values ('2222222222', '/', 'old', '', 'v', now(), sha256('x'::bytea))");
        Path file = folder.resolve("old.gz");
        assertThat(new CatalogBackup(own.address()).write(file))
                .isEqualTo(Map.of("saved_view", 1L, "saved_footprint", 0L, "label_flag", 0L));
        anEmptyCatalog();
        new CatalogBackup(own.address()).restore(file, false);
        assertThat(
                        rows(
                                own.address(),
                                "select title, expires - now() between interval '1825 days' and interval '1827 days' from saved_view"))
                .containsExactly("old|t");
    }

    /** Footprints did not name their study; the fifth migration leaves it empty. */
    @Test
    void aFootprintOfAnOlderMigrationNamesNoStudy() throws Exception {
        migrate(own.address(), "4");
        run(
                own.address(),
                "insert into saved_footprint values ('2222222222', 'old', 'v1', repeat('a', 64), 'lens', 3, '{}',"
                        + " now(), now(), sha256('x'::bytea))");
        Path file = folder.resolve("unnamed.gz");
        new CatalogBackup(own.address()).write(file);
        anEmptyCatalog();
        new CatalogBackup(own.address()).restore(file, false);
        assertThat(rows(own.address(), "select title, study from saved_footprint"))
                .containsExactly("old|");
    }

    /** Of views, footprints and what is over, in an operator's own PostgreSQL. */
    @Test
    void theCommandInTheManualListsTheVersionsThatPruningMustKeep() throws Exception {
        Matcher command = Pattern.compile("psql -Atc \"[^\"]+\" > pinned.txt")
                .matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(command.find()).isTrue();
        try (DebianPostgres outside = DebianPostgres.start(false)) {
            migrate(outside.address(), "latest");
            run(
                    outside.address(),
                    "insert into saved_view (short_id, path, title, note, snapshot, created, secret_hash, expires)"
                            + " select i::text, '/', '', '', 'view-' || i % 3, now(), sha256('a'::bytea),"
                            + " now() + (i % 3 - 0.5) * interval '1 day' from generate_series(1, 9) i");
            run(
                    outside.address(),
                    "insert into saved_footprint select i::text, '', 'footprint-' || i, repeat('a', 64), 'l', 1, '{}',"
                            + " now(), now() + (i - 1.5) * interval '1 day', sha256('b'::bytea), 's'"
                            + " from generate_series(1, 2) i");
            outside.shell(command.group(), folder);
            assertThat(Files.readAllLines(folder.resolve("pinned.txt")))
                    .containsExactlyInAnyOrder("view-1", "view-2", "footprint-2");
        }
    }

    /** Whatever byte is changed, wherever the file ends: nothing of it is taken, and what was there stays. */
    @Test
    void aDamagedFileChangesNothing() throws Exception {
        fill(own.address(), 20);
        Path good = folder.resolve("good.gz");
        new CatalogBackup(own.address()).write(good);
        run(own.address(), "update saved_view set title = 'changed'");
        List<String> before = everything(own.address());
        byte[] bytes = Files.readAllBytes(good);
        Random random = new Random(7);
        Path bad = folder.resolve("bad.gz");
        for (int i = 0; i < 12; i++) {
            byte[] damaged = i % 2 == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            if (i % 2 == 1) {
                // past the ten bytes of gzip's header, some of which say nothing
                damaged[10 + random.nextInt(bytes.length - 10)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(bad, damaged);
            assertThatThrownBy(() -> new CatalogBackup(own.address()).restore(bad, true))
                    .as("damage " + i)
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith(bad.toString());
        }
        assertThat(everything(own.address())).isEqualTo(before);
    }

    @Test
    void whatIsNoBackUpIsRefusedInOneLine() throws Exception {
        fill(own.address(), 1);
        Path file = folder.resolve("edited.gz");
        new CatalogBackup(own.address()).write(file);
        String text = text(file);
        for (String other : List.of(
                "",
                "\n",
                "[]",
                "{\"gapx\":\"study\"}\n",
                text.replace("\"catalog\"", "\"x\""),
                text.replaceFirst("\"migration\":\"\\d+\"", "\"migration\":\"999\""),
                text.replace("\"table\":\"saved_view\"", "\"table\":\"pg_user\""),
                text.replaceFirst("\"path\":\"/", "\"path\":\""),
                text.replaceFirst("\"short_id\":\"[^\"]*\",", ""),
                text.replaceFirst("(?s)\\{\"rows.*", ""),
                text.replaceFirst("\"saved_view\":2", "\"saved_view\":1"))) {
            write(file, other);
            assertThatThrownBy(() -> new CatalogBackup(own.address()).restore(file, true))
                    .as(other)
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith(file.toString());
        }
        Files.writeString(file, text);
        assertThatThrownBy(() -> new CatalogBackup(own.address()).restore(file, true))
                .isInstanceOf(Problem.class);
        assertThat(rows(own.address(), "select count(*) from saved_view")).containsExactly("2");
    }

    private static void migrate(CatalogAddress address, String target) {
        Flyway.configure()
                .dataSource(address.jdbc(), address.user(), address.password())
                .locations("classpath:db/migration")
                .target(target)
                .load()
                .migrate();
    }

    /** That many views, one with hostile texts, and two footprints. */
    private static void fill(CatalogAddress address, int views) throws SQLException {
        migrate(address, "latest");
        run(
                address,
                "insert into saved_view (short_id, path, title, note, snapshot, created, secret_hash, expires)"
                        + " select lpad(i::text, 10, '0'), '/concepts?page=' || i, 'View ' || i, repeat('ä', i), 'v1',"
                        + " timestamptz '2026-01-01 12:00:00.123456+02' + i * interval '1.000001 s', sha256(i::text::bytea),"
                        + " now() + interval '1 year' from generate_series(1, " + views + ") i");
        try (Connection database = address.connect();
                var insert = database.prepareStatement("insert into saved_view values"
                        + " ('zzzzzzzzzz', ?, ?, ?, 'v1', now(), sha256('a'::bytea), now())")) {
            insert.setString(1, "/concepts?q=" + HOSTILE);
            insert.setString(2, HOSTILE);
            insert.setString(3, HOSTILE);
            insert.executeUpdate();
        }
        run(
                address,
                "insert into saved_footprint select '222222222' || i, 't', 'v1', repeat('a', 64), 'lens', 3,"
                        + " '{\"mass\": [' || repeat('0.25, ', i * 100000) || '1]}', now(), now(), sha256('b'::bytea), 'tides'"
                        + " from generate_series(1, 2) i");
        for (int i = 0; i < 3; i++) flag(address);
    }

    private static void flag(CatalogAddress address) throws SQLException {
        run(
                address,
                "insert into label_flag (study, snapshot, concept, label, fault, suggestion, created)"
                        + " values ('', 'v1', 7, 'tides', 'wrong', 'boats', now())");
    }

    private static List<String> everything(CatalogAddress address) throws SQLException {
        List<String> all = new ArrayList<>();
        for (String table : CatalogBackup.TABLES) {
            all.addAll(rows(address, "select t::text from " + table + " t order by 1"));
        }
        return all;
    }

    private static List<String> rows(CatalogAddress address, String query) throws SQLException {
        try (Connection database = address.connect();
                Statement statement = database.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            ResultSet found = statement.executeQuery(query);
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) cells.add(found.getString(i));
                rows.add(String.join("|", cells));
            }
            return rows;
        }
    }

    private static void run(CatalogAddress address, String sql) throws SQLException {
        try (Connection database = address.connect();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Path file) {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
