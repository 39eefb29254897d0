package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no server should give. */
class BadAnswersTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    private RawServer server;
    private Http http;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        http = new Http(
                new Http.Settings(Set.of("http"), endpoint(), null, 2, Duration.ofMillis(1), Duration.ofMillis(2_000)));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private URI endpoint() {
        return URI.create("http://" + server.authority());
    }

    private Path fetch() throws IOException {
        var source = new SourceRef("https://localhost/a", null);
        var order = Download.Order.of(source, endpoint().resolve("/a"));
        var download = new Download(http);
        try {
            download.size(order);
            return slot().fill(source, partial -> download.fetch(order, partial, Progress.SILENT));
        } catch (Http.Unreachable e) {
            throw e.problem();
        }
    }

    private CacheSlot slot() {
        return CacheSlot.in(folder.resolve("cache"), "k", "data.bin");
    }

    private void answer(String text) {
        server.answer(request -> text.replace("\n", "\r\n").getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Length: 9223372036854775808\n\nx",
                "HTTP/1.1 302 Found\nLocation: http://localhost:99999/\nContent-Length: 0\n\n",
                "HTTP/1.1 302 Found\nLocation: file:///etc/passwd\nContent-Length: 0\n\n",
                "HTTP/1.1 302 Found\nLocation: jar:file:/a.jar!/b\nContent-Length: 0\n\n",
                "HTTP/1.1 302 Found\nLocation: http:///\nContent-Length: 0\n\n",
                "HTTP/1.1 999999 No\n\n",
                "nothing of the kind\n\n",
                "",
            })
    void isAProblem(String text) throws IOException {
        answer(text);
        assertThatThrownBy(this::fetch).isInstanceOf(Problem.class).hasMessageContaining("https://localhost/a");
        assertThat(slot().file()).doesNotExist();
    }

    @Test
    void headersWithoutEndAreAProblem() {
        answer("HTTP/1.1 200 OK\n" + "X-Header: 0123456789\n".repeat(100_000) + "\nx");
        assertThatThrownBy(this::fetch).isInstanceOf(Problem.class);
    }

    /** The size of a hub's file is known before; what comes after it would fill the disk. */
    @Test
    void moreThanTheNamedBytesAreNotTaken() {
        answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + ("1000\n" + "x".repeat(4_096) + "\n").repeat(500));
        var source = new SourceRef("hf:acme/tiny@main/w.bin", null);
        var order = new Download.Order(source, endpoint().resolve("/w.bin"), 10_000, false, a -> null);
        Path partial = folder.resolve("w.bin.partial");
        assertThatThrownBy(() -> new Download(http).fetch(order, partial, Progress.SILENT))
                .hasMessageContaining("sends more than the 10000 bytes it named");
        assertThat(partial).doesNotExist();
    }

    /** Where no hash is pinned, nothing but the server tells that the beginning of a file is not the file. */
    @Test
    void theBeginningThatAnEarlierTryLeftIsNotTakenForTheFile() throws IOException {
        Files.createDirectories(slot().partial().getParent());
        Files.writeString(slot().partial(), "o");
        answer("HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok");
        assertThat(fetch()).hasContent("ok");
    }

    @Test
    void aDamagedNoteOfAnEarlierTryIsNotSent() throws IOException {
        Path partial = slot().partial();
        Files.createDirectories(partial.getParent());
        Files.writeString(partial, "abc");
        Files.writeString(partial.resolveSibling(partial.getFileName() + ".etag"), "\"a\r\nX-Other: b\"");
        answer("HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok");
        assertThat(fetch()).hasContent("ok");
    }

    /** Half of a surrogate pair is in no file's name. */
    @Test
    void aListedPathThatNoFileCanHaveIsLeftOut() throws IOException {
        String oid = "\"oid\": \"" + HubServer.gitBlob("ok".getBytes(UTF_8)) + "\", \"size\": 2";
        String listing = "[{\"type\": \"file\", \"path\": \"sae/\\ud800\", " + oid
                + "}, {\"type\": \"file\", \"path\": \"sae/a\", " + oid + "}]";
        server.answer(request -> {
            String body = request.contains("/api/") ? listing : "ok";
            return ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(UTF_8);
        });
        HubSettings settings = HubSettings.of(
                Map.of(
                        "HF_ENDPOINT",
                        endpoint().toString(),
                        "HF_HUB_CACHE",
                        folder.resolve("hub").toString()),
                folder);
        String uri = "hf:acme/tiny@" + COMMIT + "/sae/";
        Path sae = new Hub(settings, http).fetch(new SourceRef(uri, null), HubUri.parse(uri), Progress.SILENT);
        assertThat(sae).isDirectoryContaining("glob:**/a");
        try (var files = Files.list(sae)) {
            assertThat(files).hasSize(1);
        }
    }
}
