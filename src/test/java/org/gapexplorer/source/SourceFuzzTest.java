package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.gapexplorer.fuzz.Edit;
import org.gapexplorer.fuzz.Hostile;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;

/** Changed answers of servers, down to their headers, and changed files of caches, mirrors and jars. */
class SourceFuzzTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final byte[] CONFIG = "{\"d_in\": 4}".getBytes(UTF_8);
    private static final byte[] WEIGHTS =
            "0123456789 weights of no model".repeat(20).getBytes(UTF_8);
    private static final String SHA256 = HubServer.sha("SHA-256", WEIGHTS);
    private static final String GIT = HubServer.gitBlob(CONFIG);
    private static final Set<String> FOLDERS = Set.of("cache", "hub", "home", "mirror", "maven");

    private static final long MOST_OPEN = 500;

    /** What the process had open before: other tests may have run in it. */
    private static long openBefore;

    private static RawServer server;
    private static ProxySelector before;
    private static Http http;
    private static HubSettings hub;

    /** No address that a change makes is ever asked, but those of this machine. */
    @BeforeContainer
    static void start() throws IOException {
        openBefore = open();
        server = new RawServer();
        before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                boolean here = Set.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
                return List.of(
                        here ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", 1)));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
        hub = HubSettings.of(
                Map.of("HF_ENDPOINT", "http://" + server.authority(), "HF_HUB_CACHE", "/unused"), Path.of("/unused"));
        http = new Http(new Http.Settings(
                Set.of("http"), hub.endpoint(), HubServer.TOKEN, 2, Duration.ofMillis(1), Duration.ofMillis(800)));
    }

    @AfterContainer
    static void stop() throws IOException {
        ProxySelector.setDefault(before);
        server.close();
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    private static byte[] answer(String status, String headers, byte[] body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("HTTP/1.1 " + status + "\r\n" + headers.replace("\n", "\r\n") + "Connection: close\r\n\r\n")
                .getBytes(ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] json(String text, String headers) {
        byte[] body = text.getBytes(UTF_8);
        return answer("200 OK", headers + "Content-Length: " + body.length + "\n", body);
    }

    /** What a hub answers, by method and path. */
    private static Map<String, byte[]> answers() {
        String large = "X-Repo-Commit: " + COMMIT + "\nX-Linked-Etag: \"" + SHA256 + "\"\nX-Linked-Size: "
                + WEIGHTS.length + "\nLocation: http://" + server.authority().replace("localhost", "127.0.0.1")
                + "/cdn?signature=1\nContent-Length: 0\n";
        String tree = "/api/models/acme/tiny/tree/" + COMMIT + "?recursive=true";
        Map<String, byte[]> answers = new LinkedHashMap<>();
        answers.put("HEAD /acme/tiny/resolve/main/sae/w.bin", answer("302 Found", large, new byte[0]));
        answers.put("GET /acme/tiny/resolve/" + COMMIT + "/sae/w.bin", answer("302 Found", large, new byte[0]));
        answers.put(
                "GET /cdn?signature=1",
                answer(
                        "200 OK",
                        "ETag: \"abc\"\nContent-Length: " + WEIGHTS.length
                                + "\nRetry-After: Mon, 23 Nov 2020 08:00:00 GMT\n",
                        WEIGHTS));
        answers.put(
                "GET /api/models/acme/tiny/revision/main", json("{\"id\": \"x\", \"sha\": \"" + COMMIT + "\"}", ""));
        answers.put(
                "GET " + tree,
                json(
                        "[{\"type\": \"directory\", \"path\": \"sae\"}, {\"type\": \"file\", \"oid\": \"" + GIT
                                + "\", \"size\": " + CONFIG.length + ", \"path\": \"sae/cfg.json\"}]",
                        "Link: <" + tree + "&cursor=2>; rel=\"next\"\n"));
        answers.put(
                "GET " + tree + "&cursor=2",
                json(
                        "[{\"type\": \"file\", \"oid\": \"" + COMMIT + "\", \"size\": 134, \"lfs\": {\"oid\": \""
                                + SHA256 + "\", \"size\": " + WEIGHTS.length + "}, \"path\": \"sae/w.bin\"}]",
                        ""));
        answers.put(
                "GET /acme/tiny/resolve/" + COMMIT + "/sae/cfg.json",
                answer(
                        "200 OK",
                        "X-Repo-Commit: " + COMMIT + "\nETag: \"" + GIT + "\"\nContent-Length: " + CONFIG.length + "\n",
                        CONFIG));
        return answers;
    }

    /** Sources over a folder of one case, with one Http for all cases. */
    private static Sources sources(Path folder, boolean online, Mirror mirror) {
        HubSettings settings = HubSettings.of(
                Map.of(
                        "HF_ENDPOINT",
                        hub.endpoint().toString(),
                        "HF_HUB_CACHE",
                        folder.resolve("hub").toString(),
                        "HF_HUB_OFFLINE",
                        online ? "0" : "1"),
                folder.resolve("home"));
        return new Sources(
                folder,
                folder.resolve("cache"),
                mirror,
                new MavenRepository(folder.resolve("maven")),
                new Download(http),
                new Hub(settings, http));
    }

    /** One answer changed, by its number; the others as they are. */
    private static void changed(Map<String, byte[]> answers, int which, List<Edit> edits) throws Exception {
        String chosen = List.copyOf(answers.keySet()).get(Math.floorMod(which, answers.size()));
        answers.put(chosen, Edit.all(edits, answers.get(chosen)));
        byte[] none = answer("404 Not Found", "X-Error-Code: EntryNotFound\nContent-Length: 0\n", new byte[0]);
        server.answer(request -> answers.getOrDefault(request, none));
    }

    private interface Work {
        Object in(Path folder) throws Exception;
    }

    /** What stands on the server unchanged is fetched: so it is the changes that end in a problem. */
    @Example
    void theUnchangedAnswersAreRight() throws IOException {
        Map<String, byte[]> answers = answers();
        server.answer(request -> answers.getOrDefault(request, new byte[0]));
        Path folder = Hostile.folder();
        for (String path : List.of("sae/w.bin", "sae/")) {
            Path fetched = sources(folder, true, Mirror.NONE)
                    .fetch(new SourceRef("hf:acme/tiny@main/" + path, null), Progress.SILENT);
            assertThat(fetched).exists();
        }
        Hostile.delete(folder);
    }

    private static void tried(Work work) throws Exception {
        Path folder = Hostile.folder();
        try {
            Hostile.endsWell(() -> work.in(folder));
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left.map(file -> file.getFileName().toString())).isSubsetOf(FOLDERS);
            }
            assertThat(open() - openBefore).describedAs("connections left open").isLessThan(MOST_OPEN);
        } finally {
            Hostile.delete(folder);
        }
    }

    /** Files and connections of this process; 0 where the system does not count them. */
    private static long open() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    /** What was fetched is what the hub named, unless the name itself was changed. */
    @Property
    void aFileOfTheHub(@ForAll int which, @ForAll("edits") List<Edit> edits) throws Exception {
        Map<String, byte[]> answers = answers();
        answers.keySet().removeIf(request -> request.contains("/api/") || request.contains("cfg.json"));
        changed(answers, which, edits);
        boolean named = Math.floorMod(which, answers.size()) != 0;
        tried(folder -> {
            Path file = sources(folder, true, Mirror.NONE)
                    .fetch(new SourceRef("hf:acme/tiny@main/sae/w.bin", null), Progress.SILENT);
            if (named) {
                assertThat(file).hasBinaryContent(WEIGHTS);
            }
            return file;
        });
    }

    @Property
    void aFolderOfTheHub(@ForAll int which, @ForAll("edits") List<Edit> edits) throws Exception {
        Map<String, byte[]> answers = answers();
        answers.keySet().removeIf(request -> request.startsWith("HEAD"));
        changed(answers, which, edits);
        tried(folder -> sources(folder, true, Mirror.NONE)
                .fetch(new SourceRef("hf:acme/tiny@main/sae/", null), Progress.SILENT));
    }

    /** Sizes are asked for, then the file is fetched; a redirect stands before it. */
    @Property
    void aDownload(@ForAll int which, @ForAll("edits") List<Edit> edits) throws Exception {
        Map<String, byte[]> answers = new LinkedHashMap<>();
        byte[] moved = answer("302 Found", "Location: /b/data.bin\nContent-Length: 0\n", new byte[0]);
        byte[] head = answer("200 OK", "ETag: \"e\"\nContent-Length: " + WEIGHTS.length + "\n", new byte[0]);
        byte[] body = answer("200 OK", "ETag: \"e\"\nContent-Length: " + WEIGHTS.length + "\n", WEIGHTS);
        answers.put("HEAD /a", moved);
        answers.put("HEAD /b/data.bin", head);
        answers.put("GET /a", moved);
        answers.put("GET /b/data.bin", body);
        changed(answers, which, edits);
        var source = new SourceRef("https://localhost/a", which % 2 == 0 ? SHA256 : null);
        var order = Download.Order.of(source, URI.create("http://" + server.authority() + "/a"));
        tried(folder -> {
            try {
                var download = new Download(http);
                download.size(order);
                Path file = CacheSlot.in(folder.resolve("cache"), "k", "data.bin")
                        .fill(source, partial -> download.fetch(order, partial, Progress.SILENT));
                if (source.sha256() != null) {
                    assertThat(file).hasBinaryContent(WEIGHTS);
                }
                return file;
            } catch (Http.Unreachable e) {
                throw e.problem();
            }
        });
    }

    /** A cache that somebody else wrote to, with and without a hub beside it. */
    @Property
    void theHubsCache(@ForAll int which, @ForAll boolean online, @ForAll("edits") List<Edit> edits) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String home = "models--acme--tiny/";
        files.put(home + "refs/main", COMMIT.getBytes(UTF_8));
        files.put(
                home + "trees/" + COMMIT + ".json",
                ("{\"format_version\": 1, \"files\": {\"sae/cfg.json\": {\"size\": " + CONFIG.length
                                + ", \"blob_id\": \"" + GIT + "\"}, \"sae/w.bin\": {\"size\": 134, \"blob_id\": \""
                                + COMMIT + "\", \"lfs_sha256\": \"" + SHA256 + "\", \"lfs_size\": " + WEIGHTS.length
                                + "}}}")
                        .getBytes(UTF_8));
        files.put(home + "blobs/" + SHA256 + ".gapx.incomplete", java.util.Arrays.copyOf(WEIGHTS, 100));
        files.put(home + "snapshots/" + COMMIT + "/sae/cfg.json", CONFIG);
        String chosen = List.copyOf(files.keySet()).get(Math.floorMod(which, files.size()));
        files.put(chosen, Edit.all(edits, files.get(chosen)));
        server.answer(request -> answers().getOrDefault(request, new byte[0]));
        tried(folder -> {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve("hub").resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            return sources(folder, online, Mirror.NONE)
                    .fetch(new SourceRef("hf:acme/tiny@main/sae/", null), Progress.SILENT);
        });
    }

    /** What an earlier try of a download left. */
    @Property
    void aDownloadBegunBefore(@ForAll boolean validator, @ForAll("edits") List<Edit> edits) throws Exception {
        byte[] part = java.util.Arrays.copyOf(WEIGHTS, 100);
        byte[] etag = "\"e\"".getBytes(UTF_8);
        server.answer(request -> answer(
                "206 Partial Content",
                "ETag: \"e\"\nContent-Range: bytes 100-" + (WEIGHTS.length - 1) + "/" + WEIGHTS.length
                        + "\nContent-Length: " + (WEIGHTS.length - 100) + "\n",
                java.util.Arrays.copyOfRange(WEIGHTS, 100, WEIGHTS.length)));
        var source = new SourceRef("https://localhost/a", SHA256);
        var order = Download.Order.of(source, URI.create("http://" + server.authority() + "/a"));
        tried(folder -> {
            CacheSlot slot = CacheSlot.in(folder.resolve("cache"), "k", "data.bin");
            Files.createDirectories(slot.partial().getParent());
            Files.write(slot.partial(), validator ? part : Edit.all(edits, part));
            Files.write(
                    slot.partial().resolveSibling(slot.partial().getFileName() + ".etag"),
                    validator ? Edit.all(edits, etag) : etag);
            try {
                Path file = slot.fill(source, partial -> new Download(http).fetch(order, partial, Progress.SILENT));
                assertThat(file).hasBinaryContent(WEIGHTS);
                return file;
            } catch (Http.Unreachable e) {
                throw e.problem();
            }
        });
    }

    @Property
    void mirrors(@ForAll("edits") List<Edit> edits) throws Exception {
        byte[] table = Edit.all(edits, """
                path\trepository\tcommit\tupstream_path
                math/*.jsonl\tacme/math\tabc\tdata/**/<name>.jsonl
                {a,b}.json\tacme/math\tabc\tx/{a,b}.json
                rest/**\thf:acme/tiny\tmain\tsae/**
                """.getBytes(UTF_8));
        tried(folder -> {
            Path mirror = Files.createDirectories(folder.resolve("mirror"));
            Files.write(mirror.resolve("SOURCES.tsv"), table);
            Files.write(mirror.resolve("a.json"), CONFIG);
            Mirror read = Mirror.read(mirror);
            for (String path : List.of("data/x/y/z.jsonl", "x/a.json", "../../x", "data/" + "x/".repeat(40) + "z")) {
                var uri = URI.create("https://raw.githubusercontent.com/acme/math/abc/" + path);
                Path found = read.find(new SourceRef(uri.toString(), SHA256), uri);
                assertThat(found == null || found.startsWith(mirror)).isTrue();
            }
            var source = new SourceRef("hf:acme/tiny@main/sae/w.bin", null);
            return read.find(source, HubUri.parse(source.uri()));
        });
    }

    @Property
    void jars(@ForAll("edits") List<Edit> edits) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a/model.onnx"));
            zip.write(WEIGHTS);
            zip.putNextEntry(new ZipEntry("../../out"));
            zip.write(CONFIG);
        }
        byte[] jar = Edit.all(edits, bytes.toByteArray());
        tried(folder -> {
            Path file = folder.resolve("maven/acme/x/1/x-1.jar");
            Files.createDirectories(file.getParent());
            Files.write(file, jar);
            var source = new SourceRef("maven:acme:x:1!/a/model.onnx", null);
            Sources sources = sources(folder, false, Mirror.NONE);
            sources.look(source);
            return sources.fetch(source, Progress.SILENT);
        });
    }
}
