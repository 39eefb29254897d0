package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.Test;

/** Against a real server on this machine that behaves as the hub does. */
class HubTest extends HubFixture {
    @Test
    void aFileOfABranchIsFetchedFromTheCdnAndKeptAsHuggingfaceHubKeepsIt() throws IOException {
        Path file = fetch("hf:acme/tiny@main/sae/weights.safetensors");
        String sha256 = HubServer.sha("SHA-256", WEIGHTS);
        assertThat(file)
                .hasBinaryContent(WEIGHTS)
                .isEqualTo(hubCache.resolve("models--acme--tiny/snapshots/" + commit + "/sae/weights.safetensors"));
        assertThat(Files.readSymbolicLink(file)).isEqualTo(Path.of("../../../blobs/" + sha256));
        assertThat(kept())
                .containsExactly(
                        "models--acme--tiny/blobs/" + sha256,
                        "models--acme--tiny/refs/main",
                        "models--acme--tiny/snapshots/" + commit + "/sae/weights.safetensors");
        assertThat(hubCache.resolve("models--acme--tiny/refs/main")).hasContent(commit);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aSmallFileIsNamedByItsGitId() throws IOException {
        Path file = fetch("hf:datasets/acme/items@main/test.jsonl");
        assertThat(file).hasBinaryContent(CONFIG);
        assertThat(Files.readSymbolicLink(file)).hasFileName(HubServer.gitBlob(CONFIG));
        assertThat(hubCache.resolve("datasets--acme--items")).isDirectory();
    }

    @Test
    void aPinnedFileIsFoundAgainWithoutARequestAndABranchWithOne() {
        fetch("hf:acme/tiny@" + commit + "/sae/cfg.json");
        fetch("hf:acme/tiny@main/sae/weights.safetensors");
        int before = server.requests().size();
        fetch("hf:acme/tiny@" + commit + "/sae/cfg.json");
        assertThat(server.requests()).hasSize(before);
        fetch("hf:acme/tiny@main/sae/weights.safetensors");
        assertThat(server.requests()).hasSize(before + 1).last().asString().startsWith("HEAD hub");
    }

    @Test
    void aFolderBringsAllItsFilesAndIsThenKnownWithoutARequest() {
        Path sae = fetch("hf:acme/tiny@" + commit + "/sae/");
        assertThat(sae.resolve("cfg.json")).hasBinaryContent(CONFIG);
        assertThat(sae.resolve("weights.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(sae.resolveSibling("README.md")).doesNotExist();
        int before = server.requests().size();
        assertThat(fetch("hf:acme/tiny@" + commit + "/sae/")).isEqualTo(sae);
        assertThat(server.requests()).hasSize(before);
        Path all = fetch("hf:acme/tiny@main/");
        assertThat(all.resolve("README.md")).isEmptyFile();
        assertThat(all.resolve("onnx/a b.json")).hasBinaryContent(CONFIG);
        refused(() -> fetch("hf:acme/tiny@main/saes/"), "acme/tiny has no folder saes/ at revision main");
    }

    @Test
    void aModelBringsTheWeightsBesideIt() {
        Path model = fetch("hf:acme/tiny@main/onnx/model.onnx");
        assertThat(model).hasBinaryContent(CONFIG);
        assertThat(model.resolveSibling("model.onnx_data")).hasBinaryContent(WEIGHTS);
        assertThat(model.resolveSibling("a b.json")).doesNotExist();
    }

    @Test
    void theTokenGoesToTheHubAloneAndComesFromTheEnvironmentOrFromItsFile() throws IOException {
        fetch("hf:acme/gated@main/w.bin", Map.of("HF_TOKEN", HubServer.TOKEN));
        assertThat(server.requests())
                .filteredOn(r -> r.contains(" hub "))
                .allMatch(r -> r.endsWith("Bearer " + HubServer.TOKEN));
        assertThat(server.requests())
                .filteredOn(r -> r.contains(" cdn "))
                .isNotEmpty()
                .allMatch(r -> r.endsWith("token=null"));
        Path home = Files.createDirectories(folder.resolve("hf-home"));
        Files.writeString(home.resolve("token"), HubServer.TOKEN + "\n");
        fetch("hf:acme/gated@main/cfg.json", Map.of("HF_HOME", home.toString()));
        assertThat(server.requests().getLast()).endsWith("Bearer " + HubServer.TOKEN);
    }

    @Test
    void whatAGatedRepositoryAsksForIsTold() {
        refused(
                () -> fetch("hf:acme/gated@main/w.bin"),
                "answered 401, \"Access to this model is restricted\"",
                "accept its terms at " + server.endpoint() + "/acme/gated",
                "set HF_TOKEN");
        assertThatThrownBy(() -> fetch("hf:acme/gated@main/w.bin", Map.of("HF_TOKEN", "hf_another")))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll(
                        "acme/gated is gated and your token is not on its list", "accept the terms at", "/acme/gated")
                .message()
                .doesNotContain("hf_another");
        refused(() -> fetch("hf:acme/none@main/w.bin"), "acme/none is gated, private or not there");
        refused(
                () -> fetch("hf:acme/none@main/w.bin", Map.of("HF_TOKEN", HubServer.TOKEN)),
                "or your token is no longer valid");
        refused(() -> fetch("hf:acme/tiny@v9/README.md"), "acme/tiny has no revision v9");
        assertThatThrownBy(() -> fetch("hf:acme/tiny@main/x", Map.of("HF_TOKEN", "two\nlines")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("HF_TOKEN: ")
                .message()
                .doesNotContain("lines");
    }

    @Test
    void aFileThatIsNotThereIsRememberedForItsCommit() throws IOException {
        refused(() -> fetch("hf:acme/tiny@main/none.json"), "acme/tiny has no none.json at revision main");
        assertThat(kept())
                .containsExactly(
                        "models--acme--tiny/.no_exist/" + commit + "/none.json", "models--acme--tiny/refs/main");
        int before = server.requests().size();
        refused(() -> fetch("hf:acme/tiny@" + commit + "/none.json"), "has no none.json");
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void offlineNothingIsAsked() {
        Map<String, String> offline = Map.of("HF_HUB_OFFLINE", "1");
        refused(() -> fetch("hf:acme/tiny@main/sae/", offline), "is not in the hub's cache", "HF_HUB_OFFLINE");
        assertThat(server.requests()).isEmpty();
        Path sae = fetch("hf:acme/tiny@main/sae/");
        int before = server.requests().size();
        assertThat(fetch("hf:acme/tiny@main/sae/", offline)).isEqualTo(sae);
        assertThat(fetch("hf:acme/tiny@main/sae/cfg.json", offline)).isEqualTo(sae.resolve("cfg.json"));
        refused(() -> fetch("hf:acme/tiny@" + commit + "/onnx/", offline), "is not in the hub's cache");
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void offlineAFolderOfWhichAFileIsMissingIsNotTakenForWhole() throws IOException {
        Path sae = fetch("hf:acme/tiny@main/sae/");
        Files.delete(sae.resolve("cfg.json"));
        refused(
                () -> fetch("hf:acme/tiny@main/sae/", Map.of("HF_HUB_OFFLINE", "true")),
                "is not wholly (sae/cfg.json is missing)");
    }

    @Test
    void whenTheHubIsAwayTheLastKnownCommitOfABranchCounts() {
        Path file = fetch("hf:acme/tiny@main/sae/cfg.json");
        server.stopNow();
        assertThat(fetch("hf:acme/tiny@main/sae/cfg.json")).isEqualTo(file);
        refused(() -> fetch("hf:acme/tiny@main/README.md"), "no connection to localhost", "3 tries");
        // a hub that is away is not waited for once a file
        Sources sources = sources(Map.of());
        var refs = Stream.of("a", "b", "c")
                .map(name -> new SourceRef("hf:acme/tiny@main/" + name, null))
                .toList();
        assertThat(FetchPlan.of(sources, refs, Progress.SILENT).problems())
                .extracting(p -> p.getMessage().replaceAll(".*, (\\d+) (try|tries)\\).*", "$1"))
                .containsExactly("3", "1", "1");
    }

    @Test
    void aFileTooLargeForTheDiskIsRefusedBeforeItIsBegun() throws IOException {
        server.atHub(exchange -> {
            exchange.getResponseHeaders().set("X-Repo-Commit", commit);
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + "a".repeat(64) + "\"");
            exchange.getResponseHeaders().set("X-Linked-Size", "8000000000000000");
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/x");
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        var ref = new SourceRef("hf:acme/tiny@main/huge.bin", null);
        FetchPlan plan = FetchPlan.of(sources(Map.of()), List.of(ref), Progress.SILENT);
        assertThat(plan.toCome()).isEqualTo(8_000_000_000_000_000L);
        refused(() -> plan.requireSpace("study.yaml"), "study.yaml: needs 8.0 PB, and only", "HF_HOME");
    }

    @Test
    void whatIsNotAHubIsTold() {
        server.atHub(exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(UTF_8));
            return true;
        });
        refused(() -> fetch("hf:acme/tiny@main/x"), "does not answer as a hub does", "HF_ENDPOINT");
        refused(() -> fetch("hf:acme/tiny@main/x/"), "does not answer as a hub does", "sends no JSON");
        refused(
                () -> fetch("hf:acme/tiny@main/x", Map.of("HF_ENDPOINT", "ftp://somewhere")),
                "HF_ENDPOINT: is not an address of a hub");
    }

    @Test
    void aHostileHubCannotWriteElsewhere() throws IOException {
        server.atHub(exchange -> {
            exchange.getResponseHeaders().set("X-Repo-Commit", commit);
            exchange.getResponseHeaders().set("ETag", "\"../../../../out\"");
            exchange.sendResponseHeaders(200, -1);
            return true;
        });
        refused(() -> fetch("hf:acme/tiny@main/x"), "names no usable ETag");
        server.atHub(exchange -> {
            byte[] listing = ("[{\"type\": \"file\", \"path\": \"sae/../../../out\", \"oid\": \"" + "a".repeat(40)
                            + "\", \"size\": 1}]")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, listing.length);
            exchange.getResponseBody().write(listing);
            return true;
        });
        refused(() -> fetch("hf:acme/tiny@" + commit + "/sae/"), "has no folder sae/");
        refused(() -> fetch("hf:acme/tiny@main/../x"), "is not a file on the hub");
        refused(() -> fetch("hf:acme/tiny@main/a\\..\\x"), "is not a file on the hub");
    }

    @Test
    void aPlanTellsSizesFetchesAllAndCountsOnce() {
        var refs = List.of(
                new SourceRef("hf:acme/tiny@main/sae/", null),
                new SourceRef("hf:acme/tiny@main/sae/", null),
                new SourceRef("hf:acme/tiny@main/onnx/model.onnx", null),
                new SourceRef("hf:acme/none@main/x", null));
        Sources sources = sources(Map.of());
        FetchPlan plan = FetchPlan.of(sources, refs, Progress.SILENT);
        assertThat(plan.outlooks()).hasSize(3);
        assertThat(plan.problems()).hasSize(1);
        FetchPlan sound = FetchPlan.of(sources, refs.subList(0, 3), Progress.SILENT);
        long all = 2L * (WEIGHTS.length + CONFIG.length);
        assertThat(sound.bytes()).isEqualTo(all);
        assertThat(sound.toCome()).isEqualTo(all);
        sound.requireSpace("study.yaml");
        var steps = new ArrayList<Long>();
        sound.fetch(sources, (what, done, total, unit) -> {
            assertThat(what).isEqualTo("fetching");
            assertThat(total).isGreaterThanOrEqualTo(done);
            steps.add(done);
        });
        // the two weights are one blob
        assertThat(steps).isSorted().endsWith((long) WEIGHTS.length + 2 * CONFIG.length);
        FetchPlan again = FetchPlan.of(sources(Map.of()), refs.subList(0, 3), Progress.SILENT);
        assertThat(again.toCome()).isZero();
        assertThat(again.bytes()).isEqualTo(all);
        assertThat(again.outlooks()).allMatch(o -> o.from() == Outlook.From.CACHE);
    }

    @Test
    void aMirrorHoldsFilesAndFoldersOfTheHubToo() throws IOException {
        Path mirror = Files.createDirectories(folder.resolve("mirror"));
        Files.createDirectories(mirror.resolve("tiny"));
        Files.write(mirror.resolve("tiny/cfg.json"), CONFIG);
        Files.writeString(mirror.resolve("SOURCES.tsv"), """
                path\trepository\tcommit\tupstream_path
                tiny/\thf:acme/tiny\tmain\tsae/
                tiny/cfg.json\thf:datasets/acme/items\tmain\tcfg.json
                """);
        Sources sources = sources(Map.of(), Mirror.read(mirror));
        assertThat(sources.fetch(new SourceRef("hf:acme/tiny@main/sae/", null), Progress.SILENT))
                .isEqualTo(mirror.resolve("tiny"));
        assertThat(sources.fetch(new SourceRef("hf:datasets/acme/items@main/cfg.json", null), Progress.SILENT))
                .isEqualTo(mirror.resolve("tiny/cfg.json"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aPinThatDoesNotMatchIsToldWithBothHashes() {
        Sources sources = sources(Map.of());
        assertThatThrownBy(() ->
                        sources.fetch(new SourceRef("hf:acme/tiny@main/sae/cfg.json", "0".repeat(64)), Progress.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll(HubServer.sha("SHA-256", CONFIG), "0".repeat(64));
        refused(
                () -> sources.fetch(new SourceRef("hf:acme/tiny@main/sae/", "0".repeat(64)), Progress.SILENT),
                "a folder has no sha256");
    }
}
