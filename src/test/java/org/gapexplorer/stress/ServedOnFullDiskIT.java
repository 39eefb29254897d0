package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gapexplorer.cli.SavedLinks.PATIENCE;
import static org.gapexplorer.cli.SavedLinks.assertBrowsingGoesOn;
import static org.gapexplorer.cli.SavedLinks.assertOpen;
import static org.gapexplorer.cli.SavedLinks.awaitSaving;
import static org.gapexplorer.cli.SavedLinks.save;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.gapexplorer.cli.SavedLinks;
import org.gapexplorer.cli.ServedProcess;
import org.gapexplorer.cli.Servers;
import org.gapexplorer.cli.SmallDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of a server is full, or nobody may write there: pages and views that are kept are shown, saving says that it
 * cannot, and goes on when there is space.
 */
@Tag("long")
class ServedOnFullDiskIT {
    /** For a snapshot, PostgreSQL's programs and a fresh database. */
    private static final String SIZE = "256m";
    /** Views that may fit into pages that the database has. */
    private static final int MOST_UNTIL_FULL = 500;

    @TempDir
    Path folder;

    private final Random random = new Random(Stress.SEED);
    private final Servers servers = new Servers();
    private final Map<String, String> kept = new LinkedHashMap<>();
    private Path home;
    private SmallDisk disk;

    @BeforeEach
    void aHome() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        disk = SmallDisk.mount(home.resolve("index"), SIZE);
        ServedProcess.makeHome(home);
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        servers.kill(home);
        if (disk != null) disk.close();
    }

    @Test
    void onAFullDiskSavingSaysSoAndGoesOnWithSpace() throws Exception {
        ServedProcess server = servers.start(home, Map.of());
        awaitSaving(server);
        save(server, "before", kept);
        fill();
        int saved = saveUntilRefused(server);
        Stress.say("%d views fitted into pages that the database had", saved);
        assertBrowsingGoesOn(server);
        assertOpen(server, kept);
        empty();
        awaitTaken(server);
        assertOpen(server, kept);

        fill();
        server.kill();
        ServedProcess.postgres(home).forEach(ProcessHandle::destroyForcibly);
        ServedProcess again = servers.start(home, Map.of());
        assertBrowsingGoesOn(again);
        Thread.sleep(5_000);
        Stress.say("begun on a full disk: %s", again.output().strip());
        empty();
        awaitTaken(again);
        assertOpen(again, kept);
        again.stop();
        assertThat(again.output()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void whereNobodyMayWritePagesAreServed() throws Exception {
        ServedProcess server = servers.start(home, Map.of());
        awaitSaving(server);
        save(server, "before", kept);
        server.stop();
        disk.readOnly();
        ServedProcess refused = servers.start(home, Map.of());
        assertBrowsingGoesOn(refused);
        assertThat(SavedLinks.post(refused, "/", "x").statusCode()).isEqualTo(503);
        refused.stop();
        Stress.say("begun on a disk that nobody may write: %s", refused.output().strip());
        assertThat(refused.output())
                .contains("Views cannot be saved", "Read-only file system", "choose a folder you may write to")
                .doesNotContain("\tat ", "Exception");
        disk.writable();
        ServedProcess again = servers.start(home, Map.of());
        awaitTaken(again);
        assertOpen(again, kept);
        again.stop();
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] page = new byte[4096];
            while (true) out.write(page);
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    private void empty() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return disk.folder().resolve("filler");
    }

    private int saveUntilRefused(ServedProcess server) throws Exception {
        for (int n = 0; n < MOST_UNTIL_FULL; n++) {
            HttpResponse<String> answer = saved(server);
            if (answer.statusCode() == 503) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.body())
                        .contains("can neither be saved nor opened")
                        .doesNotContain("Exception", "\tat ");
                return n;
            }
            assertThat(answer.statusCode()).isEqualTo(201);
        }
        throw new AssertionError("a full disk takes " + MOST_UNTIL_FULL + " views");
    }

    private void awaitTaken(ServedProcess server) throws Exception {
        server.await("saving again", PATIENCE, () -> saved(server).statusCode() == 201);
    }

    /** A view with a note that hardly packs; if it is acknowledged, it is to be kept. */
    private HttpResponse<String> saved(ServedProcess server) throws Exception {
        byte[] noise = new byte[900];
        random.nextBytes(noise);
        String path = "/concepts?q=" + kept.size();
        HttpResponse<String> answer = server.post(
                "/v",
                Map.of(
                        "path",
                        path,
                        "title",
                        "t",
                        "note",
                        HexFormat.of().formatHex(noise),
                        "snapshot",
                        "20260131-120000-0123abcd"));
        if (answer.statusCode() == 201) {
            kept.put(answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", ""), path);
        }
        return answer;
    }
}
