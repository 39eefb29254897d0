package org.gapexplorer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    private Path studies;
    private Path cache;
    private Path repository;

    @BeforeEach
    void folders() throws IOException {
        studies = Files.createDirectories(folder.resolve("studies"));
        cache = folder.resolve("cache");
        repository = folder.resolve("repository");
    }

    private Path fetch(String uri, String sha256) {
        return fetch(uri, sha256, Mirror.NONE);
    }

    private Path fetch(String uri, String sha256, Mirror mirror) {
        HubSettings hub = HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder);
        var noNetwork = new Http(new Http.Settings(
                Set.of("none"), hub.endpoint(), null, 1, Duration.ofMillis(1), Duration.ofSeconds(1)));
        return new Sources(
                        studies,
                        cache,
                        mirror,
                        new MavenRepository(repository),
                        new Download(noNetwork),
                        new Hub(hub, noNetwork))
                .fetch(new SourceRef(uri, sha256), Progress.SILENT);
    }

    @Test
    void aFileIsFoundRelativeToTheStudyAndItsHashChecked() throws IOException {
        Path suite = Files.createDirectories(folder.resolve("suite"));
        Path file = Files.writeString(suite.resolve("a b.jsonl"), "abc");
        assertThat(fetch("file:../suite/a b.jsonl", ABC)).isEqualTo(file);
        assertThat(fetch("file:../suite/a b.jsonl", ABC.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(file);
        assertThat(fetch("file:../suite", null)).isEqualTo(suite);
        assertThatThrownBy(() -> fetch("file:../suite/a b.jsonl", "1".repeat(64)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(ABC)
                .hasMessageContaining("1".repeat(64));
        assertThatThrownBy(() -> fetch("file:../suite/none.jsonl", null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("there is no");
        assertThatThrownBy(() -> fetch("file:\0", null)).isInstanceOf(Problem.class);
    }

    @Test
    void anEntryOfAJarIsExtractedIntoTheCacheOnce() throws IOException {
        Path jar = jar("org.example", "model", "1.0", "models/tiny.onnx", "abc");
        Path file = fetch("maven:org.example:model:1.0!/models/tiny.onnx", ABC);
        assertThat(file).startsWith(cache).hasFileName("tiny.onnx").hasContent("abc");
        var extracted = Files.getLastModifiedTime(file);
        assertThat(fetch("maven:org.example:model:1.0!/models/tiny.onnx", null)).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(extracted);
        assertThatThrownBy(() -> fetch("maven:org.example:model:1.0!/none", null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has no entry none");
        assertThatThrownBy(() -> fetch("maven:org.example:model:2.0!/none", null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("mvn dependency:get")
                .hasMessageContaining("org.example:model:2.0");
        Files.write(jar, new byte[] {'P', 'K', 3, 4});
        assertThatThrownBy(() -> fetch("maven:org.example:model:1.0!/models/tiny.onnx", null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void anEntryWithAWrongHashLeavesNothing() throws IOException {
        jar("org.example", "model", "1.0", "x", "other");
        assertThatThrownBy(() -> fetch("maven:org.example:model:1.0!/x", ABC))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(ABC);
        try (var left = Files.walk(cache)) {
            assertThat(left.filter(Files::isRegularFile))
                    .extracting(f -> f.getFileName().toString())
                    .containsOnly(".lock");
        }
    }

    @Test
    void anEntryNamedToEscapeStaysInTheCache() throws IOException {
        jar("org.example", "evil", "1.0", "../../../escaped.txt", "abc");
        assertThat(fetch("maven:org.example:evil:1.0!/../../../escaped.txt", null))
                .startsWith(cache)
                .hasContent("abc");
        assertThat(folder.resolve("escaped.txt")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maven:../..:x:1!/y",
                "maven:a:..:1!/y",
                "maven:a:b:../../c!/y",
                "maven:a/b:c:1!/y",
                "maven:a:b:1",
                "maven:a:b!/y",
                "https:///x",
                "https:x",
                "https://user:pass-word@host/x",
                "https://ho st/x",
                "hf:owner/name/path",
                "hf:owner/name@main",
                "hf:owner/name@main/../../x",
                "hf:datasets/owner@main/x",
                "hf:../name@main/x",
                "hf:owner/na me@main/x",
            })
    void whatIsNoAddressIsTold(String uri) {
        assertThatThrownBy(() -> fetch(uri, null))
                .isInstanceOf(Problem.class)
                .message()
                .doesNotContain("pass-word");
        assertThat(cache).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, __.._etc_passwd",
        ".., _",
        ".hidden, _hidden",
        "'', _",
        "a b?.json, a_b_.json",
        "naïve.gz, na_ve.gz",
        "C:\\x.csv, C__x.csv",
    })
    void cacheNamesAreHarmlessAndKeepTheirExtension(String name, String expected) {
        assertThat(CacheSlot.harmless(name)).isEqualTo(expected);
    }

    @Test
    void longNamesKeepTheirEnd() {
        assertThat(CacheSlot.harmless("x".repeat(5000) + ".jsonl.gz"))
                .hasSize(100)
                .endsWith("x.jsonl.gz");
    }

    @Test
    void hubNamesBecomeTheHubsAddresses() {
        URI hub = HubSettings.of(Map.of(), folder).endpoint();
        assertThat(HubUri.parse("hf:datasets/openai/gsm8k@main/a b/test.jsonl").address(hub))
                .isEqualTo(URI.create("https://huggingface.co/datasets/openai/gsm8k/resolve/main/a%20b/test.jsonl"));
        assertThat(HubUri.parse("hf:owner/model@0123abc/cfg.json").address(hub))
                .isEqualTo(URI.create("https://huggingface.co/owner/model/resolve/0123abc/cfg.json"));
        assertThat(HubUri.parse("hf:datasets/o/n@refs/convert/parquet/a?.parquet")
                        .address(hub))
                .isEqualTo(URI.create(
                        "https://huggingface.co/datasets/o/n/resolve/refs%2Fconvert%2Fparquet/a%3F.parquet"));
    }

    @Test
    void aMirrorIsAskedBeforeTheNetwork() throws IOException {
        Path mirror = mirror("""
                path	repository	commit	upstream_path	n
                a/test.jsonl	o/r	c0ffee	data/test.jsonl	3
                math/*.json	o/r	c0ffee	eval/*/results.json (some of them)	3
                logic/{B,M}/**	o/r	c0ffee	data/L(E)/{B,M}/<logic>/<axiom>/i.json	3
                deep/**	o/r	c0ffee	**	3
                unpaired/*/*	o/r	c0ffee	*	3
                """);
        Files.writeString(Files.createDirectories(mirror.resolve("a")).resolve("test.jsonl"), "abc");
        Files.writeString(Files.createDirectories(mirror.resolve("math")).resolve("gpt.json"), "[1]");
        Files.writeString(Files.createDirectories(mirror.resolve("logic/M/p/q")).resolve("i.json"), "{}");
        Files.writeString(Files.createDirectories(mirror.resolve("deep/x/y")).resolve("z"), "z");
        Files.writeString(folder.resolve("outside"), "secret");
        Mirror read = Mirror.read(mirror);
        String base = "https://raw.githubusercontent.com/o/r/c0ffee/";
        assertThat(fetch(base + "data/test.jsonl", ABC, read)).hasContent("abc");
        assertThat(fetch(base + "eval/gpt/results.json", null, read)).hasContent("[1]");
        assertThat(fetch(base + "data/L(E)/M/p/q/i.json", null, read)).hasContent("{}");
        assertThat(fetch(base + "x/y/z", null, read)).hasContent("z");
        assertThatThrownBy(() -> fetch(base + "data/test.jsonl", "2".repeat(64), read))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("2".repeat(64));
        for (String absent : List.of(
                base + "..%2f..%2foutside",
                base + "../../outside",
                base + "..",
                base + "none",
                base + "eval/a/b/results.json",
                "https://raw.githubusercontent.com/o/r/other/data/test.jsonl",
                "https://example.org/o/r/c0ffee/data/test.jsonl")) {
            assertThat(read.find(new SourceRef(absent, null), URI.create(absent)))
                    .as(absent)
                    .isNull();
        }
    }

    @Test
    void aMirrorMayBeFlatterThanItsSourceWhereAHashTellsThatItIsTheFile() throws IOException {
        Path mirror =
                mirror("path\trepository\tcommit\tupstream_path\nmath/*.json\to/r\tc0ffee\teval/*/results.json\n");
        Files.writeString(Files.createDirectories(mirror.resolve("math")).resolve("gpt.json"), "abc");
        Mirror read = Mirror.read(mirror);
        String address = "https://raw.githubusercontent.com/o/r/c0ffee/eval/real/gpt/results.json";
        assertThat(fetch(address, ABC, read)).hasContent("abc");
        assertThat(read.find(new SourceRef(address, null), URI.create(address))).isNull();
        assertThat(read.find(new SourceRef(address, "3".repeat(64)), URI.create(address)))
                .isNull();
    }

    @Test
    void aMirrorWithoutAUsableTableIsTold() throws IOException {
        assertThatThrownBy(() -> Mirror.read(folder.resolve("none")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("SOURCES.tsv");
        assertThatThrownBy(() -> Mirror.read(mirror("path\trepository\tcommit\n")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no column 'upstream_path'");
        assertThatThrownBy(() -> Mirror.read(mirror("path\trepository\tcommit\tupstream_path\na\tb\n")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void aRowOfManyWildcardsIsPassedOver() throws IOException {
        String many = "**x".repeat(12);
        Path folder = mirror("path\trepository\tcommit\tupstream_path\n" + many + "\tacme/a\tabc\t" + many
                + "\n*.json\tacme/a\tabc\tdata/*.json\n");
        Path file = Files.writeString(folder.resolve("a.json"), "{}");
        String address = "https://raw.githubusercontent.com/acme/a/abc/";
        Mirror mirror = Mirror.read(folder);
        assertThat(find(mirror, address + "data/a.json")).isEqualTo(file.toAbsolutePath());
        // twelve of them take as long as the universe over a path that does not match
        assertThat(find(mirror, address + "x".repeat(2_000) + "y")).isNull();
    }

    private static Path find(Mirror mirror, String address) throws IOException {
        return mirror.find(new SourceRef(address, null), URI.create(address));
    }

    @Test
    void theCacheFollowsTheXdgRules() {
        Path home = Path.of("/home/someone");
        assertThat(Sources.defaultCache(Map.of(), home)).isEqualTo(home.resolve(".cache/gap-explorer"));
        assertThat(Sources.defaultCache(Map.of("XDG_CACHE_HOME", "/var/c"), home))
                .isEqualTo(Path.of("/var/c/gap-explorer"));
        assertThat(Sources.defaultCache(Map.of("XDG_CACHE_HOME", "relative"), home))
                .isEqualTo(home.resolve(".cache/gap-explorer"));
    }

    @Test
    void theMavenRepositoryIsWhereMavenWouldLook() throws IOException {
        Path home = folder.resolve("home");
        assertThat(MavenRepository.local("/some/where", home).folder()).isEqualTo(Path.of("/some/where"));
        assertThat(MavenRepository.local(null, home).folder()).isEqualTo(home.resolve(".m2/repository"));
        Path settings = Files.createDirectories(home.resolve(".m2")).resolve("settings.xml");
        Files.writeString(settings, "<settings><localRepository>${user.home}/elsewhere</localRepository></settings>");
        assertThat(MavenRepository.local(null, home).folder()).isEqualTo(home.resolve("elsewhere"));
        Files.writeString(
                settings,
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><settings><localRepository>&e;</localRepository></settings>");
        assertThatThrownBy(() -> MavenRepository.local(null, home)).isInstanceOf(Problem.class);
    }

    @Test
    void aCacheThatCannotBeWrittenIsTold() throws IOException {
        jar("org.example", "model", "1.0", "x", "abc");
        Files.writeString(cache, "a file where a folder should be");
        assertThatThrownBy(() -> fetch("maven:org.example:model:1.0!/x", null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cache")
                .hasMessageContaining("choose a folder you may write to");
    }

    private Path mirror(String table) throws IOException {
        Path mirror = Files.createDirectories(folder.resolve("mirror"));
        Files.writeString(mirror.resolve("SOURCES.tsv"), table);
        return mirror;
    }

    private Path jar(String group, String artifact, String version, String entry, String content) throws IOException {
        Path jar = repository
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".jar");
        Files.createDirectories(jar.getParent());
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content.getBytes());
        }
        return jar;
    }
}
